//! What the ledger holds.

use super::identity::Group;
use serde::{Deserialize, Serialize};

/// A cluster's id. Given once, never again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClusterId(pub u64);

/// Who made a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A run of the linkage.
    Run,
    /// A person, by the id of the account.
    Person(String),
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Two records are the same person.
    Link {
        /// A record.
        one: String,
        /// Another.
        other: String,
        /// How sure it is, 0..=1; the surer link goes first where aparts leave a choice.
        probability: f32,
    },
    /// Two records are not the same person.
    Apart {
        /// A record.
        one: String,
        /// Another.
        other: String,
    },
    /// An earlier entry no longer holds.
    Undo {
        /// Its place in the ledger.
        entry: usize,
    },
}

/// What an entry did to clusters. Equal lists: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Clusters it touched, as they were.
    pub before: Vec<ClusterId>,
    /// What they became.
    pub after: Vec<ClusterId>,
    /// Records that changed their cluster.
    pub moved: usize,
}

impl Effect {
    pub(super) fn between(before: &[(ClusterId, Vec<u32>)], after: &[Group]) -> Self {
        let was_in = |record: &u32, cluster: ClusterId| {
            before.iter().any(|(id, members)| *id == cluster && members.binary_search(record).is_ok())
        };
        let moved =
            |group: &Group| group.members.iter().filter(|record| !was_in(record, group.cluster)).count();
        Self {
            before: before.iter().map(|(cluster, _)| *cluster).collect(),
            after: after.iter().map(|group| group.cluster).collect(),
            moved: after.iter().map(moved).sum(),
        }
    }

    /// Whether clusters were joined.
    pub fn is_merge(&self) -> bool {
        self.after.len() < self.before.len()
    }

    /// Whether a cluster came apart.
    pub fn is_split(&self) -> bool {
        self.after.len() > self.before.len()
    }
}

/// One line of the ledger. Its number is its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What was said.
    pub action: Action,
    /// By whom.
    pub by: By,
    /// When, in milliseconds since 1970-01-01 UTC; from the operation's clock.
    pub at: i64,
    /// What it did.
    #[serde(default)]
    pub effect: Effect,
}

/// Why a statement was refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// A statement about a single record.
    #[error("a statement about record {0} and itself")]
    SameRecord(String),
    /// The probability is no number from 0 to 1.
    #[error("a probability lies between 0 and 1")]
    NotAProbability,
    /// There is no such entry.
    #[error("there is no entry {0}")]
    UnknownEntry(usize),
    /// The entry was undone before.
    #[error("entry {0} does not hold any more")]
    NotInForce(usize),
    /// A person links what a person has said to be apart; undo this entry first.
    #[error("entry {0} says that the records are apart")]
    Contradiction(usize),
}

impl LedgerError {
    /// Stable code, for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SameRecord(_) => "linkage.ledger-same-record",
            Self::NotAProbability => "linkage.ledger-probability",
            Self::UnknownEntry(_) => "linkage.ledger-unknown-entry",
            Self::NotInForce(_) => "linkage.ledger-not-in-force",
            Self::Contradiction(_) => "linkage.ledger-contradiction",
        }
    }
}

pub(super) fn check(one: &str, other: &str, probability: f32) -> Result<(), LedgerError> {
    if one == other {
        return Err(LedgerError::SameRecord(one.to_owned()));
    }
    if !(0.0..=1.0).contains(&probability) {
        return Err(LedgerError::NotAProbability);
    }
    Ok(())
}
