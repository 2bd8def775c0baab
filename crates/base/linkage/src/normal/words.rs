//! The table of words around names, ready for look-up: `data/linkage/names.toml`.

use super::text::settle;
use crate::field::Sex;
use serde::Deserialize;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

/// The table as it is shipped.
const SHIPPED: &str = include_str!("../../../../../data/linkage/names.toml");

/// What a person in a text that names several is to the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kin {
    /// The first person named.
    #[default]
    Named,
    /// Holds the same right.
    CoHolder,
    /// Husband or wife.
    Spouse,
    /// Son or daughter.
    Child,
    /// Father.
    Father,
    /// Mother.
    Mother,
    /// Acts for the others.
    Representative,
    /// Inherits.
    Heir,
}

/// What a phrase means for the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Stands before a name.
    Title(Option<Sex>),
    /// Another person follows.
    Link(Kin, Option<Sex>),
    /// The name ends; `address`: whatever follows up to the next phrase is no name.
    Stop { address: bool },
    /// No person is named at all.
    Organisation,
}

/// Words that belong together.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) meaning: Meaning,
    words: Vec<Spelt>,
    bare: bool,
    /// Whether it can be part of a name as well.
    pub(super) is_name: bool,
}

impl Phrase {
    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    fn is_at(&self, words: &[(&str, &str)]) -> bool {
        words.len() >= self.words.len()
            && self.words.iter().zip(words).all(|(own, found)| own.is(*found, self.bare))
    }
}

/// A word of a table, with its marks and without.
#[derive(Clone, Debug)]
pub(super) struct Spelt {
    pub(super) text: Box<str>,
    pub(super) folded: Box<str>,
}

impl Spelt {
    /// The words of a phrase.
    pub(super) fn phrase(phrase: &str) -> Vec<Self> {
        let clean = settle(phrase);
        let pairs = clean.text.split([' ', '/']).zip(clean.folded.split([' ', '/']));
        pairs.map(|(text, folded)| Self { text: text.into(), folded: folded.into() }).collect()
    }

    /// Whether a word of a text is this one; `bare`: without marks too, if it has none.
    #[inline]
    pub(super) fn is(&self, (text, folded): (&str, &str), bare: bool) -> bool {
        *self.text == *text || (bare && text == folded && *self.folded == *folded)
    }
}

/// Whether a word is a surname.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    #[default]
    NoSurname,
    /// It is one, but more often something else.
    RareSurname,
    Surname,
    /// It is hardly ever anything else.
    OnlySurname,
}

/// What is known of a word, by its letters without marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The phrases that begin with it, longest first.
    phrases: Vec<Phrase>,
    /// Whether it is a surname.
    pub(super) standing: Standing,
    /// It stands between surname and given name and hardly ever elsewhere.
    pub(super) middle: bool,
    /// The word it is short for, with marks and without.
    pub(super) short: Option<(Box<str>, Box<str>)>,
    /// How it is written with marks, of surnames and middle words; several for `ho` (Hồ, Hộ).
    pub(super) forms: Vec<Box<str>>,
}

impl Entry {
    /// Whether a phrase begins with the word.
    pub(super) fn begins(&self, text: &str, folded: &str) -> bool {
        self.phrases
            .iter()
            .any(|phrase| phrase.words.first().is_some_and(|own| own.is((text, folded), phrase.bare)))
    }

    /// The longest phrase at the beginning of these words (each with marks and without).
    pub(super) fn phrase_at(&self, words: &[(&str, &str)]) -> Option<&Phrase> {
        self.phrases.iter().find(|phrase| phrase.is_at(words))
    }
}

/// The table of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(HashMap<Box<str>, Entry, Fnv>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Vec<Row>,
    link: Vec<Row>,
    stop: Vec<Row>,
    organisation: Vec<String>,
    short: HashMap<String, String>,
    surname_only: Vec<String>,
    surname: Vec<String>,
    surname_rare: Vec<String>,
    middle: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    words: String,
    #[serde(default)]
    sex: Option<RowSex>,
    #[serde(default)]
    kin: Kin,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    name: bool,
    #[serde(default)]
    address: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RowSex {
    Male,
    Female,
}

