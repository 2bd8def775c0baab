//! The rows of a table, and the names and addresses they refer to.

use super::address::AddressWords;
use super::layout::{Layout, Row, Slot};
use super::name::NameWords;
use d06_mapped::Slab;

/// Rows of a table; of a right table one per person that is named.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    pub(crate) layout: Layout,
    /// Stride words per row.
    pub(crate) words: Slab<u32>,
    /// Distinct names; the first is empty.
    pub(crate) names: Slab<[u32; 8]>,
    /// Distinct addresses; the first is empty.
    pub(crate) addresses: Slab<[u32; 8]>,
    /// Which columns of the spec's own are compared for equality only.
    pub(crate) exact_texts: Vec<bool>,
    /// How many rows.
    pub(crate) count: usize,
    /// Per person the row of the table, and which person of it. Empty if every row is one person.
    pub(crate) owners: Vec<(u32, u8)>,
}

impl Rows {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The row of the table that names a person, and which of its people that is.
    pub(crate) fn owner(&self, person: usize) -> (u32, u8) {
        self.owners.get(person).copied().unwrap_or((person as u32, 0))
    }

    /// The first person of a row of the table.
    pub(crate) fn first_person(&self, row: usize) -> usize {
        if self.owners.is_empty() {
            row
        } else {
            self.owners.partition_point(|(owner, _)| (*owner as usize) < row)
        }
    }

    /// Whether a column of the spec's own is compared for equality only.
    pub(crate) fn exact_text(&self, place: u8) -> bool {
        self.exact_texts.get(usize::from(place)).copied().unwrap_or(false)
    }

    /// One row.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> Row<'_> {
        let stride = self.layout.stride();
        let words = self.words.get(row * stride..(row + 1) * stride).unwrap_or_default();
        Row { words, layout: &self.layout }
    }

    /// Reads a little of a row, so that it is on its way from memory when it is needed. Memory answers many questions
    /// in the time of one, if they are asked together.
    #[inline]
    pub(crate) fn touch_row(&self, row: u32) -> u32 {
        let start = row as usize * self.layout.stride();
        let end = start + self.layout.stride().saturating_sub(1);
        let word = |place: usize| self.words.get(place).copied().unwrap_or(0);
        word(start) ^ word(end)
    }

    /// The same for the name and the address of a row.
    #[inline]
    pub(crate) fn touch_values(&self, row: u32) -> u32 {
        let row = self.row(row as usize);
        let name = self.names.get(row.get(Slot::Name) as usize).map_or(0, |words| words[0] ^ words[7]);
        let address =
            self.addresses.get(row.get(Slot::Address) as usize).map_or(0, |words| words[0] ^ words[7]);
        name ^ address
    }

    /// A name; empty if there is none of that number.
    #[inline]
    pub(crate) fn name(&self, number: u32) -> NameWords {
        NameWords(self.names.get(number as usize).copied().unwrap_or_default())
    }

    /// An address; empty if there is none of that number.
    #[inline]
    pub(crate) fn address(&self, number: u32) -> AddressWords {
        AddressWords(self.addresses.get(number as usize).copied().unwrap_or_default())
    }
}
