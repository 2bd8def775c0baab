//! Comparisons: each turns two values into one of at most sixteen levels, and the levels of a pair are its
//! pattern. A level is a fact about the pair ("same year, day and month swapped"); what it is worth is estimated
//! from the data ([`crate::model`]).
//!
//! Every comparison is symmetric, and equal values give the level `exact`.

mod birth;
mod edit;
mod jaro;
mod name;
mod number;
mod place;
mod text;

pub use edit::distance;
pub use jaro::jaro_winkler;

use crate::lexicon::Words;
use crate::outcome::EvidenceKind;
use crate::row::{Row, Rows, Slot};
use crate::spec::MAX_TEXTS;
use serde::{Deserialize, Serialize};

/// Level of a pair of which one value is missing.
pub(crate) const MISSING: u8 = 0;
/// Levels that a pattern has room for.
pub(crate) const LEVELS: usize = 16;

/// A level of a comparison as its author knows it: its key and a first guess of its share among true pairs.
pub(crate) type Guess = (&'static str, f64);

/// Both tables, as comparisons read them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pairing<'a> {
    pub(crate) left: &'a Rows,
    pub(crate) right: &'a Rows,
    pub(crate) words: Words<'a>,
}

/// The comparisons in use, in the order of their place in the pattern.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Comparisons(pub(crate) Vec<EvidenceKind>);

impl Comparisons {
    /// Those of which both tables have a value.
    pub(crate) fn of(left: &Rows, right: &Rows) -> Self {
        let both = |slot| left.layout.has(slot) && right.layout.has(slot);
        let mut kinds = Vec::new();
        let number = |rows: &Rows| rows.layout.has(Slot::Number) || rows.layout.has(Slot::OldNumber);
        for (kind, there) in [
            (EvidenceKind::Number, number(left) && number(right)),
            (EvidenceKind::Birth, both(Slot::Birth)),
            (EvidenceKind::Name, both(Slot::Name)),
            (EvidenceKind::Sex, both(Slot::Sex)),
            (EvidenceKind::Phone, both(Slot::Phone)),
            (EvidenceKind::Household, both(Slot::Household)),
            (EvidenceKind::Place, both(Slot::Address)),
            (EvidenceKind::Father, both(Slot::Father)),
            (EvidenceKind::Mother, both(Slot::Mother)),
            (EvidenceKind::Spouse, both(Slot::Spouse)),
        ] {
            if there {
                kinds.push(kind);
            }
        }
        let texts = (0..MAX_TEXTS as u8).filter(|place| both(Slot::Text(*place)));
        kinds.extend(texts.map(EvidenceKind::Text));
        Self(kinds)
    }

    /// The pattern of a pair.
    #[inline]
    pub(crate) fn pattern(&self, pairing: &Pairing<'_>, left: &Row<'_>, right: &Row<'_>) -> u64 {
        let mut pattern = 0;
        for (place, kind) in self.0.iter().enumerate() {
            let level = level(*kind, pairing, left, right);
            pattern |= u64::from(level) << (4 * place);
        }
        pattern
    }
}

/// The level of one comparison.
#[inline]
fn level(kind: EvidenceKind, pairing: &Pairing<'_>, left: &Row<'_>, right: &Row<'_>) -> u8 {
    match kind {
        EvidenceKind::Name => names(pairing, left, right, Slot::Name),
        EvidenceKind::Father => names(pairing, left, right, Slot::Father),
        EvidenceKind::Mother => names(pairing, left, right, Slot::Mother),
        EvidenceKind::Spouse => names(pairing, left, right, Slot::Spouse),
        EvidenceKind::Birth => birth::level(left.get(Slot::Birth), right.get(Slot::Birth)),
        EvidenceKind::Sex => same(left, right, Slot::Sex),
        EvidenceKind::Household => same(left, right, Slot::Household),
        EvidenceKind::Number => number::best(
            [left.wide(Slot::Number), left.wide(Slot::OldNumber)],
            [right.wide(Slot::Number), right.wide(Slot::OldNumber)],
        ),
        EvidenceKind::Phone => number::phone(left.wide(Slot::Phone), right.wide(Slot::Phone)),
        EvidenceKind::Place => {
            let (one, other) = (left.get(Slot::Address), right.get(Slot::Address));
            if one == 0 || other == 0 {
                return MISSING;
            }
            place::level(&pairing.left.address(one), &pairing.right.address(other), &pairing.words)
        }
        EvidenceKind::Text(n) if pairing.left.exact_text(n) => same(left, right, Slot::Text(n)),
        EvidenceKind::Text(n) => {
            let (one, other) = (left.get(Slot::Text(n)), right.get(Slot::Text(n)));
            text::level(&pairing.left.name(one), &pairing.right.name(other), &pairing.words)
        }
        EvidenceKind::Rarity | EvidenceKind::Kin => MISSING,
    }
}

#[inline]
fn names(pairing: &Pairing<'_>, left: &Row<'_>, right: &Row<'_>, slot: Slot) -> u8 {
    let (one, other) = (left.get(slot), right.get(slot));
    if one == 0 || other == 0 {
        return MISSING;
    }
    name::level(&pairing.left.name(one), &pairing.right.name(other), &pairing.words)
}

#[inline]
fn same(left: &Row<'_>, right: &Row<'_>, slot: Slot) -> u8 {
    match (left.get(slot), right.get(slot)) {
        (0, _) | (_, 0) => MISSING,
        (one, other) if one == other => 1,
        _ => 2,
    }
}

/// The levels of a comparison; the first is `missing`.
pub(crate) fn guesses(kind: EvidenceKind) -> &'static [Guess] {
    match kind {
        EvidenceKind::Name | EvidenceKind::Father | EvidenceKind::Mother | EvidenceKind::Spouse => {
            name::GUESSES
        }
        EvidenceKind::Birth => birth::GUESSES,
        EvidenceKind::Number => number::GUESSES,
        EvidenceKind::Phone => number::PHONE_GUESSES,
        EvidenceKind::Place => place::GUESSES,
        EvidenceKind::Text(_) => text::GUESSES,
        EvidenceKind::Sex => &[("missing", 0.0), ("exact", 0.98), ("differs", 0.02)],
        EvidenceKind::Household => &[("missing", 0.0), ("exact", 0.9), ("differs", 0.1)],
        EvidenceKind::Rarity | EvidenceKind::Kin => &[],
    }
}

pub(crate) use name::{FOLDED_EQUAL, class as name_class, parts as name_parts};
