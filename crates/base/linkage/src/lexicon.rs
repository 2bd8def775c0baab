//! Every distinct token once, known by a small number.

use crate::hash;
use crate::table::Strings;

/// Token numbers use 24 bits; the eight above them tell the spellings with marks apart.
pub(crate) const TOKEN_BITS: u32 = 24;
const MOST: u32 = (1 << TOKEN_BITS) - 1;
const FREE: u32 = u32::MAX;

/// Interned strings. Number 0 is the empty string.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    strings: Strings,
    /// Open addressing, a power of two long: high half of the hash, and place.
    slots: Vec<(u32, u32)>,
    /// Numbers below this belong to the lexicon under this one.
    first: u32,
}

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut lexicon = Self { strings: Strings::new(), slots: vec![(0, FREE); 64], first: 0 };
        lexicon.intern("");
        lexicon
    }

    /// A lexicon whose numbers go on after those of `base`.
    pub(crate) fn above(base: &Self) -> Self {
        let first = base.first + base.len();
        Self { strings: Strings::new(), slots: vec![(0, FREE); 64], first }
    }

    /// The strings of a lexicon, as they were stored.
    pub(crate) fn from_strings(strings: &Strings) -> Self {
        let mut lexicon = Self { strings: Strings::new(), slots: vec![(0, FREE); 64], first: 0 };
        for text in strings.iter() {
            lexicon.intern(text);
        }
        lexicon
    }

    pub(crate) fn strings(&self) -> &Strings {
        &self.strings
    }

    fn len(&self) -> u32 {
        u32::try_from(self.strings.len()).unwrap_or(MOST)
    }

    /// The number of a string that is here.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let (mask, hash) = (self.slots.len() - 1, hash::bytes(text.as_bytes()));
        let mut slot = hash as usize & mask;
        loop {
            match self.slots.get(slot).copied() {
                Some((tag, place)) if place != FREE => {
                    if tag == (hash >> 32) as u32 && self.strings.bytes(place) == text.as_bytes() {
                        return Some(self.first + place);
                    }
                }
                _ => return None,
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The number of a string, new if need be. Beyond 16 million strings numbers are shared.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        if let Some(number) = self.find(text) {
            return number;
        }
        if self.first + self.len() >= MOST {
            return hash::bytes(text.as_bytes()) as u32 & MOST;
        }
        if (self.strings.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let place = self.strings.push(text);
        self.settle(place);
        self.first + place
    }

    fn settle(&mut self, place: u32) {
        let (mask, hash) = (self.slots.len() - 1, hash::bytes(self.strings.bytes(place)));
        let mut slot = hash as usize & mask;
        while self.slots.get(slot).is_some_and(|(_, other)| *other != FREE) {
            slot = (slot + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(slot) {
            *free = ((hash >> 32) as u32, place);
        }
    }

    fn grow(&mut self) {
        self.slots = vec![(0, FREE); self.slots.len() * 4];
        for place in 0..self.len() {
            self.settle(place);
        }
    }
}

/// The words of both tables: those of the left, and those that only the right has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a> {
    pub(crate) base: &'a Lexicon,
    pub(crate) more: &'a Lexicon,
}

impl<'a> Words<'a> {
    /// The string of a number, as bytes.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> &'a [u8] {
        match number.checked_sub(self.more.first) {
            Some(place) if self.more.first > 0 => self.more.strings.bytes(place),
            _ => self.base.strings.bytes(number),
        }
    }
}

/// Where tokens are interned: into a lexicon of their own, or above another that stays as it is.
#[derive(Debug)]
pub(crate) struct Scribe<'a> {
    pub(crate) base: Option<&'a Lexicon>,
    pub(crate) own: Lexicon,
}

impl<'a> Scribe<'a> {
    pub(crate) fn new() -> Self {
        Self { base: None, own: Lexicon::new() }
    }

    pub(crate) fn above(base: &'a Lexicon) -> Self {
        Self { base: Some(base), own: Lexicon::above(base) }
    }

    pub(crate) fn number(&mut self, text: &str) -> u32 {
        match self.base.and_then(|base| base.find(text)) {
            Some(number) => number,
            None => self.own.intern(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_above_a_base() {
        let mut base = Lexicon::new();
        let van = base.intern("van");
        let mut scribe = Scribe::above(&base);
        let hoa = scribe.number("hoa");
        assert_eq!(scribe.number("van"), van);
        assert_eq!(scribe.number("hoa"), hoa);
        let words = Words { base: &base, more: &scribe.own };
        assert_eq!([words.get(van), words.get(hoa), words.get(0)], [&b"van"[..], b"hoa", b""]);
    }

    #[test]
    fn a_thousand_words_survive_growing() {
        let mut lexicon = Lexicon::new();
        let numbers: Vec<u32> = (0..1000).map(|n| lexicon.intern(&n.to_string())).collect();
        assert!((0..1000).all(|n| lexicon.find(&n.to_string()) == numbers.get(n).copied()));
    }
}
