//! From the distinct values of a column to words: each is normalised once, in parallel.

use super::chunk::{Chunk, Named, sex_word};
use super::layout::{Layout, Slot};
use crate::error::LinkError;
use crate::field::{BirthDate, IdNumber};
use crate::hash;
use crate::in_order::in_order;
use crate::lexicon::Scribe;
use crate::normal::Normaliser;
use crate::progress::{Progress, Stage};
use crate::spec::{Compare, Role, Spec};
use crate::table::{Column, MISSING, NEXT_PERSON, Strings, Table};
use std::collections::HashMap;

/// Values normalised by one thread at a time, and between two reports of progress.
const CHUNK: usize = 1 << 14;
/// Fewer are not worth a chunk of their own.
const LEAST: usize = 1 << 9;
/// Chunks of a column with fewer values than that, so that every thread has some.
const CHUNKS: usize = 16;

/// What a table becomes while its columns are read.
pub(super) struct Reader<'a, 's> {
    spec: &'a Spec,
    normaliser: &'a Normaliser,
    progress: &'a mut dyn Progress,
    scribe: &'a mut Scribe<'s>,
    names: Interner,
    addresses: Interner,
    done: u64,
    total: u64,
}

/// Gives equal values one number, from 1.
struct Interner {
    values: Vec<[u32; 8]>,
    numbers: HashMap<u64, u32, hash::PassThrough>,
}

/// The values of one column per code. Of what is said of one person, a value for each of two (`1970; 1972`).
pub(super) enum Values {
    /// Of the whole row.
    Shared(Slot, Vec<u32>),
    SharedWide(Slot, Vec<u64>),
    One(Slot, Vec<[u32; 2]>),
    Wide(Slot, Vec<[u64; 2]>),
    /// Per row, not per code.
    Rows(Slot, Vec<u32>),
}

/// The people of the distinct values of a name column.
#[derive(Default)]
pub(super) struct People {
    /// Name number and sex.
    people: Vec<(u32, u32)>,
    /// Where those of a code end.
    ends: Vec<u32>,
}

impl People {
    pub(super) fn of(&self, code: u32) -> &[(u32, u32)] {
        let end = self.ends.get(code as usize).copied().unwrap_or(0) as usize;
        let start =
            code.checked_sub(1).and_then(|before| self.ends.get(before as usize)).copied().unwrap_or(0);
        self.people.get(start as usize..end).unwrap_or_default()
    }
}

impl Values {
    pub(super) fn fill(&self, layout: &Layout, words: &mut [u32], code: u32, row: usize, person: usize) {
        let code = code as usize;
        match self {
            Self::Shared(slot, values) => layout.set(words, *slot, values.get(code).copied().unwrap_or(0)),
            Self::SharedWide(slot, values) => {
                layout.set_wide(words, *slot, values.get(code).copied().unwrap_or(0));
            }
            Self::One(slot, values) => {
                let of_both = values.get(code).copied().unwrap_or_default();
                layout.set(words, *slot, of_both.get(person).copied().unwrap_or(0));
            }
            Self::Wide(slot, values) => {
                let of_both = values.get(code).copied().unwrap_or_default();
                layout.set_wide(words, *slot, of_both.get(person).copied().unwrap_or(0));
            }
            Self::Rows(slot, values) => {
                layout.set(words, *slot, values.get(row).copied().unwrap_or(0));
            }
        }
    }
}

/// Reads one value with what its chunk remembers.
type Read<'r, T> = dyn Fn(&mut Chunk<'_>, u32) -> T + Sync + 'r;

impl<'a, 's> Reader<'a, 's> {
    pub(super) fn new(
        spec: &'a Spec,
        normaliser: &'a Normaliser,
        progress: &'a mut dyn Progress,
        scribe: &'a mut Scribe<'s>,
        total: u64,
    ) -> Self {
        let (names, addresses) = (Interner::new(), Interner::new());
        Self { spec, normaliser, progress, scribe, names, addresses, done: 0, total }
    }

    /// The distinct names and addresses.
    pub(super) fn finish(self) -> (Vec<[u32; 8]>, Vec<[u32; 8]>) {
        (self.names.values, self.addresses.values)
    }

    /// Reads so many values in parallel and takes the results in order, with the numbers of the words of their chunk.
    /// While one chunk is taken, the next ones are read. What comes of it does not depend on how it is cut.
    fn each<T: Send>(
        &mut self,
        count: usize,
        read: &Read<'_, T>,
        mut take: impl FnMut(&mut Self, T, &[u32]),
    ) -> Result<(), LinkError> {
        let (normaliser, size) = (self.normaliser, (count / CHUNKS).clamp(LEAST, CHUNK));
        let chunk = |number: usize| {
            let mut chunk = Chunk::new(normaliser);
            let places = number * size..((number + 1) * size).min(count);
            let values: Vec<T> = places.map(|place| read(&mut chunk, place as u32)).collect();
            (values, chunk)
        };
        in_order(count.div_ceil(size), &chunk, |(values, chunk)| {
            let numbers = chunk.renumber(self.scribe);
            self.done += values.len() as u64;
            values.into_iter().for_each(|value| take(self, value, &numbers));
            self.progress.report(Stage::Normalise, self.done, self.total);
            if self.progress.is_cancelled() { Err(LinkError::Cancelled) } else { Ok(()) }
        })
    }

