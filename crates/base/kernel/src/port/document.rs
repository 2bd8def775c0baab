//! Producing and keeping official documents: layout by `engine/pdf`, signing by `cabinet`.

use crate::id::{DocumentId, DossierId};
use crate::person::PersonalNumber;
use crate::{Cx, Problem};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// An official document to be laid out, signed and put into its owner's cabinet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewResult {
    /// The id it will have; the caller makes it, so that issuing twice is the same as issuing once.
    pub document: DocumentId,
    /// Its owner.
    pub owner: PersonalNumber,
    /// Document type key (`marital-status-confirmation`); decides the layout and what it proves.
    pub kind: String,
    /// The dossier it results from.
    pub dossier: DossierId,
    /// Code of the issuing unit.
    pub unit: String,
    /// Number of the person who approved it.
    pub approved_by: PersonalNumber,
    /// The fields of the layout.
    pub fields: serde_json::Value,
}

/// Issues results. Idempotent by `NewResult::document`.
#[async_trait]
pub trait ResultIssuer: Send + Sync {
    /// Lays out, signs and keeps the document.
    async fn issue(&self, cx: &Cx, result: NewResult) -> Result<(), Problem>;
}
