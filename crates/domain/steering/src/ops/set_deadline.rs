//! Sets the deadline of a task: a day, a rhythm, or what it waits for. A deadline that was set is moved with a reason.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId, Due, State};
use crate::model::rhythm::Rhythm;
use crate::ops::change::{self, Change, Point};
use crate::ops::make_occurrences;
use crate::ops::task_resource::{self, TaskInPlan};
use crate::store::assignment;
use chrono::NaiveDate;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_plan::DueKind;

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewDue {
    /// A last day.
    Day(NaiveDate),
    /// A rhythm; each of its times becomes an occurrence.
    Rhythm(Rhythm),
    /// What it waits for; the last day is named when that has happened.
    Condition(String),
}

/// Sets the deadline.
///
/// # Errors
/// `task.reason-required` at `reason` for a deadline that is moved without one; `task.due-in-past` at `due`;
/// `task.closed` for a task that is done or given up; `task.occurrence-rhythm` for a rhythm of one occurrence;
/// `task.changed-meanwhile` if somebody was faster.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ExtendTask>,
    (id, version): (AssignmentId, i64),
    due: NewDue,
    reason: Option<String>,
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let found = task_resource::load_in(&tx, id).await?;
    apply(cx, deps, &tx, &found, version, due, reason).await?;
    tx.commit().await
}

/// Sets the deadline in a transaction.
pub(crate) async fn apply(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    found: &TaskInPlan,
    version: i64,
    due: NewDue,
    reason: Option<String>,
) -> Result<(), Problem> {
    let before = &found.assignment;
    if matches!(before.state, State::Done | State::Cancelled) {
        return Err(Problem::conflict("task.closed"));
    }
    let reason = reason.filter(|reason| !reason.trim().is_empty());
    let was_set = before.due.on.is_some() || before.due.rhythm.is_some();
    if was_set && reason.is_none() {
        return Err(Problem::field("reason", "task.reason-required"));
    }
    let after = moved(before, version, due, local_date(cx.now()))?;
    assignment::update(tx, &after).await?;
    let points: Vec<Point> = [
        Point::of("due", before.due.on, after.due.on),
        Point::of("rhythm", before.due.rhythm.clone(), after.due.rhythm.clone()),
        Point::of("condition", before.due.condition.clone(), after.due.condition.clone()),
        Point::of("state", Some(before.state.name()), Some(after.state.name())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let change = Change {
        owner: after.id.0,
        object: found.object(),
        unit: found.responsible(),
        action: "task.set-deadline",
        event: "task.deadline-set",
        points,
        note: reason,
    };
    change::record(cx, deps, tx, change).await?;
    make_occurrences::of_task(cx, tx, &after, &found.task).await
}

/// The assignment with another deadline.
fn moved(before: &Assignment, version: i64, due: NewDue, today: NaiveDate) -> Result<Assignment, Problem> {
    let begun = match before.state {
        State::Waiting | State::Recurring => State::NotStarted,
        state => state,
    };
    let old = &before.due;
    let (due, state) = match due {
        NewDue::Day(day) if day < today => return Err(Problem::field("due", "task.due-in-past")),
        NewDue::Day(day) => {
            let first_on = old.first_on.or(old.on.filter(|old| *old != day));
            (Due { kind: DueKind::Date, on: Some(day), first_on, rhythm: None, ..old.clone() }, begun)
        }
        NewDue::Rhythm(_) if !before.occurrence.is_empty() => {
            return Err(Problem::field("rhythm", "task.occurrence-rhythm"));
        }
        NewDue::Rhythm(rhythm) => {
            (Due { kind: DueKind::Recurring, rhythm: Some(rhythm), ..Due::default() }, State::Recurring)
        }
        NewDue::Condition(condition) => {
            let due = Due { kind: DueKind::Conditional, condition: Some(condition), ..Due::default() };
            (due, State::Waiting)
        }
    };
    Ok(Assignment { due, state, version, ..before.clone() })
}
