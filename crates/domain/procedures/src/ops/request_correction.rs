//! "This is wrong": the person says that what the State holds of them is not so. It opens a request for correction
//! and blocks nothing; whoever keeps the data takes it up.

use crate::deps::Deps;
use crate::store::draft::{self, DraftId};
use d06_audit::Entry as AuditEntry;
use d06_authz::{Permit, act};
use d06_events::NewEvent;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The longest text, in characters.
pub const LONGEST: usize = 2_000;

/// What is wrong.
#[derive(Clone, Debug)]
pub struct RequestCorrection {
    /// The draft that shows the value.
    pub draft: DraftId,
    /// The field.
    pub field: String,
    /// What it should be, and how the person knows.
    pub text: String,
}

/// Opens the request.
///
/// # Errors
/// "Not found" for a draft that is not the permit's or a field that the State did not fill; field `text`
/// (`field.required`, `answer.too-long`).
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::EditDraft>,
    command: RequestCorrection,
) -> Result<(), Problem> {
    let text = d06_kernel::text::nfc(command.text.trim());
    if text.is_empty() {
        return Err(Problem::field("text", "field.required"));
    }
    if text.chars().count() > LONGEST {
        return Err(Problem::field("text", "answer.too-long"));
    }
    if !permit.covers(command.draft) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let draft = draft::get(&tx, command.draft).await?;
    let held = draft.prefill.get(&command.field).ok_or_else(Problem::not_found)?;
    let event = NewEvent {
        kind: "correction.requested",
        subject: format!("draft:{}", draft.id),
        unit: Some(deps.commune.clone()),
        payload: json!({
            "person": draft.owner,
            "field": command.field,
            "held": held.value,
            "source": held.source,
            "as-of": held.as_of,
            "text": text,
            "procedure": draft.procedure,
        }),
    };
    d06_events::publish(cx, &tx, &deps.bus, event).await?;
    let entry = AuditEntry {
        action: "correction.request",
        subject: Some(draft.owner),
        object: format!("draft:{}", draft.id),
        unit: None,
        details: json!({ "field": command.field, "source": held.source }),
    };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await
}
