//! What happened in people's lives.

use crate::person::{Kin, PersonIndex};
use d06_kernel::person::PartialDate;

/// One event in a person's life.
#[derive(Clone, Debug)]
pub struct LifeEvent {
    /// When; a birth of which only the year is known has only the year.
    pub date: PartialDate,
    /// To whom; of a marriage or divorce the husband if he is known, else the wife.
    pub person: PersonIndex,
    /// What.
    pub kind: LifeEventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LifeEventKind {
    /// Birth.
    Birth,
    /// Death.
    Death,
    /// Marriage with somebody.
    Marriage {
        /// The other spouse.
        with: Kin,
    },
    /// Divorce from somebody.
    Divorce {
        /// The other spouse.
        from: Kin,
    },
    /// Move of permanent residence, by the commune codes of that day.
    Move {
        /// The commune left.
        from: String,
        /// The commune entered.
        to: String,
    },
}
