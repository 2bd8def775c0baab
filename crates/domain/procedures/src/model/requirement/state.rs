//! How a requirement stands for one party of one dossier.

use super::overrule::Override;
use crate::model::{Citation, Explanation};
use d06_kernel::id::FileId;
use d06_kernel::port::evidence::Proof;
use d06_kernel::time::Moment;
use serde::{Deserialize, Serialize};

/// A requirement that data has satisfied: the paper may not be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiver {
    /// The claim that was proven.
    pub claim: String,
    /// The clause that lets data replace the paper.
    pub clause: Citation,
    /// What was relied on, from which source, as of when.
    pub proof: Proof,
}

/// What one source that does not hold the claim said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotHeldAt {
    /// The source's key.
    pub source: String,
    /// Why it holds none: `no-document`, `expired`, …
    pub code: String,
}

/// Why the person is asked after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum Missing {
    /// No connected source covers the claim.
    NoSource,
    /// The sources that cover it hold nothing for this person.
    NotHeld {
        /// What each said.
        at: Vec<NotHeldAt>,
    },
    /// Sources did not answer until the legal hour had passed.
    SourceSilent {
        /// Which.
        sources: Vec<String>,
    },
}

/// State of one requirement of one party. `Waived` and `NotApplicable` give an officer no way to ask for
/// paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum RequirementState {
    /// The case does not need it.
    NotApplicable {
        /// The field of the case that says so.
        field: String,
    },
    /// The case does not say yet whether it is needed.
    Undecided {
        /// The field to be answered first.
        field: String,
    },
    /// Data proves it: the State holds this, it is not needed.
    Waived(Box<Waiver>),
    /// A source that could prove it does not answer; nobody is asked for paper before `paper_from`.
    SourceUnavailable {
        /// The silent sources.
        sources: Vec<String>,
        /// When to ask them again.
        retry_at: Moment,
        /// The legal hour from which paper may be asked for.
        paper_from: Moment,
    },
    /// The person is asked for it.
    ToProvide {
        /// Why.
        reason: Missing,
    },
    /// The person handed it in.
    Provided {
        /// The files, at least one.
        files: Vec<FileId>,
    },
    /// An officer asked for it against the data, naming a clause.
    Overridden {
        /// Who, why, by which clause.
        order: Box<Override>,
        /// What the person handed in since.
        files: Vec<FileId>,
    },
}

/// The person cannot hand something in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotProvide {
    /// Nothing is asked for.
    #[error("nothing is asked for")]
    NotAsked,
    /// No file was given.
    #[error("no file was given")]
    NoFile,
}

impl CannotProvide {
    /// The stable code of the problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "requirement.not-asked",
            Self::NoFile => "requirement.no-file",
        }
    }
}

impl RequirementState {
    /// The stable name of the state.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotApplicable { .. } => "not-applicable",
            Self::Undecided { .. } => "undecided",
            Self::Waived(_) => "waived",
            Self::SourceUnavailable { .. } => "source-unavailable",
            Self::ToProvide { .. } => "to-provide",
            Self::Provided { .. } => "provided",
            Self::Overridden { .. } => "overridden",
        }
    }

    /// Whether nothing is open: data proves it, the case does not need it, or the person handed it in.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::NotApplicable { .. } | Self::Waived(_) => true,
            Self::Provided { files } | Self::Overridden { files, .. } => !files.is_empty(),
            Self::Undecided { .. } | Self::SourceUnavailable { .. } | Self::ToProvide { .. } => false,
        }
    }

    /// Whether the person must act before the dossier can be filed. A silent source does not hold the person
    /// up.
    pub fn blocks_filing(&self) -> bool {
        matches!(self, Self::Undecided { .. } | Self::ToProvide { .. })
    }

    /// Whether a job has to ask the sources again, and when.
    pub fn retry_at(&self) -> Option<Moment> {
        match self {
            Self::SourceUnavailable { retry_at, .. } => Some(*retry_at),
            _ => None,
        }
    }

    /// The person hands in files. Also possible while a source is silent, if the person does not want to
    /// wait.
    pub fn provide(self, files: Vec<FileId>) -> Result<Self, CannotProvide> {
        if files.is_empty() {
            return Err(CannotProvide::NoFile);
        }
        match self {
            Self::ToProvide { .. } | Self::SourceUnavailable { .. } | Self::Provided { .. } => {
                Ok(Self::Provided { files })
            }
            Self::Overridden { order, .. } => Ok(Self::Overridden { order, files }),
            Self::NotApplicable { .. } | Self::Undecided { .. } | Self::Waived(_) => {
                Err(CannotProvide::NotAsked)
            }
        }
    }

    /// The state after the sources were asked again. What the person handed in, an override, and a waiver on
    /// which the dossier already relies stay as they are while the case still needs them.
    pub fn refreshed(self, fresh: Self) -> Self {
        match (&self, &fresh) {
            (_, Self::NotApplicable { .. } | Self::Undecided { .. }) => fresh,
            (Self::Provided { .. } | Self::Overridden { .. } | Self::Waived(_), _) => self,
            _ => fresh,
        }
    }

    /// The state in words: codes `requirement.*` with the names of sources and the moments as arguments.
    pub fn explanation(&self) -> Explanation {
        match self {
            Self::NotApplicable { field } => {
                Explanation::new("requirement.not-applicable").with("field", field)
            }
            Self::Undecided { field } => Explanation::new("requirement.undecided").with("field", field),
            Self::Waived(waiver) => Explanation::new("requirement.waived")
                .with("source", &waiver.proof.source)
                .with("clause", &waiver.clause)
                .with("as-of", waiver.proof.as_of.to_rfc3339()),
            Self::SourceUnavailable { sources, retry_at, paper_from } => {
                Explanation::new("requirement.source-unavailable")
                    .with("sources", sources.join(","))
                    .with("retry-at", retry_at.to_rfc3339())
                    .with("paper-from", paper_from.to_rfc3339())
            }
            Self::ToProvide { reason } => reason.explanation(),
            Self::Provided { files } => Explanation::new("requirement.provided").with("count", files.len()),
            Self::Overridden { order, .. } => Explanation::new("requirement.overridden")
                .with("clause", order.clause())
                .with("unit", order.unit()),
        }
    }
}

impl Missing {
    /// The reason in words.
    pub fn explanation(&self) -> Explanation {
        match self {
            Self::NoSource => Explanation::new("requirement.no-source"),
            Self::NotHeld { at } => {
                let last = at.last();
                Explanation::new("requirement.not-held")
                    .with("sources", at.iter().map(|a| a.source.as_str()).collect::<Vec<_>>().join(","))
                    .with("finding", last.map_or("", |a| a.code.as_str()))
            }
            Self::SourceSilent { sources } => {
                Explanation::new("requirement.source-silent").with("sources", sources.join(","))
            }
        }
    }
}
