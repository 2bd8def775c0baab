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
use crate::row::{AddressWords, NameWords, Row, Rows, Slot};
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
    /// Where a comparison stands in a pattern.
    pub(crate) fn place(&self, kind: EvidenceKind) -> Option<usize> {
        self.0.iter().position(|other| *other == kind)
    }

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

    /// A right row, ready to be compared with many.
    pub(crate) fn subject(&self, rows: &Rows, row: &Row<'_>) -> Subject {
        let value = |kind: &EvidenceKind| match kind {
            EvidenceKind::Name => Value::name(rows, row, Slot::Name),
            EvidenceKind::Father => Value::name(rows, row, Slot::Father),
            EvidenceKind::Mother => Value::name(rows, row, Slot::Mother),
            EvidenceKind::Spouse => Value::name(rows, row, Slot::Spouse),
            EvidenceKind::Birth => Value::Birth(row.get(Slot::Birth)),
            EvidenceKind::Sex => Value::Same(Slot::Sex, row.get(Slot::Sex)),
            EvidenceKind::Household => Value::Same(Slot::Household, row.get(Slot::Household)),
            EvidenceKind::Number => Value::Number([row.wide(Slot::Number), row.wide(Slot::OldNumber)]),
            EvidenceKind::Phone => Value::Phone(row.wide(Slot::Phone)),
            EvidenceKind::Place => match row.get(Slot::Address) {
                0 => Value::Missing,
                address => Value::Place(rows.address(address)),
            },
            EvidenceKind::Text(n) if rows.exact_text(*n) => {
                Value::Same(Slot::Text(*n), row.get(Slot::Text(*n)))
            }
            EvidenceKind::Text(n) => match row.get(Slot::Text(*n)) {
                0 => Value::Missing,
                text => Value::Text(Slot::Text(*n), rows.name(text)),
            },
            EvidenceKind::Rarity | EvidenceKind::Lookalikes | EvidenceKind::Kin => Value::Missing,
        };
        Subject(self.0.iter().map(value).collect())
    }
}

/// The values of a right row in the order of the comparisons.
#[derive(Clone, Debug)]
pub(crate) struct Subject(Vec<Value>);

#[derive(Clone, Copy, Debug)]
enum Value {
    Missing,
    Name(Slot, NameWords),
    Birth(u32),
    Same(Slot, u32),
    Number([u64; 2]),
    Phone(u64),
    Place(AddressWords),
    Text(Slot, NameWords),
}

impl Value {
    fn name(rows: &Rows, row: &Row<'_>, slot: Slot) -> Self {
        match row.get(slot) {
            0 => Self::Missing,
            name => Self::Name(slot, rows.name(name)),
        }
    }

    /// The level of the comparison with a left row.
    #[inline]
    fn level(&self, rows: &Rows, left: &Row<'_>, words: &Words<'_>) -> u8 {
        match self {
            Self::Missing => MISSING,
            Self::Name(slot, other) => match left.get(*slot) {
                0 => MISSING,
                one => name::level(&rows.name(one), other, words),
            },
            Self::Birth(other) => birth::level(left.get(Slot::Birth), *other),
            Self::Same(slot, other) => match (left.get(*slot), *other) {
                (0, _) | (_, 0) => MISSING,
                (one, other) if one == other => 1,
                _ => 2,
            },
            Self::Number(other) => {
                number::best([left.wide(Slot::Number), left.wide(Slot::OldNumber)], *other)
            }
            Self::Phone(other) => number::phone(left.wide(Slot::Phone), *other),
            Self::Place(other) => match left.get(Slot::Address) {
                0 => MISSING,
                one => place::level(&rows.address(one), other, words),
            },
            Self::Text(slot, other) => text::level(&rows.name(left.get(*slot)), other, words),
        }
    }
}

impl Subject {
    /// The pattern of the pair with a left row.
    #[inline]
    pub(crate) fn pattern(&self, pairing: &Pairing<'_>, left: &Row<'_>) -> u64 {
        let levels = self.0.iter().enumerate();
        levels.fold(0, |pattern, (place, value)| {
            pattern | u64::from(value.level(pairing.left, left, &pairing.words)) << (4 * place)
        })
    }
}

/// Levels of the sex.
pub(crate) const SEX_EQUAL: u8 = 1;
pub(crate) const SEX_DIFFERS: u8 = 2;

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
        EvidenceKind::Rarity | EvidenceKind::Lookalikes | EvidenceKind::Kin => &[],
    }
}

pub(crate) use birth::{
    EXACT as BIRTH_EXACT, SWAPPED as BIRTH_SWAPPED, is_whole as is_whole_date, same_year,
    swapped as swapped_date,
};
pub(crate) use name::{FOLDED_EQUAL, class as name_class, parts as name_parts};
