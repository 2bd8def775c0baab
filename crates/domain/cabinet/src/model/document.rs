//! A document in somebody's cabinet.

use d06_kernel::id::{DocumentId, DossierId, FileId};
use d06_kernel::time::Moment;
use std::collections::BTreeMap;

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentState {
    /// It holds.
    Valid,
    /// Its time is over.
    Expired,
    /// Its issuer revoked it (thu hồi, hủy bỏ).
    Revoked,
    /// A later document took its place: what it says is no longer so.
    Superseded,
}

impl DocumentState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Valid, Self::Expired, Self::Revoked, Self::Superseded];
}

/// A document. It is never changed; what changes is whether it holds. Whose it is stands beside it: a document may
/// have several owners.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Key of its kind.
    pub kind: String,
    /// Number and symbol: `15/UBND-XNTTHN`.
    pub number: String,
    /// Code of the issuing unit.
    pub unit: String,
    /// The dossier it results from.
    pub dossier: DossierId,
    /// The signed PDF.
    pub file: FileId,
    /// SHA-256 of the signed PDF, in hexadecimal.
    pub sha256: String,
    /// What it says, by field.
    pub fields: BTreeMap<String, String>,
    /// When it was issued.
    pub issued_at: Moment,
    /// Until when it holds; `None` without end.
    pub valid_until: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
    /// The secret behind the QR code on it; `None` for papers older than the code.
    pub lookup: Option<String>,
    /// When a later document took its place.
    pub superseded_at: Option<Moment>,
    /// Which one.
    pub superseded_by: Option<DocumentId>,
}

impl Document {
    /// Where it stands at a moment.
    pub fn state(&self, now: Moment) -> DocumentState {
        if self.revoked_at.is_some_and(|at| at <= now) {
            DocumentState::Revoked
        } else if self.superseded_at.is_some_and(|at| at <= now) {
            DocumentState::Superseded
        } else if self.valid_until.is_some_and(|until| now >= until) {
            DocumentState::Expired
        } else {
            DocumentState::Valid
        }
    }
}
