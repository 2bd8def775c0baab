//! Takes a task a step on: begin, hand in, take as done, send back, take up again, give up.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId, State, Step};
use crate::ops::change::{self, Change, Point};
use crate::ops::task_resource::{self, TaskInPlan};
use crate::store::{assignment, evidence};
use chrono::NaiveDate;
use d06_authz::{Permit, act};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem, Role};

/// The permit that a step asks for.
#[derive(Debug)]
pub enum StepPermit {
    /// To begin and to hand in.
    Update(Permit<act::UpdateTask>),
    /// To take as done and to send back.
    Accept(Permit<act::AcceptTask>),
    /// To trigger, to take up again and to give up.
    Steer(Permit<act::SteerTask>),
}

impl StepPermit {
    /// The permit for a step to a task.
    ///
    /// # Errors
    /// As [`d06_authz::Authz::permit`].
    pub fn ask(cx: &Cx, deps: &Deps, found: &TaskInPlan, step: Step) -> Result<Self, Problem> {
        match step {
            Step::Begin | Step::Submit => found.permit(cx, deps).map(Self::Update),
            Step::Accept | Step::Return => found.permit(cx, deps).map(Self::Accept),
            Step::Trigger | Step::Reopen | Step::Cancel => found.permit(cx, deps).map(Self::Steer),
        }
    }

    fn covers(&self, id: AssignmentId, step: Step) -> bool {
        match (self, step) {
            (Self::Update(permit), Step::Begin | Step::Submit) => permit.covers(id),
            (Self::Accept(permit), Step::Accept | Step::Return) => permit.covers(id),
            (Self::Steer(permit), Step::Trigger | Step::Reopen | Step::Cancel) => permit.covers(id),
            _ => false,
        }
    }
}

/// A step.
#[derive(Clone, Debug)]
pub struct StepTask {
    /// The assignment.
    pub id: AssignmentId,
    /// The version that the page showed.
    pub version: i64,
    /// What happens.
    pub step: Step,
    /// Why, where the step wants a reason.
    pub reason: Option<String>,
    /// The last day of a conditional task whose condition has come about.
    pub due: Option<NaiveDate>,
}

/// Takes the step.
///
/// # Errors
/// `task.step-impossible` from where the task is; by field `task.reason-required` at `reason`, `task.due-required` and
/// `task.due-in-past` at `due`; `task.no-evidence` for a product handed in without anything that proves it;
/// `task.not-your-authority` for an acceptance by another role than the one named; `task.changed-meanwhile`.
pub async fn run(cx: &Cx, deps: &Deps, permit: StepPermit, command: StepTask) -> Result<(), Problem> {
    if !permit.covers(command.id, command.step) {
        return Err(Problem::not_found());
    }
    let today = local_date(cx.now());
    let tx = deps.db.begin().await?;
    let found = task_resource::load_in(&tx, command.id).await?;
    let before = &found.assignment;
    if before.version != command.version {
        return Err(Problem::conflict("task.changed-meanwhile"));
    }
    let state = before.state.after(command.step);
    let state = state.ok_or_else(|| Problem::conflict("task.step-impossible"))?;
    let reason = command.reason.clone().filter(|reason| !reason.trim().is_empty());
    if command.step.wants_reason() && reason.is_none() {
        return Err(Problem::field("reason", "task.reason-required"));
    }
    match command.step {
        Step::Submit if evidence::list(&tx, &[command.id.0]).await?.is_empty() => {
            return Err(Problem::invalid("task.no-evidence"));
        }
        Step::Accept | Step::Return if !decides(cx, before) => {
            return Err(Problem::conflict("task.not-your-authority"));
        }
        _ => {}
    }
    let after = stepped(before, &command, state, today)?;
    assignment::update(&tx, &after).await?;
    let mut points = vec![Point {
        what: command.step.name(),
        before: Some(before.state.name().to_owned()),
        after: Some(state.name().to_owned()),
    }];
    points.extend(Point::of("due", before.due.on, after.due.on));
    let change = Change {
        owner: after.id.0,
        object: found.object(),
        unit: found.responsible(),
        action: "task.step",
        event: "task.stepped",
        points,
        note: reason,
    };
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await
}

/// Whether the actor is the one named to decide. The chairman decides in any case; where nobody is named, whoever may
/// take products does.
pub(crate) fn decides(cx: &Cx, assignment: &Assignment) -> bool {
    let has = |role| cx.principal().is_some_and(|person| person.has(role));
    has(Role::Chairman) || assignment.authority.is_none_or(has)
}

fn stepped(
    before: &Assignment,
    command: &StepTask,
    state: State,
    today: NaiveDate,
) -> Result<Assignment, Problem> {
    let mut after = Assignment { state, ..before.clone() };
    match command.step {
        Step::Submit => after.submitted_on = Some(today),
        Step::Accept => after.done_on = Some(today),
        Step::Return => after.submitted_on = None,
        Step::Reopen => (after.submitted_on, after.done_on) = (None, None),
        Step::Trigger => {
            let due = command.due.ok_or_else(|| Problem::field("due", "task.due-required"))?;
            if due < today {
                return Err(Problem::field("due", "task.due-in-past"));
            }
            after.due.on = Some(due);
            after.due.condition_met_on = Some(today);
        }
        Step::Begin | Step::Cancel => {}
    }
    // A task that was given up while it waited or recurred goes back to where it was.
    if command.step == Step::Reopen && before.state == State::Cancelled {
        after.state = match (&before.due.rhythm, &before.due.condition, before.due.on) {
            (Some(_), _, _) => State::Recurring,
            (None, Some(_), None) => State::Waiting,
            _ => State::NotStarted,
        };
    }
    Ok(after)
}