impl Row {
    fn sex(&self) -> Option<Sex> {
        self.sex.map(|sex| match sex {
            RowSex::Male => Sex::Male,
            RowSex::Female => Sex::Female,
        })
    }
}

impl Words {
    /// The shipped table. Empty if it were damaged, which a test excludes.
    pub(super) fn shipped() -> Self {
        Self::parse(SHIPPED).unwrap_or_default()
    }

    /// Reads a table.
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut words = Self::default();
        for row in &file.title {
            words.add_phrase(row, Meaning::Title(row.sex()));
        }
        for row in &file.link {
            words.add_phrase(row, Meaning::Link(row.kin, row.sex()));
        }
        for row in &file.stop {
            words.add_phrase(row, Meaning::Stop { address: row.address });
        }
        for phrase in &file.organisation {
            let row = Row {
                words: phrase.clone(),
                sex: None,
                kin: Kin::Named,
                bare: true,
                name: false,
                address: false,
            };
            words.add_phrase(&row, Meaning::Organisation);
        }
        for (short, long) in &file.short {
            let (short, long) = (settle(short), settle(long));
            words.entry(&short.folded).short = Some((long.text.into(), long.folded.into()));
        }
        for (list, standing, middle) in [
            (&file.surname_only, Standing::OnlySurname, false),
            (&file.surname, Standing::Surname, false),
            (&file.surname_rare, Standing::RareSurname, false),
            (&file.middle, Standing::NoSurname, true),
        ] {
            for word in list {
                let word = settle(word);
                let entry = words.entry(&word.folded);
                entry.standing = entry.standing.max(standing);
                entry.middle |= middle;
                if !entry.forms.iter().any(|form| **form == *word.text) {
                    entry.forms.push(word.text.into());
                }
            }
        }
        for entry in words.0.values_mut() {
            entry.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        Ok(words)
    }

    /// What is known of a word without marks.
    #[inline]
    pub(super) fn get(&self, folded: &str) -> Option<&Entry> {
        self.0.get(folded)
    }

    /// How much of a surname a word is.
    pub(super) fn standing(&self, folded: &str) -> Standing {
        self.get(folded).map(|entry| entry.standing).unwrap_or_default()
    }

    /// Whether a word can be a surname.
    #[inline]
    pub(super) fn is_surname(&self, folded: &str) -> bool {
        self.standing(folded) > Standing::NoSurname
    }

    /// The only surname or middle word that a damaged word can be; each `?` stands for one to three letters.
    pub(super) fn mend(&self, damaged: &str) -> Option<(&str, &str)> {
        let (head, tail) = damaged.split_once('?')?;
        let tail = tail.trim_start_matches('?');
        let fits = |folded: &str| {
            let lost = folded.len().checked_sub(head.len() + tail.len());
            lost.is_some_and(|lost| (1..=3).contains(&lost))
                && folded.starts_with(head)
                && folded.ends_with(tail)
        };
        let mut found = self.0.iter().filter(|(folded, entry)| {
            // The frequent ones: a damaged word is rarely the rarest of all surnames.
            (entry.standing == Standing::OnlySurname || entry.middle) && fits(folded)
        });
        match (found.next(), found.next()) {
            (Some((folded, entry)), None) => match entry.forms.as_slice() {
                [form] => Some((form, folded)),
                _ => None,
            },
            _ => None,
        }
    }

    fn entry(&mut self, folded: &str) -> &mut Entry {
        self.0.entry(folded.into()).or_default()
    }

    fn add_phrase(&mut self, row: &Row, meaning: Meaning) {
        let words = Spelt::phrase(&row.words);
        let Some(first) = words.first().map(|word| word.folded.clone()) else { return };
        let phrase = Phrase { meaning, words, bare: row.bare, is_name: row.name };
        self.entry(&first).phrases.push(phrase);
    }
}

/// FNV-1a: for a few letters it is several times faster than the default hash, and the keys come from our own
/// table, so nobody can choose colliding ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl BuildHasher for Fnv {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self::default()
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u8(&mut self, byte: u8) {
        self.write(&[byte]);
    }
}

#[cfg(test)]
mod tests;
