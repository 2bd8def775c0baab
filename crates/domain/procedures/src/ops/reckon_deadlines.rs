//! Reckons the due times of all open dossiers anew when the working calendar or the rules have changed: days off are
//! announced late, sometimes a week before. Every old due time stays in the dossier's history.

use super::plan_deadlines;
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::store::{dossier, part, reckoning};
use d06_kernel::id::DossierId;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Dossiers read at a time.
const CHUNK: u64 = 500;

/// Reckons, if something changed since the last time. Gives how many due times moved.
///
/// # Errors
/// `dossier.changed` where an officer was faster, or the database's; what is done stays done, and the job tries again.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<u64, Problem> {
    let fingerprint = deps.clock.fingerprint();
    let read = deps.db.read().await?;
    if reckoning::find(&read).await?.as_deref() == Some(&*fingerprint) {
        return Ok(0);
    }
    drop(read);
    let (mut moved, mut after) = (0, None);
    loop {
        let read = deps.db.read().await?;
        let ids = dossier::list_open_ids(&read, after, CHUNK).await?;
        drop(read);
        let Some(last) = ids.last().copied() else { break };
        for id in ids {
            moved += u64::from(one(cx, deps, id).await?);
        }
        after = Some(last);
    }
    let tx = deps.db.begin().await?;
    reckoning::keep(&tx, &fingerprint, cx.now()).await?;
    tx.commit().await?;
    Ok(moved)
}

async fn one(cx: &Cx, deps: &Deps, id: DossierId) -> Result<bool, Problem> {
    let tx = deps.db.begin().await?;
    let mut dossier = dossier::get(&tx, id).await?;
    let due_was = dossier.due_at;
    let open = dossier.decided_at.is_none() && dossier.ended_at.is_none();
    if !open || !dossier.clock.recompute(&deps.clock, cx.now()) {
        return Ok(false);
    }
    let steps = part::list_steps(&tx, id).await?;
    let begins = steps.iter().find(|step| step.position == dossier.step).and_then(|step| step.started_at);
    let begins = begins.unwrap_or(dossier.submitted_at);
    plan_deadlines::spread(deps, &tx, &mut dossier, begins).await?;
    dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.reckon",
        event: Some("dossier.due-changed"),
        entry: "due-changed",
        details: json!({ "due-was": due_was, "due-at": dossier.due_at }),
        words: None,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(true)
}
