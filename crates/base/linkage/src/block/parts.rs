//! Values of the parts of blocking keys.

use super::Key;
use crate::hash::mix;
use crate::lexicon::Words;
use crate::row::{HAMLET, HOUSE, NameWords, Rows, STREET, Slot, folded};
use crate::spec::KeyPart;
use rayon::prelude::*;
use std::ops::Range;

/// Rows read together.
const AHEAD: usize = 16;
/// Values that one part may have.
const VALUES: usize = 3;
/// Hashes of one key that a person is searched for with, at most; the key's table has all of a row.
const HASHES: usize = 6;
const FIXED: usize = 20;
const PARTS: usize = FIXED + crate::spec::MAX_TEXTS;

/// The values of all parts of one row, computed once for all keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PartValues {
    values: [[u64; VALUES]; PARTS],
    counts: [u8; PARTS],
}

/// The hashes of one key of one row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hashes {
    hashes: [u64; HASHES],
    count: u8,
}

impl Hashes {
    fn one(hash: u64) -> Self {
        let mut hashes = Self { count: 1, ..Self::default() };
        hashes.hashes[0] = hash;
        hashes
    }

    /// The hashes; none if a part is missing.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.hashes.iter().take(usize::from(self.count)).copied()
    }
}

/// Where the values of a part stand.
pub(super) fn place(part: KeyPart) -> usize {
    match part {
        KeyPart::Name => 0,
        KeyPart::Surname => 1,
        KeyPart::Given => 2,
        KeyPart::Middle => 3,
        KeyPart::NameSound => 4,
        KeyPart::Birth => 5,
        KeyPart::BirthYear => 6,
        KeyPart::BirthDay => 7,
        KeyPart::Sex => 8,
        KeyPart::Number => 9,
        KeyPart::NumberHead => 10,
        KeyPart::NumberTail => 11,
        KeyPart::Commune => 12,
        KeyPart::House => 13,
        KeyPart::Street => 14,
        KeyPart::Phone => 15,
        KeyPart::Father => 16,
        KeyPart::Mother => 17,
        KeyPart::Spouse => 18,
        KeyPart::Household => 19,
        KeyPart::Text(n) => FIXED + usize::from(n),
    }
}

/// Reads the values of rows that some keys are made of.
#[derive(Debug)]
pub(crate) struct PartReader<'a> {
    rows: &'a Rows,
    words: Words<'a>,
    /// Bit per part that a key has.
    wanted: u32,
    /// Per name its values, if they were read ahead.
    names: Vec<NameValues>,
}

/// What keys take from a name; 0: it has none.
#[derive(Clone, Copy, Debug, Default)]
struct NameValues {
    whole: u64,
    middle: u64,
    sound: u64,
}

impl<'a> PartReader<'a> {
    /// For a few rows.
    pub(crate) fn new(rows: &'a Rows, words: Words<'a>, keys: &[Key]) -> Self {
        let wanted = keys.iter().flatten().fold(0, |parts, part| parts | 1 << place(*part));
        Self { rows, words, wanted, names: Vec::new() }
    }

    /// For all rows of a table: every name is looked at once.
    pub(crate) fn of_table(rows: &'a Rows, words: Words<'a>, keys: &[Key]) -> Self {
        let mut reader = Self::new(rows, words, keys);
        if reader.wants(&[KeyPart::Name, KeyPart::Middle, KeyPart::NameSound]) {
            let read = |name: &[u32; 8]| reader.name_values(&NameWords(*name));
            reader.names = rows.names.par_iter().map(read).collect();
        }
        reader
    }

    fn wants(&self, parts: &[KeyPart]) -> bool {
        parts.iter().any(|part| self.wanted >> place(*part) & 1 == 1)
    }

    fn name_values(&self, name: &NameWords) -> NameValues {
        let [surname, middle @ .., given] = name.tokens() else {
            return NameValues {
                whole: if name.len() == 1 { whole(name) } else { 0 },
                ..NameValues::default()
            };
        };
        let sound = |token: &u32| sound(self.words.get(folded(*token)));
        let wants_sound = self.wants(&[KeyPart::NameSound]);
        let middle_hash = || middle.iter().fold(7, |hash, token| mix(hash, folded(*token).into()));
        NameValues {
            whole: whole(name),
            middle: if middle.is_empty() { 0 } else { middle_hash() },
            sound: if wants_sound { mix(sound(surname), sound(given)) } else { 0 },
        }
    }

