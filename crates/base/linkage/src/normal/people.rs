//! The people that a text names.
//!
//! A cell of a land register says `Hộ ông Nguyễn Văn A và vợ là bà Trần Thị B`, `Lê Văn C - Phạm Thị D`,
//! `Ông Đỗ Văn E (sinh 1960), vợ: Vũ Thị F`. [`read`] walks over the words once: a phrase of the table
//! ([`super::words`]) or a separator ends one person and begins the next, titles are taken off and tell the
//! sex, years and numbers behind a name are kept with it. What cannot be a person — an organisation, an
//! address behind the name, a nickname in brackets — is left out.

use super::name::{Draft, Word, split_words};
use super::text::Clean;
use super::words::{Entry, Kin, Meaning, Phrase, Standing, Words};
use crate::field::{NameParts, Sex};

/// One person named by a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// What the person is to the first.
    pub kin: Kin,
    /// The name.
    pub name: NameParts,
    /// Year of birth behind the name; 0: none.
    pub birth_year: u16,
    /// Number of 9 or 12 digits behind the name; empty: none.
    pub number: String,
}

/// The people a text names, in order.
pub(super) fn read(words: &Words, clean: Clean) -> Vec<Person> {
    if is_plain_name(words, &clean) {
        let Clean { text, folded, .. } = clean;
        let name = NameParts { text, folded, abbreviated: 0, sex: None };
        return vec![Person { name, ..Person::default() }];
    }
    read_words(words, &clean)
}

/// Whether a text is a name and nothing else, as most are: a surname and other whole words, none of which means
/// anything to the table. Then there is nothing to do.
fn is_plain_name(words: &Words, clean: &Clean) -> bool {
    let mut pairs = clean.text.split(' ').zip(clean.folded.split(' '));
    pairs.next().is_some_and(|(text, folded)| begins_plain_name(words, text, folded))
        && pairs.all(|(text, folded)| follows_in_plain_name(words, text, folded))
}

fn is_whole(folded: &str) -> bool {
    folded.len() > 1 && folded.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a word is a surname that means nothing else.
pub(super) fn begins_plain_name(words: &Words, text: &str, folded: &str) -> bool {
    let is_surname = |entry: &Entry| entry.standing >= Standing::Surname && !entry.begins(text, folded);
    is_whole(folded) && words.get(folded).is_some_and(is_surname)
}

/// Whether a word behind a surname is a part of the name and means nothing else.
pub(super) fn follows_in_plain_name(words: &Words, text: &str, folded: &str) -> bool {
    let vowel = |byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let plain = |entry: &Entry| entry.short.is_none() && !entry.begins(text, folded);
    is_whole(folded) && folded.bytes().any(vowel) && words.get(folded).is_none_or(plain)
}

fn read_words(words: &Words, clean: &Clean) -> Vec<Person> {
    let found = split_words(clean);
    let pairs: Vec<(&str, &str)> = found.iter().map(|word| (word.text, word.folded)).collect();
    let mut reader = Reader {
        words,
        found: &found,
        pairs: &pairs,
        people: Vec::with_capacity(1),
        draft: Draft::default(),
        kin: Kin::Named,
        sex: Told::Nothing,
        year: 0,
        number: String::new(),
        mode: Mode::Name,
    };
    if reader.walk().is_none() {
        return Vec::new();
    }
    reader.finish();
    put_given_name_last(words, &mut reader.people);
    reader.people
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Name,
    /// Behind a name: up to a phrase or a separator before a surname.
    Behind,
    /// In an address: up to a phrase.
    Address,
}

/// What titles said of the sex: `ông (bà)` says both, so nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    One(Sex),
    Both,
}

impl Told {
    fn and(self, sex: Option<Sex>) -> Self {
        match (self, sex) {
            (told, None) => told,
            (Self::Nothing, Some(sex)) => Self::One(sex),
            (Self::One(known), Some(sex)) if known == sex => self,
            _ => Self::Both,
        }
    }
}

struct Reader<'a> {
    words: &'a Words,
    found: &'a [Word<'a>],
    pairs: &'a [(&'a str, &'a str)],
    people: Vec<Person>,
    draft: Draft,
    kin: Kin,
    sex: Told,
    year: u16,
    number: String,
    mode: Mode,
}

