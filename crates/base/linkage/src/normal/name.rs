//! Words of a name.

use super::letter::is_alphanumeric;
use super::text::Clean;
use super::words::{Entry, Standing, Words};
use crate::field::{NameParts, Sex};

/// Bytes of a name.
const TYPICAL: usize = 32;

/// What stands between a word and the one before it, the strongest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing but space.
    Space,
    /// A full stop, an apostrophe, a colon.
    Soft,
    /// A hyphen without spaces: joins a double name or parts two people.
    Hyphen,
    /// A comma, a bracket, a dash: two people, or something that is no name.
    Hard,
}

impl Gap {
    pub(super) fn parts_people(self) -> bool {
        self == Self::Hard
    }

    pub(super) fn may_part_people(self) -> bool {
        self == Self::Hyphen
    }
}

/// A word of a text, with its marks and without.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) folded: &'a str,
    pub(super) gap: Gap,
    /// A full stop follows.
    pub(super) dotted: bool,
    /// An apostrophe follows, as in `H'Hen`.
    quoted: bool,
}

/// The words of a text. A `?` inside a word is a lost letter and belongs to it.
pub(super) fn split_words(clean: &Clean) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::with_capacity(6);
    let mut gap = Gap::Space;
    let (mut start, mut spaced) = (None, false);
    let mut folded_at = 0;
    let ends = std::iter::once((clean.text.len(), ' '));
    for (at, c) in clean.text.char_indices().chain(ends) {
        let in_word = is_alphanumeric(c) || (c == '?' && start.is_some());
        match (start, in_word) {
            (None, true) => start = Some((at, folded_at)),
            (Some((from, folded_from)), false) => {
                let text = clean.text.get(from..at).unwrap_or_default();
                let folded = clean.folded.get(folded_from..folded_at).unwrap_or_default();
                words.push(Word { text, folded, gap, dotted: c == '.', quoted: c == '\'' });
                (start, gap, spaced) = (None, Gap::Space, false);
            }
            _ => {}
        }
        if !in_word {
            gap = gap.max(gap_of(c, spaced, clean.text.get(at + c.len_utf8()..)));
            spaced = c == ' ';
        }
        folded_at +=
            clean.folded.get(folded_at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    words
}

fn gap_of(c: char, spaced: bool, rest: Option<&str>) -> Gap {
    match c {
        ' ' => Gap::Space,
        '.' | '\'' | ':' | '"' | '?' => Gap::Soft,
        '-' if !spaced && !rest.is_some_and(|rest| rest.starts_with(' ')) => Gap::Hyphen,
        _ => Gap::Hard,
    }
}

/// A name that is being put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    text: String,
    folded: String,
    abbreviated: u16,
    len: usize,
    /// The last word is one that stands between surname and given name.
    middle: bool,
}

impl Draft {
    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Whether a given name is still to come (`Nguyễn Văn`).
    pub(super) fn ends_in_middle(&self) -> bool {
        self.middle
    }

    /// Adds a word; `entry`: what the table knows of it.
    pub(super) fn push(&mut self, words: &Words, entry: Option<&Entry>, word: Word<'_>) {
        let (mut text, mut folded) = (word.text, word.folded);
        let mut whole = false;
        if let Some((long, long_folded)) = entry.and_then(|entry| entry.short.as_ref()) {
            // `nguyen` is short for nothing if it was written with its marks or in full.
            if **long_folded != *folded {
                (text, folded, whole) = (long, long_folded, true);
            }
        } else if let Some((long, long_folded)) = folded.contains('?').then(|| words.mend(folded)).flatten() {
            (text, folded, whole) = (long, long_folded, true);
        }
        if self.text.is_empty() {
            self.text.reserve(TYPICAL);
            self.folded.reserve(TYPICAL);
        } else {
            self.text.push(' ');
            self.folded.push(' ');
        }
        self.text.push_str(text);
        self.folded.push_str(folded);
        if !whole && is_abbreviation(word) && self.len < 16 {
            self.abbreviated |= 1 << self.len;
        }
        self.len += 1;
        self.middle = entry.is_some_and(|entry| entry.middle);
    }

    /// The name, surname first; `None` if there is no letter in it.
    pub(super) fn finish(mut self, words: &Words, sex: Option<Sex>) -> Option<NameParts> {
        self.put_surname_first(words);
        let named = self.folded.bytes().any(|byte| byte.is_ascii_alphabetic()) || !self.folded.is_ascii();
        named.then_some(NameParts {
            text: self.text,
            folded: self.folded,
            abbreviated: self.abbreviated,
            sex,
        })
    }

    /// `Mai Thị Nguyễn` and `Thị Mai Nguyễn` end with a word that is only ever a surname, and begin with one
    /// that is none: written given name first, or surname last.
    fn put_surname_first(&mut self, words: &Words) {
        let (Some((head, last)), true) = (self.folded.rsplit_once(' '), self.len < 16) else { return };
        let first = head.split(' ').next().unwrap_or_default();
        if words.standing(first) >= Standing::Surname || words.standing(last) != Standing::OnlySurname {
            return;
        }
        let middle_second =
            head.split(' ').nth(1).is_some_and(|word| words.get(word).is_some_and(|e| e.middle));
        let reversed = self.len == 3 && middle_second && !words.get(first).is_some_and(|entry| entry.middle);
        for text in [&mut self.text, &mut self.folded] {
            *text = if reversed {
                let mut turned: Vec<&str> = text.split(' ').collect();
                turned.reverse();
                turned.join(" ")
            } else {
                text.rsplit_once(' ').map(|(head, last)| format!("{last} {head}")).unwrap_or_default()
            };
        }
        let last_bit = (self.abbreviated >> (self.len - 1)) & 1;
        self.abbreviated = if reversed {
            (0..self.len)
                .filter(|bit| self.abbreviated >> bit & 1 == 1)
                .fold(0, |bits, bit| bits | 1 << (self.len - 1 - bit))
        } else {
            (self.abbreviated << 1 | last_bit) & ((1 << self.len) - 1)
        };
    }
}

/// A single letter, a few letters before a full stop, or letters without a vowel. `Y` is a whole name, and the
/// `H'` of `H'Hen` a whole word.
fn is_abbreviation(word: Word<'_>) -> bool {
    let letters = word.folded.len();
    if word.quoted || word.text != word.folded && letters == 1 && word.folded != "d" {
        return false;
    }
    let has_vowel = word.folded.bytes().any(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    match letters {
        0 => false,
        1 => word.folded != "y" || word.dotted,
        2..=4 => !has_vowel || (word.dotted && letters < 4),
        _ => !has_vowel && word.folded.is_ascii(),
    }
}
