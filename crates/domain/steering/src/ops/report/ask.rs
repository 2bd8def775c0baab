//! Asks the units below for a report that no rule provides for (báo cáo đột xuất), and opens the one that sums them up.

use crate::deps::Deps;
use crate::model::report::cycle::Cycle;
use crate::model::report::item::{Report, State};
use crate::model::report::words::Words;
use crate::ops::report::chain::{own_unit, reporters, superior_of};
use crate::ops::report::remind::{self, Round};
use crate::store::report::{item, step};
use chrono::NaiveDate;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_events::NewEvent;
use d06_kernel::time::{Moment, local_date};
use d06_kernel::{Cx, Problem};

/// What is asked.
#[derive(Clone, Debug)]
pub struct AskReport {
    /// What the report is about.
    pub subject: String,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// To be sent before.
    pub due_at: Moment,
    /// The units asked, by code; all below if empty.
    pub units: Vec<String>,
}

/// Asks, and returns the period's key and how many units were asked.
///
/// # Errors
/// `report.period-backwards`, `report.due-passed`, `report.nobody-below`; the database's.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::WriteReport>,
    command: AskReport,
) -> Result<(String, usize), Problem> {
    let unit = own_unit(cx)?.to_owned();
    if !permit.covers(&unit) {
        return Err(Problem::not_found());
    }
    if command.to < command.from {
        return Err(Problem::field("to", "report.period-backwards"));
    }
    if command.due_at <= cx.now() {
        return Err(Problem::field("due", "report.due-passed"));
    }
    let all = reporters(cx, deps).await?;
    let key = format!("ad-hoc:{}", cx.new_id::<uuid::Uuid>());
    let new = |code: &str, name: &str, superior: Option<String>| Report {
        id: cx.new_id(),
        period_key: key.clone(),
        cycle: Cycle::AdHoc,
        subject: Some(command.subject.clone()),
        from: command.from,
        to: command.to,
        due_at: command.due_at,
        unit: code.to_owned(),
        unit_name: name.to_owned(),
        superior,
        state: State::Draft,
        held_by: String::new(),
        words: Words::default(),
        sent_at: None,
        sent_by: None,
        locked_at: None,
        hash: None,
        included_in: None,
        version: 1,
    };
    let mut reports: Vec<Report> = all
        .iter()
        .filter(|one| one.unit.parent.as_deref() == Some(&unit))
        .filter(|one| command.units.is_empty() || command.units.contains(&one.unit.code))
        .map(|one| new(&one.unit.code, &one.unit.name, Some(unit.clone())))
        .collect();
    let asked = reports.len();
    let own = all.iter().find(|one| one.unit.code == unit).filter(|_| asked > 0);
    let own = own.ok_or_else(|| Problem::field("units", "report.nobody-below"))?;
    let mut summary = new(&unit, &own.unit.name, superior_of(&all, &own.unit));
    // The sum is written when those asked have had their time: a day more.
    summary.due_at = command.due_at + chrono::TimeDelta::days(1);
    reports.push(summary);

    let days = (local_date(command.due_at) - local_date(cx.now())).num_days();
    let reminders: Vec<i64> = [3, 1].into_iter().filter(|before| *before < days).collect();
    let round = Round { period_key: key.clone(), superior: Some(unit.clone()) };
    let tx = deps.db.begin().await?;
    item::add_all(&tx, &reports).await?;
    for report in &reports {
        step::add(cx, &tx, report.id, "ask", Some(command.subject.clone())).await?;
    }
    remind::plan(cx, &tx, &round, command.due_at, &reminders).await?;
    let details = serde_json::json!({ "units": asked, "due": command.due_at });
    let entry = Entry {
        action: "report.ask",
        subject: None,
        object: format!("report-period:{key}"),
        unit: Some(unit.clone()),
        details: details.clone(),
    };
    d06_audit::append(cx, &tx, entry).await?;
    let event = NewEvent {
        kind: "report.asked",
        subject: format!("report-period:{key}"),
        unit: Some(unit),
        payload: details,
    };
    d06_events::publish(cx, &tx, &deps.bus, event).await?;
    tx.commit().await?;
    Ok((key, asked))
}