    /// Gives `take` the values of rows, one after the other. What many rows lead to is asked of memory together, which
    /// answers many questions in the time of one.
    pub(crate) fn each(&self, rows: Range<usize>, mut take: impl FnMut(usize, &PartValues)) {
        for from in rows.clone().step_by(AHEAD) {
            let some = from..(from + AHEAD).min(rows.end);
            std::hint::black_box(some.clone().fold(0, |sum, row| sum ^ self.touch(row)));
            some.for_each(|row| take(row, &self.row(row)));
        }
    }

    /// Reads a little of what the values of a row are made of.
    fn touch(&self, row: usize) -> u32 {
        let name = self.rows.row(row).get(Slot::Name);
        let ahead = self.names.get(name as usize).map_or(0, |values| values.whole as u32);
        ahead ^ self.rows.touch_values(row as u32)
    }

    /// The values of a row.
    pub(crate) fn row(&self, row: usize) -> PartValues {
        let Self { rows, .. } = self;
        let row = rows.row(row);
        let mut parts = PartValues { values: [[0; VALUES]; PARTS], counts: [0; PARTS] };
        use KeyPart::{Birth, BirthDay, BirthYear, Given, Middle, Name, NameSound, Surname};
        if self.wants(&[Name, Surname, Given, Middle, NameSound]) {
            let number = row.get(Slot::Name);
            let name = rows.name(number);
            let values = self.names.get(number as usize).copied();
            parts.name(&name, values.unwrap_or_else(|| self.name_values(&name)));
        }
        let birth = row.get(Slot::Birth);
        let (year, month, day) = (birth >> 9, birth >> 5 & 15, birth & 31);
        if year != 0 {
            parts.add(BirthYear, year.into());
            if month != 0 && day != 0 {
                parts.add(Birth, birth.into());
                parts.add(BirthDay, (month.min(day) << 5 | month.max(day)).into());
            }
        }
        parts.add_known(KeyPart::Sex, row.get(Slot::Sex));
        for number in [row.wide(Slot::Number), row.wide(Slot::OldNumber)] {
            parts.number(number);
        }
        if row.wide(Slot::Phone) != 0 {
            parts.add(KeyPart::Phone, row.wide(Slot::Phone));
        }
        if self.wants(&[KeyPart::Commune, KeyPart::House, KeyPart::Street]) {
            parts.address(rows, row.get(Slot::Address));
        }
        parts.add_known(KeyPart::Household, row.get(Slot::Household));
        for (part, slot) in [
            (KeyPart::Father, Slot::Father),
            (KeyPart::Mother, Slot::Mother),
            (KeyPart::Spouse, Slot::Spouse),
        ] {
            if self.wants(&[part]) && row.get(slot) != 0 {
                parts.add(part, whole(&rows.name(row.get(slot))));
            }
        }
        for n in 0..crate::spec::MAX_TEXTS as u8 {
            let text = row.get(Slot::Text(n));
            if text != 0 {
                let whole = if rows.exact_text(n) { text.into() } else { rows.name(text).folded_hash() };
                parts.add(KeyPart::Text(n), whole);
            }
        }
        parts
    }
}

impl PartValues {
    #[cfg(test)]
    pub(super) fn of(values: &[(KeyPart, u64)]) -> Self {
        let mut parts = Self { values: [[0; VALUES]; PARTS], counts: [0; PARTS] };
        values.iter().for_each(|(part, value)| parts.add(*part, *value));
        parts
    }

    fn add(&mut self, part: KeyPart, value: u64) {
        let place = place(part);
        let (Some(values), Some(count)) = (self.values.get_mut(place), self.counts.get_mut(place)) else {
            return;
        };
        if let Some(free) = values.get_mut(usize::from(*count)) {
            *free = value;
            *count += 1;
        }
    }

    fn add_known(&mut self, part: KeyPart, value: u32) {
        if value != 0 {
            self.add(part, value.into());
        }
    }

