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
    /// Its owners: one for most papers, both spouses for a marriage certificate. Never empty.
    pub owners: Vec<PersonalNumber>,
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

/// One time a document proved something in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentUse {
    /// The dossier.
    pub dossier: DossierId,
    /// Its code.
    pub code: String,
    /// Name of the procedure, in the reader's language.
    pub procedure: String,
    /// Name of the person who filed the dossier and so presented the document.
    pub presented_by: String,
    /// When.
    pub at: crate::time::Moment,
}

/// Tells where documents were used as proofs. Kept by the domain that files dossiers, shown by the one that keeps
/// documents.
#[async_trait]
pub trait DocumentUses: Send + Sync {
    /// The dossiers in which the document proved something, the latest first.
    async fn uses(&self, cx: &Cx, document: DocumentId) -> Result<Vec<DocumentUse>, Problem>;
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
    /// The receiving unit, which seals the paper.
    pub unit: String,
    /// Its code.
    pub unit_code: String,
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

/// A form of Circular 03/2025/TT-VPCP, Appendix I, that is given to the person while a dossier is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterForm {
    /// Form 02: request to supplement and complete the dossier (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ).
    Supplement,
    /// Form 03: refusal to receive or to settle (phiếu từ chối tiếp nhận, giải quyết hồ sơ).
    Refusal,
    /// Form 04: apology with a new appointment (văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết).
    Apology,
    /// Form 05: notice that the settlement is stopped at the person's wish (thông báo dừng giải quyết hồ sơ).
    Stop,
}

impl LetterForm {
    /// Every form, by number.
    pub const ALL: [Self; 4] = [Self::Supplement, Self::Refusal, Self::Apology, Self::Stop];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supplement => "supplement",
            Self::Refusal => "refusal",
            Self::Apology => "apology",
            Self::Stop => "stop",
        }
    }

    /// The form of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// Its number in the appendix.
    pub fn number(self) -> &'static str {
        match self {
            Self::Supplement => "02",
            Self::Refusal => "03",
            Self::Apology => "04",
            Self::Stop => "05",
        }
    }
}

/// What a letter to the person says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetterData {
    /// Which form.
    pub form: LetterForm,
    /// The committee above the unit, as the head of the paper names it.
    pub committee: String,
    /// The unit that writes and seals the paper.
    pub unit: String,
    /// Its code.
    pub unit_code: String,
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
    /// When the dossier was filed.
    pub filed_at: crate::time::Moment,
    /// When the letter was written.
    pub written_at: crate::time::Moment,
    /// What is asked to be supplemented; only on form 02.
    pub subject: Option<String>,
    /// Why.
    pub reason: String,
    /// The appointment before; only on form 04.
    pub due_was: Option<crate::time::Moment>,
    /// The new appointment; only on form 04.
    pub due_at: Option<crate::time::Moment>,
    /// Name of the official who answers for the letter; `None` where the platform wrote it at the person's wish.
    pub official: Option<String>,
}

/// Lays out the official forms that travel with a dossier and seals them as the unit they come from. Gives a PDF;
/// keeps nothing.
#[async_trait]
pub trait OfficialPrinter: Send + Sync {
    /// Form 01: receipt of a dossier with the appointment for its result.
    async fn receipt(&self, cx: &Cx, data: &ReceiptData) -> Result<Vec<u8>, Problem>;
    /// Forms 02 to 05: letters to the person while the dossier is handled.
    async fn letter(&self, cx: &Cx, data: &LetterData) -> Result<Vec<u8>, Problem>;
}
