//! The columnar input of the engine: dictionary-encoded columns of raw text.
//!
//! Every distinct string is stored, and later normalised, once. Build a column with [`ColumnBuilder`], or take
//! codes and strings from an Arrow dictionary as they are.

use crate::hash;
use crate::spec::Role;
use std::collections::HashMap;
use std::ops::Range;

/// Parts what a field says of one person from what it says of the next; ASCII's unit separator. Semicolons do as well,
/// but for addresses, where people write them too.
pub const NEXT_PERSON: char = '\u{1f}';

/// Code of a row without a value.
pub const MISSING: u32 = u32::MAX;

/// Many strings in one piece of memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strings {
    text: String,
    /// Start of each string, and the end of the last.
    starts: Vec<u64>,
}

impl Default for Strings {
    fn default() -> Self {
        Self { text: String::new(), starts: vec![0] }
    }
}

impl Strings {
    /// No strings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a string and returns its place.
    pub fn push(&mut self, text: &str) -> u32 {
        let place = self.len();
        self.text.push_str(text);
        self.starts.push(self.text.len() as u64);
        u32::try_from(place).unwrap_or(MISSING)
    }

    /// Appends the strings of another.
    pub fn append(&mut self, other: &Self) {
        let before = self.text.len() as u64;
        self.text.push_str(&other.text);
        self.starts.extend(other.starts.iter().skip(1).map(|start| before + start));
    }

    /// Whether some string has the character.
    pub fn contains(&self, c: char) -> bool {
        self.text.contains(c)
    }

    /// The string at a place; empty if there is none.
    pub fn get(&self, place: u32) -> &str {
        self.place(place).and_then(|place| self.text.get(place)).unwrap_or_default()
    }

    /// The bytes of the string at a place, which need no check.
    #[inline]
    pub(crate) fn bytes(&self, place: u32) -> &[u8] {
        self.place(place).and_then(|place| self.text.as_bytes().get(place)).unwrap_or_default()
    }

    /// Where the string of a place lies.
    #[inline]
    fn place(&self, place: u32) -> Option<Range<usize>> {
        let place = place as usize;
        match self.starts.get(place..place + 2) {
            Some([start, end]) => Some(*start as usize..*end as usize),
            _ => None,
        }
    }

    /// The bytes, and where each string starts.
    pub(crate) fn parts(&self) -> (&[u8], &[u64]) {
        (self.text.as_bytes(), &self.starts)
    }

    /// As [`Strings::parts`], owned.
    pub(crate) fn into_parts(self) -> (Vec<u8>, Vec<u64>) {
        (self.text.into_bytes(), self.starts)
    }

    /// From its parts; `None` if they are not strings one after the other.
    pub(crate) fn from_parts(bytes: Vec<u8>, starts: Vec<u64>) -> Option<Self> {
        let text = String::from_utf8(bytes).ok()?;
        let whole = starts.first() == Some(&0) && starts.last() == Some(&(text.len() as u64));
        (whole && starts.is_sorted()).then_some(Self { text, starts })
    }

    /// How many strings.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The strings in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..u32::try_from(self.len()).unwrap_or(MISSING)).map(|place| self.get(place))
    }
}

impl<'a> FromIterator<&'a str> for Strings {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut strings = Self::new();
        for text in texts {
            strings.push(text);
        }
        strings
    }
}

/// A dictionary-encoded column of raw text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Per row the place of its value, or [`MISSING`].
    pub codes: Vec<u32>,
    /// The distinct values. They need not be distinct, but work is done once for each.
    pub values: Strings,
}

impl Column {
    /// The raw text of a row; empty if missing.
    pub fn get(&self, row: usize) -> &str {
        self.codes.get(row).map_or("", |code| self.values.get(*code))
    }
}

impl<'a> FromIterator<&'a str> for Column {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut builder = ColumnBuilder::new();
        for text in texts {
            builder.push(text);
        }
        builder.finish()
    }
}

/// After so many distinct values it is asked whether it pays to look for equal ones.
const TRIAL: usize = 1 << 14;
/// It does not if more than so many values of a hundred were distinct, as numbers and ids are.
const DISTINCT: usize = 99;
/// Values looked up together.
const AHEAD: usize = 64;

/// Builds a [`Column`], giving equal strings one place where strings recur.
#[derive(Debug, Default)]
pub struct ColumnBuilder {
    /// Equal strings are not looked for any more.
    is_distinct: bool,
    /// Rows whose value was looked for.
    asked: usize,
    column: Column,
    /// Hash of a string → the places that have it. The strings themselves stay in the column.
    places: HashMap<u64, u32, hash::PassThrough>,
    /// Next place with the same hash, per place.
    next: Vec<u32>,
}

