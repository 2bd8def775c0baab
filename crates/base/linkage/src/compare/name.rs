//! Two names. A Vietnamese name is surname, middle tokens, given name; registers lose marks, drop or swap middle
//! tokens, shorten to initials, and mistype a letter. One joint level says which of these explains the difference,
//! since the parts of a name are not independent (Thị goes with women's given names, families share middle tokens).

use super::Guess;
use super::edit::near;
use crate::lexicon::Words;
use crate::row::{NameWords, folded};

const EXACT: u8 = 1;
const UNMARKED: u8 = 2;
const MARKS: u8 = 3;
const SHORT: u8 = 4;
const REORDERED: u8 = 5;
const MIDDLE_MISSING: u8 = 6;
const ONE_LETTER: u8 = 7;
const MIDDLE_DIFFERS: u8 = 8;
const TWO_LETTERS: u8 = 9;
const SURNAME_DIFFERS: u8 = 10;
const GIVEN_DIFFERS: u8 = 11;
const GIVEN_ONLY: u8 = 12;
const SURNAME_ONLY: u8 = 13;
const PARTLY: u8 = 14;
const DIFFERENT: u8 = 15;

/// The levels from 1 to this have the same letters.
pub(crate) const FOLDED_EQUAL: u8 = MARKS;

/// The levels; see the constants.
pub(super) const GUESSES: &[Guess] = &[
    ("missing", 0.0),
    ("exact", 0.6),
    ("unmarked", 0.1),
    ("marks", 0.05),
    ("short", 0.03),
    ("reordered", 0.02),
    ("middle_missing", 0.04),
    ("one_letter", 0.06),
    ("middle_differs", 0.01),
    ("two_letters", 0.02),
    ("surname_differs", 0.005),
    ("given_differs", 0.002),
    ("given_only", 0.001),
    ("surname_only", 0.001),
    ("partly", 0.005),
    ("different", 0.002),
];

/// 0: the names are as good as equal; 1: similar; 2: not.
pub(crate) fn class(level: u8) -> usize {
    match level {
        EXACT..=MARKS => 0,
        SHORT..=TWO_LETTERS => 1,
        _ => 2,
    }
}

/// Which parts a level says are equal: surname, given name.
pub(crate) fn parts(level: u8) -> (bool, bool) {
    match level {
        EXACT..=MARKS | MIDDLE_MISSING | MIDDLE_DIFFERS => (true, true),
        SHORT | SURNAME_DIFFERS | GIVEN_ONLY => (false, true),
        GIVEN_DIFFERS | SURNAME_ONLY => (true, false),
        _ => (false, false),
    }
}

/// The level of two names that are not empty.
pub(crate) fn level(one: &NameWords, other: &NameWords, words: &Words<'_>) -> u8 {
    let (a, b) = (one.tokens(), other.tokens());
    if a.len() == b.len() {
        let differing = a.iter().zip(b).filter(|(a, b)| folded(**a) != folded(**b)).count();
        if differing == 0 {
            return marks(a, b);
        }
        if let Some(level) = aligned(one, other, differing, words) {
            return level;
        }
    } else {
        let (short, long) = if a.len() < b.len() { (one, other) } else { (other, one) };
        if let Some(level) = contained(short, long, words) {
            return level;
        }
    }
    ends(a, b, words)
}

/// Equal letters: which marks?
fn marks(a: &[u32], b: &[u32]) -> u8 {
    let plain = |tokens: &[u32]| tokens.iter().all(|token| *token == folded(*token));
    if a == b {
        EXACT
    } else if plain(a) || plain(b) {
        UNMARKED
    } else {
        MARKS
    }
}