    /// As [`Self::each`], of values without words.
    fn plain<T: Send>(
        &mut self,
        values: &Strings,
        read: impl Fn(&Normaliser, &str) -> T + Sync,
    ) -> Result<Vec<T>, LinkError> {
        let mut all = Vec::with_capacity(values.len());
        let read = |chunk: &mut Chunk<'_>, place| read(chunk.normaliser(), values.get(place));
        self.each(values.len(), &read, |_, value, _| all.push(value))?;
        Ok(all)
    }

    /// The people of a column of names.
    pub(super) fn people(&mut self, values: &Strings) -> Result<People, LinkError> {
        let mut people = People::default();
        let read = |chunk: &mut Chunk<'_>, place| chunk.names(values.get(place));
        self.each(values.len(), &read, |reader, named: Named, numbers| {
            for (name, sex) in named.as_slice() {
                people.people.push((reader.names.number(name.renumbered(numbers).0), *sex));
            }
            people.ends.push(people.people.len() as u32);
        })?;
        Ok(people)
    }

    /// The values of any other column.
    pub(super) fn values(&mut self, role: Role, column: &Column, table: &Table) -> Result<Values, LinkError> {
        let values = &column.values;
        Ok(match role {
            Role::Birth => {
                let birth = |n: &Normaliser, raw: &str| two(raw, |part| n.birth(part).map_or(0, birth_word));
                Values::One(Slot::Birth, self.plain(values, birth)?)
            }
            Role::Sex => {
                let sex = |n: &Normaliser, raw: &str| two(raw, |part| sex_word(n.sex(part)));
                Values::One(Slot::Sex, self.plain(values, sex)?)
            }
            Role::IdNumber | Role::OldIdNumber => {
                let number = |n: &Normaliser, raw: &str| {
                    two(raw, |part| n.id_number(part).map_or(0, |number: IdNumber| digits(number.as_bytes())))
                };
                let slot = if role == Role::IdNumber { Slot::Number } else { Slot::OldNumber };
                Values::Wide(slot, self.plain(values, number)?)
            }
            Role::Phone => {
                let phone = |n: &Normaliser, raw: &str| {
                    n.phone(raw).map_or(0, |p| digits(p.0.to_string().as_bytes()))
                };
                if values.contains(NEXT_PERSON) {
                    let both = |n: &Normaliser, raw: &str| of_two(raw).map(|raw| phone(n, raw));
                    return Ok(Values::Wide(Slot::Phone, self.plain(values, both)?));
                }
                Values::SharedWide(Slot::Phone, self.plain(values, phone)?)
            }
            Role::Address => self.addresses(column, table.column(Role::Commune))?,
            Role::Commune => self.addresses(&Column::default(), Some(column))?,
            Role::Household => {
                Values::Shared(Slot::Household, self.plain(values, |n, raw| exact_word(&n.text(raw)))?)
            }
            Role::Text(place) => {
                let compare = self.spec.text.get(usize::from(place)).map(|text| text.compare);
                Values::Shared(Slot::Text(place), self.texts(values, compare)?)
            }
            Role::Name | Role::Father | Role::Mother | Role::Spouse => {
                let slot = match role {
                    Role::Father => Slot::Father,
                    Role::Mother => Slot::Mother,
                    _ => Slot::Spouse,
                };
                let people = self.people(values)?;
                let codes = 0..values.len() as u32;
                let nth = |code, nth: usize| people.of(code).get(nth).map_or(0, |(name, _)| *name);
                if values.contains(NEXT_PERSON) {
                    return Ok(Values::One(slot, codes.map(|code| [nth(code, 0), nth(code, 1)]).collect()));
                }
                Values::Shared(slot, codes.map(|code| nth(code, 0)).collect())
            }
        })
    }

    fn texts(&mut self, values: &Strings, compare: Option<Compare>) -> Result<Vec<u32>, LinkError> {
        if compare == Some(Compare::Exact) {
            return self.plain(values, |n, raw| exact_word(&n.text(raw)));
        }
        let mut words = Vec::with_capacity(values.len());
        let read = |chunk: &mut Chunk<'_>, place| chunk.text(values.get(place));
        self.each(values.len(), &read, |reader, name, numbers| {
            words.push(reader.names.number(name.renumbered(numbers).0));
        })?;
        Ok(words)
    }

