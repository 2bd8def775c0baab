//! The one way round the engine: an order to ask for paper against the data, with a clause of law. Every
//! order raises `requirement.overridden` and is counted.

use super::state::{RequirementState, Waiver};
use crate::model::Citation;
use d06_kernel::id::AccountId;
use d06_kernel::time::Moment;
use serde::{Deserialize, Serialize};

/// An officer's order to ask for a paper that data covers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Override {
    clause: Citation,
    reason: String,
    by: AccountId,
    unit: String,
    at: Moment,
    against: Option<Box<Waiver>>,
}

/// The order cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotOverrule {
    /// The paper is already asked for or handed in: there is nothing to overrule.
    #[error("there is nothing to overrule")]
    NothingToOverrule,
    /// The reason is empty or too long.
    #[error("a reason has 10 to 1000 characters")]
    BadReason,
}

impl CannotOverrule {
    /// The stable code of the problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingToOverrule => "requirement.nothing-to-overrule",
            Self::BadReason => "requirement.bad-reason",
        }
    }
}

/// Shortest and longest reason, in characters.
const REASON: std::ops::RangeInclusive<usize> = 10..=1000;

impl Override {
    /// An order by `by` of `unit`, for a reason in words and by a clause that was checked to be a citation.
    pub fn new(
        clause: Citation,
        reason: &str,
        by: AccountId,
        unit: &str,
        at: Moment,
    ) -> Result<Self, CannotOverrule> {
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if !REASON.contains(&reason.chars().count()) {
            return Err(CannotOverrule::BadReason);
        }
        Ok(Self { clause, reason, by, unit: unit.to_owned(), at, against: None })
    }

    /// The clause that allows it.
    pub fn clause(&self) -> &Citation {
        &self.clause
    }

    /// Why, in the officer's words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Who ordered it.
    pub fn by(&self) -> AccountId {
        self.by
    }

    /// In which unit.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// When.
    pub fn at(&self) -> Moment {
        self.at
    }

    /// The proof it goes against, if there was one.
    pub fn against(&self) -> Option<&Waiver> {
        self.against.as_deref()
    }
}

impl RequirementState {
    /// Overrules what data says. Only a waived or waiting requirement can be overruled.
    pub fn overrule(self, mut order: Override) -> Result<Self, CannotOverrule> {
        match self {
            Self::Waived(waiver) => order.against = Some(waiver),
            Self::SourceUnavailable { .. } => {}
            Self::NotApplicable { .. }
            | Self::Undecided { .. }
            | Self::ToProvide { .. }
            | Self::Provided { .. }
            | Self::Overridden { .. } => return Err(CannotOverrule::NothingToOverrule),
        }
        Ok(Self::Overridden { order: Box::new(order), files: Vec::new() })
    }
}