/// As many tokens on both sides, of which some differ.
fn aligned(one: &NameWords, other: &NameWords, differing: usize, words: &Words<'_>) -> Option<u8> {
    let (a, b) = (one.tokens(), other.tokens());
    let pairs = || a.iter().zip(b).enumerate().filter(|(_, (a, b))| folded(**a) != folded(**b));
    let shortened = one.abbreviated() | other.abbreviated();
    if shortened != 0 && pairs().all(|(place, (a, b))| shortened >> place & 1 == 1 && prefix(*a, *b, words)) {
        return Some(SHORT);
    }
    if differing == 1 {
        let (place, (x, y)) = pairs().next()?;
        return Some(if near(words.get(folded(*x)), words.get(folded(*y))) {
            ONE_LETTER
        } else if place + 1 == a.len() {
            if a.len() > 1 { GIVEN_DIFFERS } else { DIFFERENT }
        } else if place == 0 {
            SURNAME_DIFFERS
        } else {
            MIDDLE_DIFFERS
        });
    }
    if same_tokens(a, b) {
        return Some(REORDERED);
    }
    let slip = |(a, b): (&u32, &u32)| near(words.get(folded(*a)), words.get(folded(*b)));
    (differing == 2 && pairs().all(|(_, pair)| slip(pair))).then_some(TWO_LETTERS)
}

fn same_tokens(a: &[u32], b: &[u32]) -> bool {
    let sum = |tokens: &[u32]| tokens.iter().fold(0_u32, |sum, token| sum.wrapping_add(folded(*token)));
    if sum(a) != sum(b) {
        return false;
    }
    let sorted = |tokens: &[u32]| {
        let mut sorted = [0; 8];
        for (to, from) in sorted.iter_mut().zip(tokens) {
            *to = folded(*from);
        }
        sorted.sort_unstable();
        sorted
    };
    sorted(a) == sorted(b)
}

fn prefix(one: u32, other: u32, words: &Words<'_>) -> bool {
    let (one, other) = (words.get(folded(one)), words.get(folded(other)));
    one.starts_with(other) || other.starts_with(one)
}

/// Fewer tokens on one side: are they all among the others, in order?
fn contained(short: &NameWords, long: &NameWords, words: &Words<'_>) -> Option<u8> {
    let (a, b) = (short.tokens(), long.tokens());
    let among = |token: &u32| b.iter().any(|other| folded(*other) == folded(*token));
    let unknown = a.iter().filter(|token| !among(token)).count();
    if unknown > 1 && short.abbreviated() == 0 {
        return grown_together(a, b, words).then_some(TWO_LETTERS);
    }
    let (mut equal, mut slips) = (0, 0);
    let mut rest = b.iter();
    for (place, token) in a.iter().enumerate() {
        let shortened = short.abbreviated() >> place & 1 == 1;
        let before = rest.clone();
        if rest.any(|other| folded(*other) == folded(*token)) {
            equal += 1;
            continue;
        }
        rest = before;
        let text = words.get(folded(*token));
        let slip = rest.any(|other| {
            let other = words.get(folded(*other));
            if shortened { other.starts_with(text) } else { near(other, text) }
        });
        if !slip {
            break;
        }
        slips += usize::from(!shortened);
        equal += usize::from(shortened);
    }
    let ends_meet = |one: Option<&u32>, other: Option<&u32>| match (one, other) {
        (Some(one), Some(other)) => folded(*one) == folded(*other),
        _ => false,
    };
    if equal == a.len() {
        let (first, last) = (ends_meet(a.first(), b.first()), ends_meet(a.last(), b.last()));
        return Some(match (first, last) {
            (true, true) if a.len() > 1 => MIDDLE_MISSING,
            (_, true) => SHORT,
            _ if short.abbreviated() != 0 => SHORT,
            _ => PARTLY,
        });
    }
    if equal + slips == a.len() && slips == 1 && a.len() > 1 {
        return Some(TWO_LETTERS);
    }
    grown_together(a, b, words).then_some(TWO_LETTERS)
}

/// Whether the names are the same letters without their spaces (`nguyenvan hoa`).
fn grown_together(a: &[u32], b: &[u32], words: &Words<'_>) -> bool {
    fn letters<'w>(tokens: &'w [u32], words: &'w Words<'w>) -> impl Iterator<Item = &'w u8> {
        tokens.iter().flat_map(|token| words.get(folded(*token)))
    }
    letters(a, words).eq(letters(b, words))
}

