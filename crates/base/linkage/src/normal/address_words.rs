//! The table of words in addresses: `data/linkage/addresses.toml`.

use super::words::{Fnv, Spelt};
use serde::Deserialize;
use std::collections::HashMap;

const SHIPPED: &str = include_str!("../../../../../data/linkage/addresses.toml");

/// What a word announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// The number of a house or alley; the rank orders them from the street inward.
    House(u8),
    Street,
    /// A hamlet or group; the one of the lowest rank is kept.
    Hamlet(u8),
    /// A commune of this kind.
    Commune(Box<str>),
    District,
    /// A province or a district.
    City,
    Province,
    /// Nothing.
    Silent,
}

/// Words that announce a part of an address.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) level: Level,
    words: Vec<Spelt>,
    bare: bool,
}

impl Phrase {
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it is a single letter, which is a word of the table only before a full stop or a number.
    pub(super) fn is_letter(&self) -> bool {
        self.words.iter().all(|word| word.folded.len() == 1)
    }
}

/// The table.
#[derive(Clone, Debug, Default)]
pub(super) struct AddressWords {
    phrases: HashMap<Box<str>, Vec<Phrase>, Fnv>,
    province_names: HashMap<Box<str>, u16, Fnv>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    house: Vec<Row>,
    street: Vec<Row>,
    hamlet: Vec<Row>,
    commune: Vec<Row>,
    district: Vec<Row>,
    city: Vec<Row>,
    province: Vec<Row>,
    silent: Vec<String>,
    province_names: HashMap<String, u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    words: String,
    #[serde(default)]
    rank: u8,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    bare: bool,
}

impl AddressWords {
    /// The shipped table. Empty if it were damaged, which a test excludes.
    pub(super) fn shipped() -> Self {
        Self::parse(SHIPPED).unwrap_or_default()
    }

    /// Reads a table.
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut words = Self::default();
        for row in &file.house {
            words.add(&row.words, row.bare, Level::House(row.rank));
        }
        for row in &file.hamlet {
            words.add(&row.words, row.bare, Level::Hamlet(row.rank));
        }
        for row in &file.commune {
            words.add(&row.words, row.bare, Level::Commune(row.kind.as_str().into()));
        }
        for (rows, level) in [
            (&file.street, Level::Street),
            (&file.district, Level::District),
            (&file.city, Level::City),
            (&file.province, Level::Province),
        ] {
            for row in rows {
                words.add(&row.words, row.bare, level.clone());
            }
        }
        for phrase in &file.silent {
            words.add(phrase, true, Level::Silent);
        }
        for phrases in words.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        words.province_names =
            file.province_names.into_iter().map(|(name, code)| (name.into_boxed_str(), code)).collect();
        Ok(words)
    }

    /// The longest phrase at the beginning of these words (each with marks and without). `is_bare`: the whole
    /// text has no marks.
    pub(super) fn at(&self, words: &[(&str, &str)], is_bare: bool) -> Option<&Phrase> {
        let (_, first) = words.first()?;
        self.phrases.get(*first)?.iter().find(|phrase| {
            let bare = phrase.bare && is_bare;
            words.len() >= phrase.len()
                && phrase.words.iter().zip(words).all(|(own, found)| own.is(*found, bare))
        })
    }

    /// `p5`, `q1`: a word of one letter grown together with its number.
    pub(super) fn glued<'a>(&self, word: &'a str) -> Option<(&Level, &'a str)> {
        let (letter, number) = word.split_at_checked(1)?;
        let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        let phrase =
            self.phrases.get(letter)?.iter().find(|phrase| phrase.is_letter() && phrase.len() == 1)?;
        (is_number && matches!(phrase.level, Level::Commune(_) | Level::District))
            .then_some((&phrase.level, number))
    }

    /// The code of today of a province by another name of it.
    pub(super) fn province(&self, name: &str) -> Option<u16> {
        self.province_names.get(name).copied()
    }

    fn add(&mut self, phrase: &str, bare: bool, level: Level) {
        let words = Spelt::phrase(phrase);
        if let Some(first) = words.first().map(|word| word.folded.clone()) {
            self.phrases.entry(first).or_default().push(Phrase { level, words, bare });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_sound() {
        let words = AddressWords::parse(SHIPPED).unwrap();
        assert_eq!(words.at(&[("thị", "thi"), ("trấn", "tran")], false).map(Phrase::len), Some(2));
        assert_eq!(words.at(&[("số", "so"), ("nhà", "nha"), ("5", "5")], false).map(Phrase::len), Some(2));
        assert!(words.at(&[("phương", "phuong")], false).is_none());
        assert!(words.at(&[("phuong", "phuong")], true).is_some());
        assert_eq!(words.province("tphcm"), Some(79));
    }
}
