//! The unit above returns a report with a comment, accepts it, or locks it.

use crate::deps::Deps;
use crate::model::report::item::{Report, ReportId, Step};
use crate::ops::report::chain::own_unit;
use crate::ops::report::send::record_step;
use crate::store::report::{item, step};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// What is decided.
#[derive(Clone, Debug)]
pub struct MoveOn {
    /// The report.
    pub report: ReportId,
    /// Return, accept or lock.
    pub step: Step,
    /// What is to be mended; demanded of a return.
    pub comment: Option<String>,
    /// The version the page showed.
    pub version: i64,
}

/// Decides.
///
/// # Errors
/// `field.required` for a return without a comment; `report.not-now`, `report.changed-meanwhile`; "forbidden" to a
/// unit that the report does not go to.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ReceiveReport>,
    command: MoveOn,
) -> Result<Report, Problem> {
    if !permit.covers(command.report) {
        return Err(Problem::not_found());
    }
    let name = match command.step {
        Step::Return if command.comment.is_none() => {
            return Err(Problem::field("comment", "field.required"));
        }
        Step::Return => "return",
        Step::Accept => "accept",
        Step::Lock => "lock",
        Step::Save | Step::Send => return Err(Problem::conflict("report.not-now")),
    };
    let tx = deps.db.begin().await?;
    let mut report = item::get(&tx, command.report).await?;
    if report.superior.as_deref() != Some(own_unit(cx)?) {
        return Err(Problem::forbidden());
    }
    report.state = report.state.after(command.step, true)?;
    let mine = cx.principal().map(|person| person.name.clone()).unwrap_or_default();
    match command.step {
        // It is again with whoever sent it.
        Step::Return => report.held_by = report.sent_by.clone().unwrap_or_default(),
        Step::Lock => {
            report.locked_at = Some(cx.now());
            report.held_by = String::new();
        }
        Step::Accept | Step::Save | Step::Send => report.held_by = mine,
    }
    item::update(&tx, &report, command.version).await?;
    step::add(cx, &tx, report.id, name, command.comment).await?;
    let details = serde_json::json!({ "sha256": report.hash });
    record_step(cx, deps, &tx, &report, name, details).await?;
    tx.commit().await?;
    report.version = command.version + 1;
    Ok(report)
}
