//! Results: confirmations, certificates and decisions.

use super::world::typeset;
use super::{Laid, qr, vietnamese_date};
use crate::problem::LayoutError;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How the body of a result is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Bases, who confirms, what is confirmed line by line (giấy xác nhận).
    Confirmation,
    /// Two parties side by side (giấy chứng nhận kết hôn).
    Couple,
    /// Bases, then articles (quyết định).
    Decision,
}

/// A labelled value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// The value.
    pub value: String,
}

/// Lines that belong together: one party, one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Heading (`Bên nam`), where there is one.
    pub heading: Option<String>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Authority and title, line by line: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub authority: Vec<String>,
    /// Full name.
    pub name: String,
}

/// What a result says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultData {
    /// How it is arranged.
    pub shape: Shape,
    /// The agency above the issuing one, as the head of the paper names it; absent for a committee itself.
    pub parent: Option<String>,
    /// The issuing agency.
    pub agency: String,
    /// Number and symbol: `15/UBND-XNTTHN`.
    pub number: String,
    /// Place of issue (`Hà Bắc`).
    pub place: String,
    /// Civil time of issue.
    pub issued_at: NaiveDateTime,
    /// The title: `GIẤY XÁC NHẬN`.
    pub title: String,
    /// What it is about, under the title.
    pub about: Option<String>,
    /// The bases (`Căn cứ …`).
    pub bases: Vec<String>,
    /// The line before the body: `XÁC NHẬN:`, `QUYẾT ĐỊNH:`.
    pub opening: Option<String>,
    /// The body.
    pub sections: Vec<Section>,
    /// Paragraphs after the body.
    pub closing: Vec<String>,
    /// Who signs.
    pub signatory: Signatory,
    /// Recipients (nơi nhận); the last line names the archive.
    pub recipients: Vec<String>,
    /// Address of the look-up page, for the QR code.
    pub lookup_url: Option<String>,
}

/// Size of the signature, in points; the template leaves this room.
const SIGNATURE: (f32, f32) = (190.0, 72.0);

/// Lays out a result.
///
/// # Errors
/// A defect of the template.
pub fn result(data: &ResultData) -> Result<Laid, LayoutError> {
    let qr = data.lookup_url.as_deref().map(qr::runs);
    let view = json!({
        "shape": data.shape,
        "parent": data.parent,
        "agency": data.agency,
        "number": data.number,
        "place": data.place,
        "date": vietnamese_date(data.issued_at),
        "title": data.title,
        "about": data.about,
        "bases": data.bases,
        "opening": data.opening,
        "sections": data.sections,
        "closing": data.closing,
        "authority": data.signatory.authority,
        "signatory": data.signatory.name,
        "recipients": data.recipients,
        "qr": qr,
    });
    let typeset = typeset("result.typ", &view)?;
    let pdf = typeset.pdf(&data.number, data.issued_at)?;
    Ok(Laid { pdf, signature: typeset.place("signature", SIGNATURE.0, SIGNATURE.1) })
}
