//! What proves a requirement. Each domain that holds proofs offers an [`EvidenceSource`]; the requirement
//! engine of `procedures` asks them in the legal order and never asks the person for what one of them proves.

use crate::person::PersonalNumber;
use crate::port::population::Purpose;
use crate::time::Moment;
use crate::{Cx, Problem};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Place of a source in the legal look-up order (Decree 154/2024 Art. 5; Decree 118/2025).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceRank {
    /// Electronic identity presented at sign-in.
    ElectronicIdentity,
    /// National population database.
    Population,
    /// The person's electronic document cabinet.
    Cabinet,
    /// A specialised register.
    Register,
}

/// A question: can this be proven for this person without paper?
#[derive(Clone, Debug)]
pub struct ProofQuery {
    /// What is to be proven, a key shared by definitions and sources: `identity`, `marital-status`,
    /// `residence` …
    pub claim: String,
    /// Whose.
    pub subject: PersonalNumber,
    /// Why it is asked.
    pub purpose: Purpose,
}

/// A proof, kept with the dossier so that anyone can check later what was relied on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// The source's key (`population`, `cabinet`, …).
    pub source: String,
    /// Reference inside the source: document id, record id.
    pub reference: String,
    /// What the source says, as label key and value, for the officer and the person to read.
    pub facts: Vec<(String, String)>,
    /// When the source stood so.
    pub as_of: Moment,
    /// After this moment the proof may not be relied on for a new dossier.
    pub valid_until: Option<Moment>,
}

/// What a source says of a [`ProofQuery`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Finding {
    /// Proven.
    Proven(Box<Proof>),
    /// The source covers such claims but holds none for this person; the code says why (`no-document`,
    /// `expired`).
    NotHeld {
        /// Stable code, words under `finding-` + code.
        reason: String,
    },
    /// The source does not answer now.
    Unavailable {
        /// When to ask again.
        retry_at: Moment,
    },
}

/// Something that can prove claims.
#[async_trait]
pub trait EvidenceSource: Send + Sync {
    /// Stable key: `vneid`, `population`, `cabinet`.
    fn key(&self) -> &'static str;
    /// Place in the legal order.
    fn rank(&self) -> SourceRank;
    /// Whether the source could prove this claim for anybody.
    fn covers(&self, claim: &str) -> bool;
    /// Tries to prove the claim.
    async fn prove(&self, cx: &Cx, query: &ProofQuery) -> Result<Finding, Problem>;
}
