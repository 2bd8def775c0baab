//! The standing office answers a dispute.

use crate::model::DisputeId;
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
pub struct AnswerDispute {
    /// The dispute.
    pub dispute: DisputeId,
    /// Whether the person is right: the read should not have been.
    pub upheld: bool,
    /// In words.
    pub text: String,
}

/// Answers.
///
/// # Errors
/// "Not found" for a dispute of a read that is not the permit's; field `text`; `access.already-answered`.
pub async fn run(
    cx: &Cx,
    tx: &Tx,
    bus: &Bus,
    permit: Permit<act::AnswerDispute>,
    command: AnswerDispute,
) -> Result<(), Problem> {
    let text = words("text", &command.text, LONGEST)?;
    let dispute = store::dispute::get(tx, command.dispute).await?;
    if !permit.covers(dispute.access) {
        return Err(Problem::not_found());
    }
    let reply = Reply { upheld: command.upheld, text, by: acting_name(cx)?, at: cx.now() };
    store::dispute::answer(tx, dispute.id, &reply).await?;
    let entry = Entry {
        action: "access.answer",
        subject: Some(dispute.subject),
        object: format!("access:{}", dispute.access),
        unit: Some(dispute.unit),
        details: json!({ "dispute": dispute.id, "upheld": reply.upheld }),
    };
    record(cx, tx, bus, entry, "access.dispute-answered").await
}
