//! What a procedure requires, and the ways to satisfy it.

use super::condition::{Applies, CaseFacts, Condition};
use crate::model::{Citation, Text};
use serde::{Deserialize, Serialize};

/// Something the law requires of a party (thành phần hồ sơ). Any one of its alternatives satisfies it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementDef {
    /// Stable key inside the definition: `applicant-identity`.
    pub key: String,
    /// The party it is required of.
    pub party: String,
    /// What it is called.
    pub label: Text,
    /// The clause that requires it.
    pub basis: Citation,
    /// It applies only in such cases; `None` always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The ways to satisfy it: data first, paper after.
    pub any_of: Vec<Alternative>,
}

/// One way to satisfy a requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Alternative {
    /// A source proves the claim.
    Claim {
        /// The claim's key, shared with the sources: `identity`.
        claim: String,
        /// The clause that lets data replace the paper.
        clause: Citation,
    },
    /// The person hands in a paper.
    Paper {
        /// The document's kind: `divorce-judgment`.
        kind: String,
        /// What it is called.
        label: Text,
    },
}

impl RequirementDef {
    /// Whether it applies to the case.
    pub fn applies(&self, facts: &CaseFacts) -> Applies {
        self.when.as_ref().map_or(Applies::Yes, |condition| condition.applies(facts))
    }

    /// The claims that would satisfy it, with the clause of each, in order.
    pub fn claims(&self) -> impl Iterator<Item = (&str, &Citation)> {
        self.any_of.iter().filter_map(|a| match a {
            Alternative::Claim { claim, clause } => Some((claim.as_str(), clause)),
            Alternative::Paper { .. } => None,
        })
    }

    /// The papers that would satisfy it, in order.
    pub fn papers(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.any_of.iter().filter_map(|a| match a {
            Alternative::Paper { kind, label } => Some((kind.as_str(), label)),
            Alternative::Claim { .. } => None,
        })
    }
}
