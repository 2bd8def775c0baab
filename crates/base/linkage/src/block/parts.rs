//! Values of the parts of blocking keys.

use crate::hash::mix;
use crate::lexicon::Words;
use crate::row::{HAMLET, HOUSE, NameWords, Row, Rows, STREET, Slot, folded};
use crate::spec::KeyPart;

/// Values that one part may have.
const VALUES: usize = 3;
/// Hashes that one key of one row may have.
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
    /// The hashes; none if a part is missing.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.hashes.iter().take(usize::from(self.count)).copied()
    }
}

fn place(part: KeyPart) -> usize {
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

impl PartValues {
    /// The values of a row.
    pub(crate) fn of(rows: &Rows, row: &Row<'_>, words: &Words<'_>) -> Self {
        let mut parts = Self { values: [[0; VALUES]; PARTS], counts: [0; PARTS] };
        parts.name(&rows.name(row.get(Slot::Name)), words);
        let birth = row.get(Slot::Birth);
        let (year, month, day) = (birth >> 9, birth >> 5 & 15, birth & 31);
        if year != 0 {
            parts.add(KeyPart::BirthYear, year.into());
            if month != 0 && day != 0 {
                parts.add(KeyPart::Birth, birth.into());
                parts.add(KeyPart::BirthDay, (month.min(day) << 5 | month.max(day)).into());
            }
        }
        parts.add_known(KeyPart::Sex, row.get(Slot::Sex));
        for number in [row.wide(Slot::Number), row.wide(Slot::OldNumber)] {
            parts.number(number);
        }
        if row.wide(Slot::Phone) != 0 {
            parts.add(KeyPart::Phone, row.wide(Slot::Phone));
        }
        parts.address(rows, row.get(Slot::Address));
        parts.add_known(KeyPart::Household, row.get(Slot::Household));
        for (part, slot) in [
            (KeyPart::Father, Slot::Father),
            (KeyPart::Mother, Slot::Mother),
            (KeyPart::Spouse, Slot::Spouse),
        ] {
            if row.get(slot) != 0 {
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

    fn name(&mut self, name: &NameWords, words: &Words<'_>) {
        let [surname, middle @ .., given] = name.tokens() else {
            if let [only] = name.tokens() {
                self.add(KeyPart::Name, whole(name));
                self.add(KeyPart::Given, folded(*only).into());
            }
            return;
        };
        self.add(KeyPart::Name, whole(name));
        self.add(KeyPart::Surname, folded(*surname).into());
        self.add(KeyPart::Given, folded(*given).into());
        if !middle.is_empty() {
            self.add(KeyPart::Middle, middle.iter().fold(7, |hash, token| mix(hash, folded(*token).into())));
        }
        let sound = |token: u32| sound(words.get(folded(token)));
        self.add(KeyPart::NameSound, mix(sound(*surname), sound(*given)));
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

    /// The hashes of a key; none if one of its parts is missing.
    #[inline]
    pub(crate) fn hashes(&self, key: &[KeyPart]) -> Hashes {
        let mut hashes = Hashes { hashes: [0; HASHES], count: 1 };
        for part in key {
            let place = place(*part);
            let count = usize::from(self.counts.get(place).copied().unwrap_or(0));
            let values = self.values.get(place).and_then(|values| values.get(..count)).unwrap_or_default();
            if values.is_empty() {
                return Hashes::default();
            }
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

/// Whether rows of this layout can have a value of a part.
pub(crate) fn available(rows: &Rows, part: KeyPart) -> bool {
    let slots: &[Slot] = match part {
        KeyPart::Name | KeyPart::Surname | KeyPart::Given | KeyPart::Middle | KeyPart::NameSound => {
            &[Slot::Name]
        }
        KeyPart::Birth | KeyPart::BirthYear | KeyPart::BirthDay => &[Slot::Birth],
        KeyPart::Sex => &[Slot::Sex],
        KeyPart::Number | KeyPart::NumberHead | KeyPart::NumberTail => &[Slot::Number, Slot::OldNumber],
        KeyPart::Commune | KeyPart::House | KeyPart::Street => &[Slot::Address],
        KeyPart::Phone => &[Slot::Phone],
        KeyPart::Father => &[Slot::Father],
        KeyPart::Mother => &[Slot::Mother],
        KeyPart::Spouse => &[Slot::Spouse],
        KeyPart::Household => &[Slot::Household],
        KeyPart::Text(n) => return rows.layout.has(Slot::Text(n)),
    };
    slots.iter().any(|slot| rows.layout.has(*slot))
}

/// The keys among which the engine chooses.
pub(crate) fn standard_keys() -> Vec<Vec<KeyPart>> {
    use KeyPart::{
        Birth, BirthDay, BirthYear, Commune, Father, Given, House, Household, Middle, Mother, Name,
        NameSound, Number, NumberHead, NumberTail, Phone, Spouse, Street, Surname, Text,
    };
    let mut keys = vec![
        vec![Number],
        vec![Phone],
        vec![NumberTail],
        vec![NumberHead, Given],
        vec![Name, Birth],
        vec![Name, BirthYear],
        vec![Name, BirthYear, Commune],
        vec![Name, Commune],
        vec![Name, Street],
        vec![Name],
        vec![Name, BirthDay],
        vec![Surname, Given, Birth],
        vec![Surname, Given, BirthYear],
        vec![Surname, Given, Commune],
        vec![Surname, Given, Street],
        vec![Given, Middle, BirthYear],
        vec![Given, Middle, BirthYear, Commune],
        vec![Given, Middle, Commune, Street],
        vec![Surname, Middle, BirthYear, Commune],
        vec![Surname, Middle, BirthYear, Street],
        vec![Given, Birth],
        vec![Surname, Birth],
        vec![Birth, Commune],
        vec![Given, BirthYear, Commune],
        vec![Surname, BirthYear, Commune],
        vec![Given, BirthYear, Street],
        vec![NameSound, BirthYear],
        vec![NameSound, BirthYear, Commune],
        vec![House, Street, Given],
        vec![House, Street, Surname],
        vec![House, Street, BirthYear],
        vec![House, Commune, Given],
        vec![House, Commune, BirthYear],
        vec![Household, Given],
        vec![Household, BirthYear],
        vec![Father, Mother],
        vec![Father, Given],
        vec![Mother, Given],
        vec![Name, Spouse],
        vec![Spouse, Given],
    ];
    for n in 0..crate::spec::MAX_TEXTS as u8 {
        keys.extend([vec![Text(n)], vec![Text(n), Given], vec![Text(n), Surname], vec![Text(n), Birth]]);
    }
    keys
}

/// How a key is written in reports: `name+birth_year`.
pub(crate) fn key_name(key: &[KeyPart]) -> String {
    let word = |part: &KeyPart| match part {
        KeyPart::Name => "name".to_owned(),
        KeyPart::Surname => "surname".to_owned(),
        KeyPart::Given => "given".to_owned(),
        KeyPart::Middle => "middle".to_owned(),
        KeyPart::NameSound => "name_sound".to_owned(),
        KeyPart::Birth => "birth".to_owned(),
        KeyPart::BirthYear => "birth_year".to_owned(),
        KeyPart::BirthDay => "birth_day".to_owned(),
        KeyPart::Sex => "sex".to_owned(),
        KeyPart::Number => "number".to_owned(),
        KeyPart::NumberHead => "number_head".to_owned(),
        KeyPart::NumberTail => "number_tail".to_owned(),
        KeyPart::Commune => "commune".to_owned(),
        KeyPart::House => "house".to_owned(),
        KeyPart::Street => "street".to_owned(),
        KeyPart::Phone => "phone".to_owned(),
        KeyPart::Father => "father".to_owned(),
        KeyPart::Mother => "mother".to_owned(),
        KeyPart::Spouse => "spouse".to_owned(),
        KeyPart::Household => "household".to_owned(),
        KeyPart::Text(n) => format!("text{n}"),
    };
    key.iter().map(word).collect::<Vec<_>>().join("+")
}
