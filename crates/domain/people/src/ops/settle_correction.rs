//! The standing office settles a request for correction.

use crate::model::CorrectionId;
use crate::model::dispute::{LONGEST, Reply};
use crate::ops::{acting_name, record, words};
use crate::store;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_events::Bus;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The answer.
#[derive(Clone, Debug)]
pub struct SettleCorrection {
    /// The request.
    pub correction: CorrectionId,
    /// Whether the data was wrong and has been corrected at its source.
    pub upheld: bool,
    /// In words.
    pub text: String,
}

/// Settles it.
///
/// # Errors
/// "Not found" for a request that is not the permit's; field `text`; `correction.already-settled`.
pub async fn run(
    cx: &Cx,
    tx: &Tx,
    bus: &Bus,
    permit: Permit<act::SettleCorrection>,
    command: SettleCorrection,
) -> Result<(), Problem> {
    let text = words("text", &command.text, LONGEST)?;
    if !permit.covers(command.correction) {
        return Err(Problem::not_found());
    }
    let correction = store::correction::get(tx, command.correction).await?;
    let reply = Reply { upheld: command.upheld, text, by: acting_name(cx)?, at: cx.now() };
    store::correction::answer(tx, correction.id, &reply).await?;
    let entry = Entry {
        action: "correction.settle",
        subject: Some(correction.subject),
        object: format!("correction:{}", correction.id),
        unit: Some(correction.unit),
        details: json!({ "field": correction.field, "upheld": reply.upheld }),
    };
    record(cx, tx, bus, entry, "correction.settled").await
}