impl Reader<'_> {
    /// `None` if an organisation is named.
    fn walk(&mut self) -> Option<()> {
        let mut at = 0;
        while let Some(word) = self.found.get(at).copied() {
            let parted = word.gap.parts_people() || (word.gap.may_part_people() && self.is_person_at(at));
            if parted {
                self.finish();
            }
            let entry = self.words.get(word.folded);
            let phrase = entry.and_then(|entry| entry.phrase_at(self.pairs.get(at..).unwrap_or_default()));
            if let Some(phrase) = phrase
                && self.applies(phrase, at)
            {
                match phrase.meaning {
                    Meaning::Organisation => return None,
                    Meaning::Title(sex) => {
                        if !self.draft.is_empty() {
                            self.finish();
                        }
                        self.sex = self.sex.and(sex);
                        self.mode = Mode::Name;
                    }
                    Meaning::Link(kin, sex) => {
                        self.finish();
                        self.kin = kin;
                        self.sex = Told::Nothing.and(sex);
                        self.mode = Mode::Name;
                    }
                    Meaning::Stop { address: true } => self.mode = Mode::Address,
                    Meaning::Stop { address: false } => self.mode = Mode::Behind,
                }
                at += phrase.len();
                continue;
            }
            if parted && self.mode == Mode::Behind && self.is_person_at(at) {
                self.mode = Mode::Name;
            }
            if word.folded.starts_with(|c: char| c.is_ascii_digit()) {
                self.note_digits(word.folded);
            } else if self.mode == Mode::Name {
                self.draft.push(self.words, entry, word);
            }
            at += 1;
        }
        Some(())
    }

    /// Whether a phrase means here what the table says, or is part of a name.
    fn applies(&self, phrase: &Phrase, at: usize) -> bool {
        let behind = self.segment(at + phrase.len());
        let next_is_name = behind.first().is_some_and(|next| {
            self.words.is_surname(next.folded)
                || self.words.get(next.folded).is_some_and(|entry| {
                    let rest = self.pairs.get(at + phrase.len()..).unwrap_or_default();
                    entry.phrase_at(rest).is_some_and(|next| !matches!(next.meaning, Meaning::Stop { .. }))
                })
        });
        let last = self.found.len() == at + phrase.len();
        let nobody_yet = self.draft.is_empty() && self.people.is_empty();
        match phrase.meaning {
            Meaning::Organisation => nobody_yet,
            Meaning::Title(_) if !phrase.is_name => true,
            Meaning::Title(_) if self.draft.is_empty() => {
                next_is_name
                    || behind.len() == 1
                    || (behind.is_empty() && self.found.len() > at + phrase.len())
                    || self.mode == Mode::Name && behind.len() > 2
            }
            Meaning::Title(_) => self.draft.len() > 1 && behind.len() > 1 && next_is_name,
            Meaning::Link(..) if phrase.is_name => !nobody_yet && next_is_name,
            Meaning::Link(..) => {
                !(nobody_yet || last && self.draft.ends_in_middle()) || !self.is_surname_at(at)
            }
            Meaning::Stop { .. } if phrase.is_name => self.draft.len() > 1 && !behind.is_empty(),
            Meaning::Stop { .. } => true,
        }
    }

    fn is_surname_at(&self, at: usize) -> bool {
        self.words.is_surname(self.folded(at))
    }

    fn folded(&self, at: usize) -> &str {
        self.found.get(at).map_or("", |word| word.folded)
    }

    /// The words from here up to the next separator.
    fn segment(&self, from: usize) -> &[Word<'_>] {
        let rest = self.found.get(from..).unwrap_or_default();
        let parted = rest.first().is_some_and(|word| word.gap.parts_people());
        let end =
            rest.iter().skip(1).position(|word| word.gap.parts_people()).map_or(rest.len(), |at| at + 1);
        if parted { &[] } else { rest.get(..end).unwrap_or_default() }
    }

    /// Whether a whole name begins here: a surname and at least one word more, none with digits.
    fn is_person_at(&self, at: usize) -> bool {
        let rest = self.found.get(at..).unwrap_or_default();
        let end =
            rest.iter().skip(1).position(|word| word.gap.parts_people()).map_or(rest.len(), |at| at + 1);
        let segment = rest.get(..end).unwrap_or_default();
        let plain = |word: &Word<'_>| !word.folded.starts_with(|c: char| c.is_ascii_digit());
        segment.len() > 1 && self.is_surname_at(at) && segment.iter().take(2).all(plain)
    }

    fn note_digits(&mut self, digits: &str) {
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        match digits.len() {
            4 => {
                let year = digits.parse().unwrap_or(0);
                if (1880..=2100).contains(&year) {
                    self.year = year;
                    self.note_late();
                }
            }
            9 | 12 => {
                digits.clone_into(&mut self.number);
                self.note_late();
            }
            _ => {}
        }
    }

    /// What stands in brackets or after a comma behind a name belongs to the person before.
    fn note_late(&mut self) {
        if !self.draft.is_empty() {
            return;
        }
        if let Some(person) = self.people.last_mut() {
            if person.birth_year == 0 {
                person.birth_year = std::mem::take(&mut self.year);
            }
            if person.number.is_empty() {
                person.number = std::mem::take(&mut self.number);
            }
        }
    }

    /// Ends a person, if there is one; otherwise what titles said is kept for the words to come.
    fn finish(&mut self) {
        if self.draft.is_empty() {
            return;
        }
        let draft = std::mem::take(&mut self.draft);
        let titled = self.sex != Told::Nothing || self.kin != Kin::Named;
        let nickname = draft.len() == 1 && !titled && !self.people.is_empty();
        let sex = match self.sex {
            Told::One(sex) => Some(sex),
            Told::Nothing | Told::Both => None,
        };
        let kin = match self.kin {
            Kin::Named if !self.people.is_empty() => Kin::CoHolder,
            kin => kin,
        };
        let (year, number) = (std::mem::take(&mut self.year), std::mem::take(&mut self.number));
        if let (false, Some(name)) = (nickname, draft.finish(self.words, sex)) {
            self.people.push(Person { kin, name, birth_year: year, number });
        }
        self.kin = Kin::Named;
        self.sex = Told::Nothing;
    }
}

/// `Mai, Nguyễn Thị` is one person, given name first.
fn put_given_name_last(words: &Words, people: &mut Vec<Person>) {
    let [first, second] = people.as_mut_slice() else { return };
    let surname = second.name.folded.split(' ').next().unwrap_or_default();
    let first_is_given = !first.name.folded.contains(' ')
        && first.name.sex.is_none()
        && second.name.sex.is_none()
        && second.kin == Kin::CoHolder
        && words.standing(surname) == Standing::OnlySurname;
    if first_is_given {
        for (text, given) in
            [(&mut second.name.text, &first.name.text), (&mut second.name.folded, &first.name.folded)]
        {
            text.push(' ');
            text.push_str(given);
        }
        second.kin = Kin::Named;
        people.remove(0);
    }
}

#[cfg(test)]
mod tests;
