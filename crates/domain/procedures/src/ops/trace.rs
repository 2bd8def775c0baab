//! What every change of a dossier leaves behind, in the same transaction: a line of the timeline, an audit entry
//! and an event.

use crate::store::dossier::Dossier;
use crate::store::part::{self, Entry};
use d06_audit::Entry as AuditEntry;
use d06_db::Tx;
use d06_events::{Bus, NewEvent};
use d06_kernel::{Actor, Cx, Problem};
use serde_json::{Value, json};

/// A change of a dossier.
pub(crate) struct Trace {
    /// The action, as the policies name it.
    pub action: &'static str,
    /// The event, if others care.
    pub event: Option<&'static str>,
    /// The line of the timeline.
    pub entry: &'static str,
    /// What belongs to it and may be known outside the dossier: no personal data.
    pub details: Value,
    /// Words that stay inside the dossier, such as a reason.
    pub words: Option<String>,
}

/// Leaves the trace of a change.
pub(crate) async fn leave(
    cx: &Cx,
    tx: &Tx,
    bus: &Bus,
    dossier: &Dossier,
    trace: Trace,
) -> Result<(), Problem> {
    let unit = acting_unit(cx);
    let mut kept = trace.details.clone();
    if let (Value::Object(kept), Some(words)) = (&mut kept, trace.words) {
        kept.insert("words".to_owned(), Value::String(words));
    }
    let line = Entry { kind: trace.entry, actor: actor_name(cx), unit: unit.clone(), details: kept };
    part::add_entry(cx, tx, dossier.id, line).await?;
    let entry = AuditEntry {
        action: trace.action,
        subject: Some(dossier.applicant),
        object: format!("dossier:{}", dossier.id),
        unit,
        details: trace.details.clone(),
    };
    d06_audit::append(cx, tx, entry).await?;
    let Some(kind) = trace.event else { return Ok(()) };
    let mut payload = json!({
        "code": dossier.code,
        "procedure": dossier.procedure,
        "state": dossier.state.name(),
    });
    if let (Value::Object(payload), Value::Object(details)) = (&mut payload, trace.details) {
        payload.extend(details);
    }
    let event = NewEvent {
        kind,
        subject: format!("dossier:{}", dossier.id),
        unit: Some(dossier.reception.clone()),
        payload,
    };
    d06_events::publish(cx, tx, bus, event).await?;
    Ok(())
}

/// The name to show for who acts.
pub(crate) fn actor_name(cx: &Cx) -> String {
    match &cx.actor {
        Actor::Person(principal) => principal.name.clone(),
        Actor::System(name) => (*name).to_owned(),
        Actor::Anonymous => String::new(),
    }
}

/// The unit the actor works in.
pub(crate) fn acting_unit(cx: &Cx) -> Option<String> {
    cx.principal().and_then(|principal| principal.unit.clone())
}
