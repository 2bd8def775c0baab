//! What proves a product, a figure or an entry, and what happened to them.

use d06_kernel::id::FileId;
use d06_kernel::time::Moment;
use d06_kernel::typed_id;
use uuid::Uuid;

typed_id!(
    /// A piece of evidence.
    EvidenceId
);

/// A piece of evidence: a document by its number, a file, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The assignment, figure or entry that it proves.
    pub owner: Uuid,
    /// What it is.
    pub description: String,
    /// Number and symbol of a document.
    pub number: Option<String>,
    /// Pieces of the product that it proves.
    pub quantity: Option<i64>,
    /// The file.
    pub file: Option<EvidenceFile>,
    /// When it was added.
    pub added_at: Moment,
    /// Name of the official who added it.
    pub added_by: String,
}

/// The file of a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// In the store of files.
    pub id: FileId,
    /// Its name, cleaned.
    pub name: String,
    /// Bytes.
    pub size: i64,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// To the assignment, obstacle or entry of this id.
    pub owner: Uuid,
    /// When.
    pub at: Moment,
    /// Name of the official, or of the platform's job.
    pub by_name: String,
    /// The unit the official acted in.
    pub unit: Option<String>,
    /// What: `begin`, `due`, `unit` …
    pub what: String,
    /// What it was before.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
    /// The reason, in the official's words.
    pub note: Option<String>,
}
