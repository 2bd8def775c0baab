//! A person says that what the State holds of them is wrong.

use crate::model::CorrectionId;
use crate::model::correction::{Correction, FIELDS};
use crate::model::dispute::LONGEST;
use crate::ops::words;
use crate::store;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// What is wrong.
#[derive(Clone, Debug)]
pub struct RequestCorrection {
    /// Whose data; the permit's resource.
    pub subject: PersonalNumber,
    /// Which group of fields, of [`FIELDS`].
    pub field: String,
    /// What it should be, and how the person knows.
    pub wanted: String,
}

/// Opens the request, to be settled by `office`.
///
/// # Errors
/// "Not found" for somebody else's data; fields `field`, `wanted`.
pub async fn run(
    cx: &Cx,
    tx: &Tx,
    office: &str,
    permit: Permit<act::RequestCorrection>,
    command: RequestCorrection,
) -> Result<CorrectionId, Problem> {
    if !permit.covers(command.subject.as_str()) {
        return Err(Problem::not_found());
    }
    if !FIELDS.contains(&command.field.as_str()) {
        return Err(Problem::field("field", "field.choose"));
    }
    let correction = Correction {
        id: cx.new_id(),
        subject: command.subject,
        field: command.field,
        held: String::new(),
        wanted: words("wanted", &command.wanted, LONGEST)?,
        reference: String::new(),
        unit: office.to_owned(),
        opened_at: cx.now(),
        answer: None,
    };
    store::correction::add(tx, &correction).await?;
    let entry = Entry {
        action: "correction.request",
        subject: Some(correction.subject),
        object: format!("correction:{}", correction.id),
        unit: Some(correction.unit),
        details: json!({ "field": correction.field }),
    };
    d06_audit::append(cx, tx, entry).await?;
    Ok(correction.id)
}
