//! Reports: headings, paragraphs and tables.

use super::Laid;
use super::world::typeset;
use crate::problem::LayoutError;
use chrono::NaiveDateTime;
use serde::Serialize;

/// Lays out a report. `paper` is what it says, as JSON of the form of `d06_office::Paper`: head, title, blocks of kind
/// `heading`, `paragraph` or `table`, who signs, recipients. The same paper made twice is the same bytes.
///
/// # Errors
/// A value of another form, or a defect of the template.
pub fn report(paper: &impl Serialize, ident: &str, at: NaiveDateTime) -> Result<Laid, LayoutError> {
    let error = |cause: serde_json::Error| LayoutError { template: "report.typ", cause: cause.to_string() };
    let view = serde_json::to_value(paper).map_err(error)?;
    let pdf = typeset("report.typ", &view)?.pdf(ident, at)?;
    Ok(Laid { pdf, signature: None })
}
