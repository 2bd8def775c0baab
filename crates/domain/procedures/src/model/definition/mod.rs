//! The definition of one procedure in one version: data, read from a file under
//! `data/procedures/definitions`.
//!
//! A definition is in force from one day until the day before another; a dossier keeps the version with which
//! it began ([`VersionId`]), whatever the catalogue says later.

mod condition;
mod fee;
mod form;
mod requirement;
mod term;
mod validate;
mod workflow;

pub use condition::{Applies, CaseFacts, Condition};
pub use fee::FeeDef;
pub use form::{Choice, FieldDef, FieldKind, FormDef, FormSection, Prefill, PrefillSource};
pub use requirement::{Alternative, RequirementDef};
pub use term::TermRule;
pub use validate::DefinitionProblem;
pub use workflow::{Performer, StepDef, StepTime, UnitKey, Workflow, WorkflowSource};

use crate::model::dossier::Channel;
use crate::model::{Citation, ProcedureCode, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which version of which procedure: `1.004873@2025-01-09`. Stored with the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionId {
    /// The procedure.
    pub code: ProcedureCode,
    /// First day in force of the version.
    pub from: NaiveDate,
}

/// The text is not a version id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a version of a procedure")]
pub struct NotAVersion;

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.code, self.from)
    }
}

impl FromStr for VersionId {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let (code, from) = text.split_once('@').ok_or(NotAVersion)?;
        Ok(Self {
            code: code.parse().map_err(|_| NotAVersion)?,
            from: from.parse().map_err(|_| NotAVersion)?,
        })
    }
}

/// The days a version is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// First day.
    pub from: NaiveDate,
    /// First day no longer in force; `None` while nothing replaces it.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

impl InForce {
    /// Whether the version is in force on `day`.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Somebody the procedure is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyDef {
    /// Stable key: `applicant`, `partner`.
    pub key: String,
    /// What they are called.
    pub label: Text,
    /// The form field that holds their personal number; `None` for the signed-in applicant.
    #[serde(default)]
    pub number_from: Option<String>,
}

/// The document a procedure ends with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultDef {
    /// Document kind, as the cabinet knows it: `marital-status-confirmation`.
    pub kind: String,
    /// Its name.
    pub label: Text,
    /// The parties that become owners of it.
    pub owners: Vec<String>,
    /// Form fields that go into the document.
    pub fields: Vec<String>,
}

/// One procedure in one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureDefinition {
    /// The national code.
    pub code: ProcedureCode,
    /// The days it is in force.
    pub in_force: InForce,
    /// The official name.
    pub name: Text,
    /// The field of administration (lĩnh vực).
    pub field: Text,
    /// The acts it rests on.
    pub legal_basis: Vec<Citation>,
    /// Who it is about, the applicant first.
    pub parties: Vec<PartyDef>,
    /// What is required.
    pub requirements: Vec<RequirementDef>,
    /// What is filled in.
    pub form: FormDef,
    /// What it costs.
    pub fees: Vec<FeeDef>,
    /// How long it may take by law.
    pub term: TermRule,
    /// The internal steps.
    pub workflow: Workflow,
    /// What comes of it.
    pub result: ResultDef,
}

impl ProcedureDefinition {
    /// The id of this version.
    pub fn version(&self) -> VersionId {
        VersionId { code: self.code, from: self.in_force.from }
    }

    /// What a case costs, in đồng.
    pub fn cost(&self, channel: Channel, facts: &CaseFacts) -> i64 {
        self.fees.iter().map(|fee| fee.amount(channel, facts)).sum()
    }

    /// The requirement of a key.
    pub fn requirement(&self, key: &str) -> Option<&RequirementDef> {
        self.requirements.iter().find(|r| r.key == key)
    }

    /// The party of a key.
    pub fn party(&self, key: &str) -> Option<&PartyDef> {
        self.parties.iter().find(|p| p.key == key)
    }
}
