//! The use cases of this domain.

pub mod answer_dispute;
pub mod dispute_access;
pub mod request_correction;
pub mod settle_correction;

use d06_audit::Entry;
use d06_db::Tx;
use d06_events::{Bus, NewEvent};
use d06_kernel::text::nfc;
use d06_kernel::{Cx, Problem};

/// A text of a person: neither empty nor longer than `longest` characters.
fn words(field: &str, text: &str, longest: usize) -> Result<String, Problem> {
    // Line breaks stay; each line is brought to NFC.
    let text = text.trim().lines().map(nfc).collect::<Vec<_>>().join("\n");
    if text.is_empty() {
        return Err(Problem::field(field, "field.required"));
    }
    if text.chars().count() > longest {
        return Err(Problem::field(field, "people.text-too-long"));
    }
    Ok(text)
}

/// Name of the official who acts.
fn acting_name(cx: &Cx) -> Result<String, Problem> {
    Ok(cx.require_principal()?.name.clone())
}

/// Writes what was done into the audit log, and tells it to whoever listens: the same words for both.
async fn record(cx: &Cx, tx: &Tx, bus: &Bus, entry: Entry, event: &'static str) -> Result<(), Problem> {
    let told = NewEvent {
        kind: event,
        subject: entry.object.clone(),
        unit: entry.unit.clone(),
        payload: entry.details.clone(),
    };
    d06_audit::append(cx, tx, entry).await?;
    d06_events::publish(cx, tx, bus, told).await?;
    Ok(())
}
