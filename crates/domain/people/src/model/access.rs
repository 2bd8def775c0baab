//! One read of somebody's population data, as its subject sees it.

use super::AccessId;
use d06_kernel::id::DossierId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::PersonField;
use d06_kernel::time::Moment;
use std::collections::BTreeSet;

/// In which quality somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AskerKind {
    /// An official of a unit.
    Officer,
    /// The person themselves, for their own forms.
    Own,
    /// The platform, because another party of the same dossier filed it.
    Party,
    /// The platform itself: a job.
    Platform,
}

impl AskerKind {
    /// The stable name, as stored and in message ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Own => "own",
            Self::Party => "party",
            Self::Platform => "platform",
        }
    }

    /// The kind of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Officer, Self::Own, Self::Party, Self::Platform].into_iter().find(|kind| kind.name() == name)
    }
}

/// What the read gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The fields of the record.
    Found,
    /// The database knows nobody of this number.
    Unknown,
}

impl Outcome {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Unknown => "unknown",
        }
    }

    /// The outcome of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Found, Self::Unknown].into_iter().find(|outcome| outcome.name() == name)
    }
}

/// A read (lượt khai thác dữ liệu dân cư).
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// Its id.
    pub id: AccessId,
    /// When.
    pub at: Moment,
    /// Whose data.
    pub subject: PersonalNumber,
    /// In which quality somebody asked.
    pub kind: AskerKind,
    /// Name of the official or the person who asked; the job's name for the platform.
    pub asker_name: String,
    /// Number of the person who asked, if a person did.
    pub asker_number: Option<PersonalNumber>,
    /// Account of the person who asked.
    pub account: Option<uuid::Uuid>,
    /// Code of the unit that asked.
    pub unit: String,
    /// The dossier it served.
    pub dossier: Option<DossierId>,
    /// Code of the dossier or procedure.
    pub reference: String,
    /// Code of the purpose.
    pub purpose: String,
    /// The article of law that allows it.
    pub legal_basis: String,
    /// The groups of fields that were handed over.
    pub fields: BTreeSet<PersonField>,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether the answer came from the short memory and not from the database anew.
    pub from_cache: bool,
}

/// Which reads to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccessFilter {
    /// Only reads by askers of this kind.
    pub kind: Option<AskerKind>,
}

/// The stable name of a group of fields, as in message ids: `birth-date`.
pub fn field_name(field: PersonField) -> String {
    match serde_json::to_value(field) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