impl ColumnBuilder {
    /// An empty column.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a row. Text of white space only is a missing value.
    pub fn push(&mut self, text: &str) {
        let text = text.trim();
        let code = if text.is_empty() { MISSING } else { self.intern(text, hash::bytes(text.as_bytes())) };
        self.column.codes.push(code);
    }

    /// Appends a row without a value.
    pub fn push_missing(&mut self) {
        self.column.codes.push(MISSING);
    }

    /// Appends all rows of another column, as when parts were read in parallel.
    pub fn append(&mut self, part: &Column) {
        let mut codes = Vec::with_capacity(part.values.len());
        self.asked += part.codes.len().saturating_sub(part.values.len());
        self.intern_all(part.values.iter(), |code| codes.push(code));
        let renamed = part.codes.iter().map(|code| codes.get(*code as usize).copied().unwrap_or(MISSING));
        self.column.codes.extend(renamed);
    }

    /// The column.
    pub fn finish(self) -> Column {
        self.column
    }

    /// Gives the code of each text; `MISSING` for an empty one. What many will be compared with is read together, since
    /// memory answers many questions in the time of one.
    fn intern_all<'a>(&mut self, texts: impl Iterator<Item = &'a str>, mut take: impl FnMut(u32)) {
        let mut texts = texts.map(|text| (text, hash::bytes(text.as_bytes())));
        let mut ahead = Vec::with_capacity(AHEAD);
        loop {
            ahead.clear();
            ahead.extend(texts.by_ref().take(AHEAD));
            if ahead.is_empty() {
                return;
            }
            std::hint::black_box(ahead.iter().fold(0, |sum, (_, hash)| sum ^ self.touch(*hash)));
            for (text, hash) in &ahead {
                take(if text.is_empty() { MISSING } else { self.intern(text, *hash) });
            }
        }
    }

    /// Reads what a text of this hash will be compared with.
    fn touch(&self, hash: u64) -> u8 {
        let bytes = self.places.get(&hash).map(|place| self.column.values.bytes(*place));
        bytes.and_then(<[u8]>::first).copied().unwrap_or(0)
    }

    fn intern(&mut self, text: &str, hash: u64) -> u32 {
        if self.is_distinct {
            return self.column.values.push(text);
        }
        self.asked += 1;
        let first = self.places.get(&hash).copied().unwrap_or(MISSING);
        let mut place = first;
        while place != MISSING {
            if self.column.values.bytes(place) == text.as_bytes() {
                return place;
            }
            place = self.next.get(place as usize).copied().unwrap_or(MISSING);
        }
        let place = self.column.values.push(text);
        self.next.push(first);
        self.places.insert(hash, place);
        if self.next.len() == TRIAL && TRIAL * 100 > self.asked * DISTINCT {
            (self.is_distinct, self.places, self.next) = (true, HashMap::default(), Vec::new());
        }
        place
    }
}

impl<'a> Extend<Option<&'a str>> for ColumnBuilder {
    /// Appends rows as [`ColumnBuilder::push`] does, and quicker; `None` is a missing value.
    fn extend<I: IntoIterator<Item = Option<&'a str>>>(&mut self, texts: I) {
        let mut codes = std::mem::take(&mut self.column.codes);
        self.intern_all(texts.into_iter().map(|text| text.unwrap_or_default().trim()), |code| {
            codes.push(code)
        });
        self.column.codes = codes;
    }
}

/// Rows to be linked: an id for each, and a column for each role that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// One id per row; they must be distinct and not empty.
    pub ids: Strings,
    /// At most one column per role.
    pub columns: Vec<(Role, Column)>,
}

impl Table {
    /// How many rows.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The column of a role.
    pub fn column(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|(other, _)| *other == role).map(|(_, column)| column)
    }

    /// One row, as a record.
    pub fn record(&self, row: usize) -> Record {
        let fields = self.columns.iter().map(|(role, column)| (*role, column.get(row).to_owned()));
        Record { fields: fields.filter(|(_, text)| !text.is_empty()).collect() }
    }
}

/// One row on its own: what [`crate::Index::find`] takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Raw text per role; a role that is missing is not there.
    pub fields: Vec<(Role, String)>,
}

/// What is known about a pair, from a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Id in the left table.
    pub left: String,
    /// Id in the right table.
    pub right: String,
    /// Whether they are the same person.
    pub same: bool,
}
