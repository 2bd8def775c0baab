//! Two texts of a column of the spec's own.

use super::jaro::byte_similarity;
use super::{Guess, MISSING};
use crate::lexicon::Words;
use crate::row::{NameWords, folded};

const EXACT: u8 = 1;
const NEAR: u8 = 2;
const ALIKE: u8 = 3;
const DIFFERENT: u8 = 4;

/// The levels; see the constants.
pub(super) const GUESSES: &[Guess] =
    &[("missing", 0.0), ("exact", 0.8), ("near", 0.1), ("alike", 0.04), ("different", 0.06)];

/// The level of two texts, by Jaro–Winkler similarity of the whole: from 0.92 near, from 0.8 alike.
pub(super) fn level(one: &NameWords, other: &NameWords, words: &Words<'_>) -> u8 {
    if one.len() == 0 || other.len() == 0 {
        return MISSING;
    }
    if one.tokens() == other.tokens() {
        return EXACT;
    }
    if let ([a], [b]) = (one.tokens(), other.tokens()) {
        return graded(words.get(folded(*a)), words.get(folded(*b)));
    }
    let joined = |name: &NameWords| {
        let mut joined = Vec::new();
        for token in name.tokens() {
            joined.extend_from_slice(words.get(folded(*token)));
            joined.push(b' ');
        }
        joined
    };
    graded(&joined(one), &joined(other))
}

fn graded(one: &[u8], other: &[u8]) -> u8 {
    let similarity = byte_similarity(one, other);
    if similarity >= 0.92 {
        NEAR
    } else if similarity >= 0.8 {
        ALIKE
    } else {
        DIFFERENT
    }
}