/// Which ends agree.
fn ends(a: &[u32], b: &[u32], words: &Words<'_>) -> u8 {
    let (Some(surname), Some(given)) = (a.first().zip(b.first()), a.last().zip(b.last())) else {
        return DIFFERENT;
    };
    let equal = |(a, b): (&u32, &u32)| folded(*a) == folded(*b);
    let close = |(a, b): (&u32, &u32)| near(words.get(folded(*a)), words.get(folded(*b)));
    let inner = |tokens: &[u32], token: u32| {
        let middle = tokens.get(1..tokens.len().saturating_sub(1)).unwrap_or_default();
        middle.iter().any(|other| folded(*other) == folded(token))
    };
    let middle = a.get(1..a.len().saturating_sub(1)).unwrap_or_default();
    let middle_agrees = middle.iter().any(|token| inner(b, *token));
    match (equal(surname), equal(given)) {
        (true, true) => MIDDLE_DIFFERS,
        (true, false) if close(given) => PARTLY,
        (false, true) if close(surname) => PARTLY,
        (false, true) if middle_agrees => SURNAME_DIFFERS,
        (false, true) => GIVEN_ONLY,
        (true, false) if middle_agrees => GIVEN_DIFFERS,
        (true, false) => SURNAME_ONLY,
        (false, false) => DIFFERENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Scribe;
    use crate::normal::Normaliser;
    use proptest::prelude::*;

    fn compare(one: &str, other: &str) -> &'static str {
        let mut scribe = Scribe::new();
        let normaliser = Normaliser::new();
        let mut words = |raw: &str| {
            let names = normaliser.names(raw);
            NameWords::new(&names.into_iter().next().unwrap_or_default(), &mut scribe)
        };
        let (one, other) = (words(one), words(other));
        let lexicon = scribe.own;
        let words = Words { base: &lexicon, more: &lexicon };
        let (level, back) = (level(&one, &other, &words), level(&other, &one, &words));
        assert_eq!(level, back, "symmetric");
        GUESSES[usize::from(level)].0
    }

    #[test]
    fn each_error_has_its_level() {
        for (one, other, level) in [
            ("Nguyễn Văn Hòa", "Nguyễn Văn Hòa", "exact"),
            ("Nguyễn Văn Hòa", "NGUYEN VAN HOA", "unmarked"),
            ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "marks"),
            ("Nguyễn Văn Hòa", "Nguyễn Hòa", "middle_missing"),
            ("Nguyễn Văn Minh Hòa", "Nguyễn Minh Văn Hòa", "reordered"),
            ("Nguyễn Văn Hòa", "Hòa", "short"),
            ("Nguyễn Văn Thanh", "Nguyễn Văn Thnah", "one_letter"),
            ("Nguyễn Văn Hòa", "Nguyễn Đức Hòa", "middle_differs"),
            ("Nguyễn Văn Hòa", "Trần Văn Hòa", "surname_differs"),
            ("Nguyễn Văn Hòa", "Nguyễn Văn Tám", "given_differs"),
            ("Nguyễn Văn Hòa", "Lê Thị Hòa", "given_only"),
            ("Nguyễn Văn Hòa", "Lê Thị Mai", "different"),
        ] {
            assert_eq!(compare(one, other), level, "{one} / {other}");
        }
    }

    proptest! {
        #[test]
        fn any_names_have_a_level_both_ways(one in any::<String>(), other in any::<String>()) {
            compare(&one, &other);
        }

        #[test]
        fn names_of_few_letters_are_symmetric(
            one in "([abh]{1,4} ){0,5}[abh]{1,4}",
            other in "([abh]{1,4} ){0,5}[abh]{1,4}",
        ) {
            compare(&one, &other);
        }
    }
}
