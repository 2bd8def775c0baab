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

/// A line of the table of papers on a receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReceiptPaper {
    /// Name of the paper as the procedure names it.
    pub name: String,
    /// How many files were handed in; zero where data proves it.
    pub files: u32,
    /// Why it was not needed: the source, clause and date, in words; `None` where it was handed in or is
    /// awaited.
    pub waived: Option<String>,
}

/// What the receipt with appointment says (giấy tiếp nhận hồ sơ và hẹn trả kết quả, Circular 03/2025/TT-VPCP,
/// Appendix I, form 01).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReceiptData {
    /// The committee above the receiving unit, as the head of the paper names it.
    pub committee: String,
    /// The receiving unit.
    pub unit: String,
    /// Place of issue before the date (`Hà Bắc`).
    pub place: String,
    /// The dossier's code.
    pub code: String,
    /// Full address of the public look-up page, for the QR code.
    pub lookup_url: String,
    /// Full name of the applicant.
    pub applicant: String,
    /// Personal number of the applicant.
    pub number: PersonalNumber,
    /// Permanent residence as one line, where known.
    pub address: Option<String>,
    /// Telephone, where given.
    pub phone: Option<String>,
    /// Code of the procedure.
    pub procedure_code: String,
    /// Name of the procedure.
    pub procedure: String,
    /// The papers.
    pub papers: Vec<ReceiptPaper>,
    /// When it was received.
    pub received_at: crate::time::Moment,
    /// When the result is due.
    pub due_at: crate::time::Moment,
    /// Time allowed, in words (`3 ngày làm việc`).
    pub time_allowed: String,
    /// Where and how the result is handed out.
    pub hand_out: String,
    /// Fee in đồng.
    pub fee: i64,
    /// Name of the officer who received it; `None` where the platform received it online.
    pub officer: Option<String>,
}

/// Lays out the official forms that travel with a dossier. Gives a PDF; keeps nothing.
#[async_trait]
pub trait OfficialPrinter: Send + Sync {
    /// Form 01: receipt of a dossier with the appointment for its result.
    async fn receipt(&self, cx: &Cx, data: &ReceiptData) -> Result<Vec<u8>, Problem>;
}
