//! A person disputes a read of their data.

use crate::model::dispute::{Dispute, LONGEST};
use crate::model::{AccessId, DisputeId};
use crate::ops::{record, words};
use crate::store;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_events::Bus;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// What is disputed and why.
#[derive(Clone, Debug)]
pub struct DisputeAccess {
    /// The read.
    pub access: AccessId,
    /// Why.
    pub reason: String,
}

/// Opens the dispute.
///
/// # Errors
/// "Not found" for a read that is not the permit's; field `reason`; `access.already-disputed`.
pub async fn run(
    cx: &Cx,
    tx: &Tx,
    bus: &Bus,
    permit: Permit<act::DisputeAccess>,
    command: DisputeAccess,
) -> Result<DisputeId, Problem> {
    let reason = words("reason", &command.reason, LONGEST)?;
    let access = store::access::find(tx, command.access).await?.filter(|access| permit.covers(access.id));
    let access = access.ok_or_else(Problem::not_found)?;
    let dispute = Dispute {
        id: cx.new_id(),
        access: access.id,
        subject: access.subject,
        unit: access.unit.clone(),
        reason,
        opened_at: cx.now(),
        answer: None,
    };
    store::dispute::add(tx, &dispute).await?;
    let entry = Entry {
        action: "access.dispute",
        subject: Some(access.subject),
        object: format!("access:{}", access.id),
        unit: Some(access.unit.clone()),
        details: json!({ "access": access.id, "dispute": dispute.id, "unit": access.unit }),
    };
    record(cx, tx, bus, entry, "access.disputed").await?;
    Ok(dispute.id)
}