    /// Distinct pairs of address and commune. Of people with addresses of their own the commune is what those say.
    fn addresses(&mut self, address: &Column, commune: Option<&Column>) -> Result<Values, LinkError> {
        if address.values.contains(NEXT_PERSON) {
            return self.addresses_of_two(&address.values);
        }
        let Some(commune) = commune else {
            let read = |chunk: &mut Chunk<'_>, place| chunk.address(address.values.get(place), "");
            let numbers = self.address_numbers(address.values.len(), &read)?;
            return Ok(Values::Shared(Slot::Address, numbers));
        };
        let (pairs, of_row) = pairs(address, commune);
        let read = |chunk: &mut Chunk<'_>, place: u32| {
            let (place, of) = pairs.get(place as usize).copied().unwrap_or((MISSING, MISSING));
            chunk.address(address.values.get(place), commune.values.get(of))
        };
        let numbers = self.address_numbers(pairs.len(), &read)?;
        let of_row = of_row.iter().map(|pair| numbers.get(*pair as usize).copied().unwrap_or(0)).collect();
        Ok(Values::Rows(Slot::Address, of_row))
    }

    /// Addresses of which some are those of two people; the others are shared.
    fn addresses_of_two(&mut self, addresses: &Strings) -> Result<Values, LinkError> {
        let both: Strings = addresses.iter().flat_map(of_two).collect();
        let numbers = self.address_numbers(both.len(), &|chunk, place| chunk.address(both.get(place), ""))?;
        let (pairs, _) = numbers.as_chunks::<2>();
        Ok(Values::One(Slot::Address, pairs.to_vec()))
    }

    fn address_numbers(
        &mut self,
        count: usize,
        read: &Read<'_, super::address::AddressWords>,
    ) -> Result<Vec<u32>, LinkError> {
        let mut numbers = Vec::with_capacity(count);
        self.each(count, read, |reader, words, chunk| {
            let words = words.renumbered(chunk);
            numbers.push(if words.is_empty() { 0 } else { reader.addresses.number(words.0) });
        })?;
        Ok(numbers)
    }
}

/// The distinct pairs of codes of two columns, and per row the place of its own.
fn pairs(one: &Column, other: &Column) -> (Vec<(u32, u32)>, Vec<u32>) {
    let rows = one.codes.len().max(other.codes.len());
    let mut places: HashMap<u64, u32, hash::PassThrough> = HashMap::default();
    let mut pairs = Vec::new();
    let mut of_row = Vec::with_capacity(rows);
    for row in 0..rows {
        let pair = (code(one, row), code(other, row));
        let key = hash::mix(u64::from(pair.0) << 32 | u64::from(pair.1), 3);
        of_row.push(*places.entry(key).or_insert_with(|| {
            pairs.push(pair);
            pairs.len() as u32 - 1
        }));
    }
    (pairs, of_row)
}

impl Interner {
    fn new() -> Self {
        Self { values: vec![[0; 8]], numbers: HashMap::default() }
    }

    /// The number of a value; 0 of an empty name.
    fn number(&mut self, value: [u32; 8]) -> u32 {
        if value == [0; 8] {
            return 0;
        }
        let hash = value.iter().fold(0, |state, word| hash::mix(state, (*word).into()));
        *self.numbers.entry(hash).or_insert_with(|| {
            self.values.push(value);
            self.values.len() as u32 - 1
        })
    }
}

/// The code of a row in a column.
pub(super) fn code(column: &Column, row: usize) -> u32 {
    column.codes.get(row).copied().unwrap_or(MISSING)
}

/// The values of two people in one field, parted by a semicolon; the second is empty if there is one.
fn two<T: Default>(raw: &str, read: impl Fn(&str) -> T) -> [T; 2] {
    match raw.split_once([NEXT_PERSON, ';']) {
        Some((first, second)) => [read(first), read(second)],
        None => [read(raw), T::default()],
    }
}

/// What a field says of each of two people: its parts, or the same of both.
fn of_two(raw: &str) -> [&str; 2] {
    raw.split_once(NEXT_PERSON).map_or([raw, raw], |(first, second)| [first, second])
}

fn birth_word(birth: BirthDate) -> u32 {
    u32::from(birth.year) << 9 | u32::from(birth.month & 15) << 5 | u32::from(birth.day & 31)
}

/// A number for a text of which only equality counts; two texts share one once in four billion.
fn exact_word(text: &str) -> u32 {
    if text.is_empty() { 0 } else { (hash::bytes(text.as_bytes()) as u32).max(1) }
}

/// Up to fifteen characters in four bits each from the lowest, their number in the highest four. Letters share
/// six values, which is enough to tell two numbers of the same series apart by their digits.
fn digits(text: &[u8]) -> u64 {
    let text = text.get(..15).unwrap_or(text);
    let nibbles = text.iter().enumerate().fold(0, |word, (place, byte)| {
        let nibble = if byte.is_ascii_digit() { byte - b'0' } else { 10 + byte % 6 };
        word | u64::from(nibble) << (4 * place)
    });
    nibbles | (text.len() as u64) << 60
}
