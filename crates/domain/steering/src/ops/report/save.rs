//! Keeps the words of a draft.

use crate::deps::Deps;
use crate::model::report::item::{Report, ReportId, Step};
use crate::model::report::words::Words;
use crate::store::report::item;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// The words as they shall be.
#[derive(Clone, Debug)]
pub struct SaveWords {
    /// The report.
    pub report: ReportId,
    /// All passages.
    pub words: Words,
    /// The version the form showed.
    pub version: i64,
}

/// Keeps them; whoever writes has the report in hand. Returns the report as it is now.
///
/// # Errors
/// `report.changed-meanwhile` if somebody was faster, `report.not-now` once it is sent.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: &Permit<act::WriteReport>,
    command: SaveWords,
) -> Result<Report, Problem> {
    if !permit.covers(command.report) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let mut report = item::get(&tx, command.report).await?;
    report.state = report.state.after(Step::Save, report.superior.is_some())?;
    report.words = command.words;
    report.held_by = cx.principal().map(|person| person.name.clone()).unwrap_or_default();
    item::update(&tx, &report, command.version).await?;
    tx.commit().await?;
    report.version = command.version + 1;
    Ok(report)
}
