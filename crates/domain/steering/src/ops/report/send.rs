//! Sends a report to the unit above, or freezes that of a unit with nobody above: figures, the records behind them and
//! the words are kept as they are at this moment, whatever is corrected later.

use crate::deps::Deps;
use crate::model::report::content;
use crate::model::report::item::{Report, ReportId, State, Step};
use crate::ops::report::chain::writers_of;
use crate::ops::report::fill::{self, Filled};
use crate::store::report::{figure, item, record, step};
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_events::NewEvent;
use d06_kernel::{Cx, Problem};

/// Sends the report as it stands; the top of the chain locks it in the same step. Reports of units below that are
/// summed up are locked with it.
///
/// # Errors
/// `report.not-now`, `report.changed-meanwhile`; `report.figures-move` if records change faster than they are read;
/// the database's or a source's problem.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::WriteReport>,
    id: ReportId,
    version: i64,
) -> Result<State, Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let before = {
        let tx = deps.db.read().await?;
        item::get(&tx, id).await?
    };
    let step = if before.superior.is_some() { Step::Send } else { Step::Lock };
    // Asked before anything is counted, and once more by the version when it is written.
    before.state.after(step, before.superior.is_some())?;
    let filled = fill::run(cx, deps, &before, true).await?;
    let held_by = match &before.superior {
        Some(superior) => writers_of(cx, deps, superior).await?,
        None => String::new(),
    };

    let tx = deps.db.begin().await?;
    let mut report = item::get(&tx, id).await?;
    let unchanged = report.version == before.version && still_ready(&tx, &report, &filled).await?;
    if !unchanged {
        return Err(Problem::conflict("report.changed-meanwhile"));
    }
    report.state = report.state.after(step, report.superior.is_some())?;
    report.sent_at = Some(cx.now());
    report.sent_by = cx.principal().map(|person| person.name.clone());
    report.locked_at = (report.state == State::Locked).then(|| cx.now());
    report.held_by = held_by;
    let hash = freeze(cx, &tx, &mut report, &filled).await?;
    item::update(&tx, &report, version).await?;
    lock_below(cx, &tx, id, &filled.included).await?;
    let name = if report.state == State::Locked { "lock" } else { "send" };
    step::add(cx, &tx, id, name, None).await?;
    let included = filled.content.included.len();
    record_step(cx, deps, &tx, &report, name, serde_json::json!({ "sha256": hash, "included": included }))
        .await?;
    tx.commit().await?;
    Ok(report.state)
}

/// Keeps content, figures and records, and returns the hash of the content.
async fn freeze(cx: &Cx, tx: &Tx, report: &mut Report, filled: &Filled) -> Result<String, Problem> {
    let text = filled.content.to_text()?;
    let hash = content::hash(&text);
    item::set_content(tx, report.id, &text).await?;
    figure::replace(cx, tx, report.id, &filled.content.figures).await?;
    record::clear(tx, report.id).await?;
    for (key, records) in &filled.records {
        record::add_all(cx, tx, report.id, key, records).await?;
    }
    report.hash = Some(hash.clone());
    Ok(hash)
}

/// Whether the reports summed up are still those that are ready.
async fn still_ready(tx: &Tx, report: &Report, filled: &Filled) -> Result<bool, Problem> {
    let below = item::of_units_below(tx, &report.unit, &report.period_key).await?;
    let ready = below.iter().filter(|one| matches!(one.state, State::Accepted | State::Locked));
    Ok(ready.map(|one| (one.id.to_string(), one.hash.clone().unwrap_or_default())).eq(filled
        .content
        .included
        .iter()
        .map(|one| (one.report.clone(), one.hash.clone()))))
}

/// Locks what is summed up, so that the sum can be opened down to its records for good. The hash of each is part of the
/// content whose hash the audit entry of the sum names.
async fn lock_below(cx: &Cx, tx: &Tx, into: ReportId, included: &[ReportId]) -> Result<(), Problem> {
    let locked = item::lock_all(tx, included, cx.now()).await?;
    step::add_to_all(cx, tx, &locked, "lock").await?;
    item::include(tx, included, into).await
}

/// The audit entry and the event of a step.
pub(crate) async fn record_step(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    report: &Report,
    step: &str,
    details: serde_json::Value,
) -> Result<(), Problem> {
    let (action, kind) = match step {
        "send" => ("report.send", "report.sent"),
        "return" => ("report.return", "report.returned"),
        "accept" => ("report.accept", "report.accepted"),
        _ => ("report.lock", "report.locked"),
    };
    audit(cx, tx, report, action, details.clone()).await?;
    let event = NewEvent {
        kind,
        subject: format!("report:{}", report.id),
        unit: Some(report.unit.clone()),
        payload: serde_json::json!({ "period": report.period_key, "details": details }),
    };
    d06_events::publish(cx, tx, &deps.bus, event).await?;
    Ok(())
}

async fn audit(
    cx: &Cx,
    tx: &Tx,
    report: &Report,
    action: &'static str,
    details: serde_json::Value,
) -> Result<(), Problem> {
    let object = format!("report:{}", report.id);
    let unit = Some(report.unit.clone());
    d06_audit::append(cx, tx, Entry { action, subject: None, object, unit, details }).await
}
