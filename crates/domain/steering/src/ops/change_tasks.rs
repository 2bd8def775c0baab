//! Changes many tasks in one go: all of them or none.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId};
use crate::ops::assign_task::{self, AUTHORITIES};
use crate::ops::set_deadline::{self, NewDue};
use crate::ops::task_resource::{self, TaskInPlan};
use chrono::NaiveDate;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem, Role};

/// The most tasks changed in one go.
pub const MOST: usize = 200;

/// What to change in all of them.
#[derive(Clone, Debug)]
pub enum TasksChange {
    /// The unit that leads; the official in charge is left open where they are of another unit.
    Unit(String),
    /// The unit that follows them.
    Monitor(String),
    /// The role that decides.
    Authority(Role),
    /// The last day, with the reason.
    Due(NaiveDate, Option<String>),
}

/// The permits of a change, one for each task.
#[derive(Debug)]
pub enum TasksPermit {
    /// To assign.
    Steer(Vec<Permit<act::SteerTask>>),
    /// To move deadlines.
    Extend(Vec<Permit<act::ExtendTask>>),
}

impl TasksPermit {
    /// The permits for a change to some tasks.
    ///
    /// # Errors
    /// As [`d06_authz::Authz::permit`], for the first that is refused.
    pub fn ask(cx: &Cx, deps: &Deps, tasks: &[TaskInPlan], change: &TasksChange) -> Result<Self, Problem> {
        match change {
            TasksChange::Due(..) => {
                tasks.iter().map(|task| task.permit(cx, deps)).collect::<Result<_, _>>().map(Self::Extend)
            }
            _ => tasks.iter().map(|task| task.permit(cx, deps)).collect::<Result<_, _>>().map(Self::Steer),
        }
    }

    fn covers(&self, id: AssignmentId, change: &TasksChange) -> bool {
        match (self, change) {
            (Self::Extend(permits), TasksChange::Due(..)) => permits.iter().any(|permit| permit.covers(id)),
            (Self::Steer(_), TasksChange::Due(..)) | (Self::Extend(_), _) => false,
            (Self::Steer(permits), _) => permits.iter().any(|permit| permit.covers(id)),
        }
    }
}

/// Changes them.
///
/// # Errors
/// `tasks.none`, `tasks.too-many`; what [`assign_task`] and [`set_deadline`] refuse; a conflict names the task
/// (argument `reference`), and nothing is changed then.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: TasksPermit,
    tasks: Vec<(AssignmentId, i64)>,
    change: TasksChange,
) -> Result<usize, Problem> {
    if tasks.is_empty() {
        return Err(Problem::invalid("tasks.none"));
    }
    if tasks.len() > MOST {
        return Err(Problem::invalid("tasks.too-many").with("most", MOST));
    }
    if !tasks.iter().all(|(id, _)| permit.covers(*id, &change)) {
        return Err(Problem::not_found());
    }
    ask(cx, deps, &change).await?;
    let tx = deps.db.begin().await?;
    for (id, version) in &tasks {
        let found = task_resource::load_in(&tx, *id).await?;
        let named = |problem: Problem| problem.with("reference", &found.task.place.reference);
        let base = Assignment { version: *version, ..found.assignment.clone() };
        let after = match &change {
            TasksChange::Due(day, reason) => {
                let due = NewDue::Day(*day);
                set_deadline::apply(cx, deps, &tx, &found, *version, due, reason.clone())
                    .await
                    .map_err(named)?;
                continue;
            }
            TasksChange::Unit(code) => {
                let stays = base.unit.as_ref() == Some(code);
                let person = base.person.clone().filter(|_| stays);
                Assignment { unit: Some(code.clone()), person, ..base }
            }
            TasksChange::Monitor(code) => Assignment { monitor: Some(code.clone()), ..base },
            TasksChange::Authority(role) => Assignment { authority: Some(*role), ..base },
        };
        assign_task::keep(cx, deps, &tx, &found, &after).await.map_err(named)?;
    }
    tx.commit().await?;
    Ok(tasks.len())
}

async fn ask(cx: &Cx, deps: &Deps, change: &TasksChange) -> Result<(), Problem> {
    match change {
        TasksChange::Unit(code) | TasksChange::Monitor(code) => {
            assign_task::unit_of(cx, deps, &deps.commune, "value", code).await
        }
        TasksChange::Authority(role) if !AUTHORITIES.contains(role) => {
            Err(Problem::field("value", "task.authority-unfit"))
        }
        TasksChange::Authority(_) | TasksChange::Due(..) => Ok(()),
    }
}
