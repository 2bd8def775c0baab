//! The request for paper, the only thing an officer can send to the person. It exists only for what no source
//! proves: there is no other constructor.

use super::state::{Missing, RequirementState};
use crate::model::definition::RequirementDef;
use crate::model::{Citation, Explanation};
use d06_kernel::time::Moment;
use serde::Serialize;

/// A request to hand in one of some papers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PaperRequest {
    requirement: String,
    papers: Vec<String>,
    reason: Explanation,
    clause: Citation,
}

/// Why paper may not be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperRefused {
    /// A source proves it.
    #[error("`{source_key}` proves it")]
    Covered {
        /// The source.
        source_key: String,
    },
    /// The case does not need it, or does not say yet.
    #[error("the case does not need it")]
    NotNeeded,
    /// A source is silent and the legal hour has not come.
    #[error("paper may not be asked for before {paper_from}")]
    BeforeLegalHour {
        /// The legal hour.
        paper_from: Moment,
    },
}

impl PaperRefused {
    /// The refusal in words.
    pub fn explanation(&self) -> Explanation {
        match self {
            Self::Covered { source_key } => Explanation::new("paper.covered").with("source", source_key),
            Self::NotNeeded => Explanation::new("paper.not-needed"),
            Self::BeforeLegalHour { paper_from } => {
                Explanation::new("paper.before-legal-hour").with("paper-from", paper_from.to_rfc3339())
            }
        }
    }

    /// The stable code of the problem.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Covered { .. } => "paper.covered",
            Self::NotNeeded => "paper.not-needed",
            Self::BeforeLegalHour { .. } => "paper.before-legal-hour",
        }
    }
}

impl PaperRequest {
    /// A request for what the state leaves open at `now`. What was handed in may be asked for again (an
    /// illegible copy); what is covered may not, except under an override, whose clause the request then
    /// carries.
    pub fn try_new(
        requirement: &RequirementDef,
        state: &RequirementState,
        now: Moment,
    ) -> Result<Self, PaperRefused> {
        let (reason, clause) = match state {
            RequirementState::Waived(waiver) => {
                return Err(PaperRefused::Covered { source_key: waiver.proof.source.clone() });
            }
            RequirementState::NotApplicable { .. } | RequirementState::Undecided { .. } => {
                return Err(PaperRefused::NotNeeded);
            }
            RequirementState::SourceUnavailable { paper_from, .. } if now < *paper_from => {
                return Err(PaperRefused::BeforeLegalHour { paper_from: *paper_from });
            }
            RequirementState::SourceUnavailable { sources, .. } => {
                (Missing::SourceSilent { sources: sources.clone() }.explanation(), &requirement.basis)
            }
            RequirementState::ToProvide { reason } => (reason.explanation(), &requirement.basis),
            RequirementState::Provided { .. } => {
                (Explanation::new("paper.not-sufficient"), &requirement.basis)
            }
            RequirementState::Overridden { order, .. } => {
                (Explanation::new("paper.overridden").with("clause", order.clause()), order.clause())
            }
        };
        Ok(Self {
            requirement: requirement.key.clone(),
            papers: requirement.papers().map(|(kind, _)| kind.to_owned()).collect(),
            reason,
            clause: clause.clone(),
        })
    }

    /// The requirement's key.
    pub fn requirement(&self) -> &str {
        &self.requirement
    }

    /// The kinds of papers of which one is asked for.
    pub fn papers(&self) -> &[String] {
        &self.papers
    }

    /// Why, in words for the person.
    pub fn reason(&self) -> &Explanation {
        &self.reason
    }

    /// The clause that requires it.
    pub fn clause(&self) -> &Citation {
        &self.clause
    }
}