    fn name(&mut self, name: &NameWords, values: NameValues) {
        let [surname, .., given] = name.tokens() else {
            if let [only] = name.tokens() {
                self.add(KeyPart::Name, values.whole);
                self.add(KeyPart::Given, folded(*only).into());
            }
            return;
        };
        self.add(KeyPart::Name, values.whole);
        self.add(KeyPart::Surname, folded(*surname).into());
        self.add(KeyPart::Given, folded(*given).into());
        if values.middle != 0 {
            self.add(KeyPart::Middle, values.middle);
        }
        self.add(KeyPart::NameSound, values.sound);
    }

    fn number(&mut self, number: u64) {
        let length = (number >> 60) as u32;
        if number == 0 {
            return;
        }
        self.add(KeyPart::Number, number);
        if length >= 6 {
            let tail = length.min(6);
            let digits = number & ((1 << 60) - 1);
            self.add(KeyPart::NumberTail, digits >> (4 * (length - tail)));
            self.add(KeyPart::NumberHead, digits & ((1 << (4 * (length - length / 2))) - 1) | 1 << 61);
        }
    }

    fn address(&mut self, rows: &Rows, number: u32) {
        let address = rows.address(number);
        for code in address.communes() {
            self.add(KeyPart::Commune, code.into());
        }
        if address.communes().next().is_none() && address.commune_name() != 0 {
            self.add(KeyPart::Commune, u64::from(address.commune_name()) | 1 << 40);
        }
        self.add_known(KeyPart::House, address.0[HOUSE]);
        for word in [address.0[STREET], address.0[HAMLET]] {
            self.add_known(KeyPart::Street, word);
        }
    }

    /// The values of the part that stands there.
    #[inline]
    pub(super) fn at(&self, place: usize) -> &[u64] {
        let count = usize::from(self.counts.get(place).copied().unwrap_or(0));
        self.values.get(place).and_then(|values| values.get(..count)).unwrap_or_default()
    }

    /// The hashes of a key; none if one of its parts is missing.
    #[inline]
    pub(crate) fn hashes(&self, key: &[KeyPart]) -> Hashes {
        let mut hash = 0;
        for part in key {
            let place = place(*part);
            match (self.counts.get(place), self.values.get(place)) {
                (Some(1), Some([value, ..])) => hash = mix(hash, *value),
                (Some(0), _) => return Hashes::default(),
                _ => return self.several(key),
            }
        }
        Hashes::one(hash)
    }

    /// As [`Self::hashes`], where a part has several values.
    fn several(&self, key: &[KeyPart]) -> Hashes {
        let mut hashes = Hashes::one(0);
        for part in key {
            let values = self.at(place(*part));
            let before = hashes;
            hashes.count = 0;
            for (value, hash) in values.iter().flat_map(|value| before.iter().map(move |hash| (value, hash)))
            {
                if let Some(free) = hashes.hashes.get_mut(usize::from(hashes.count)) {
                    *free = mix(hash, *value);
                    hashes.count += 1;
                }
            }
        }
        hashes
    }
}

/// Hash of a name whatever the order of its tokens.
fn whole(name: &NameWords) -> u64 {
    name.tokens().iter().fold(name.len() as u64, |sum, token| sum.wrapping_add(mix(9, folded(*token).into())))
}

/// How a syllable sounds: sounds that dialects and slips confuse (l/n, s/x, tr/ch, d/gi/r/v; final n/ng/nh, t/c/ch)
/// are one.
fn sound(bytes: &[u8]) -> u64 {
    let vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let start = bytes.iter().position(vowel).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(vowel).map_or(bytes.len(), |last| last + 1);
    let initial: u8 = match bytes.get(..start).unwrap_or_default() {
        b"l" | b"n" => 1,
        b"s" | b"x" => 2,
        b"tr" | b"ch" => 3,
        b"d" | b"g" | b"gi" | b"r" | b"v" => 4,
        b"c" | b"k" | b"q" => 5,
        b"ng" | b"ngh" => 6,
        [first, ..] => *first,
        [] => 0,
    };
    let ending: u8 = match bytes.get(end..).unwrap_or_default() {
        b"n" | b"ng" | b"nh" => 1,
        b"t" | b"c" | b"ch" => 2,
        [first, ..] => *first,
        [] => 0,
    };
    u64::from(initial) << 8 | u64::from(ending)
}
