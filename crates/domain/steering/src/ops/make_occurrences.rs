//! Makes the occurrences of recurring tasks some weeks ahead. Run again, it adds only what is missing.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId, Due, State};
use crate::model::plan::Task;
use crate::model::rules::{OCCURRENCES_AHEAD, Rules};
use crate::store::{assignment, plan, task};
use chrono::TimeDelta;
use d06_db::Tx;
use d06_jobs::{Handler, Job, JobError, Schedule};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_plan::DueKind;
use serde::{Deserialize, Serialize};

/// The job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MakeOccurrences {}

impl Job for MakeOccurrences {
    const KIND: &'static str = "steering.make-occurrences";
}

/// Does the job.
pub struct OccurrenceMaker {
    deps: Deps,
}

impl OccurrenceMaker {
    /// Makes the occurrences of all plans in force.
    pub fn new(deps: Deps) -> Self {
        Self { deps }
    }
}

#[async_trait::async_trait]
impl Handler for OccurrenceMaker {
    fn kind(&self) -> &'static str {
        MakeOccurrences::KIND
    }

    async fn run(&self, cx: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        run(cx, &self.deps).await?;
        Ok(())
    }
}

/// When the job runs: every six hours, so that a day missed is made good the same day.
///
/// # Errors
/// Never for this rhythm; the type is the schedule's.
pub fn schedule() -> Result<Schedule, Problem> {
    Schedule::every(TimeDelta::hours(6), &MakeOccurrences {})
}

/// Makes the occurrences of all plans in force.
///
/// # Errors
/// The database's.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<(), Problem> {
    let recurring = {
        let tx = deps.db.read().await?;
        let plans: Vec<_> = plan::list_in_force(&tx).await?.into_iter().map(|plan| plan.id).collect();
        assignment::list_recurring(&tx, &plans).await?
    };
    for standing in recurring {
        let tx = deps.db.begin().await?;
        let task = task::get(&tx, standing.task).await?;
        of_task(cx, &tx, &standing, &task).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Makes the occurrences of one task, if it recurs. They are given to those to whom the task is given.
pub(crate) async fn of_task(cx: &Cx, tx: &Tx, standing: &Assignment, task: &Task) -> Result<(), Problem> {
    let (Some(rhythm), State::Recurring) = (&standing.due.rhythm, standing.state) else { return Ok(()) };
    let today = local_date(cx.now());
    let ahead = Rules::shipped()?.value(OCCURRENCES_AHEAD, today)?;
    let until = today.checked_add_signed(TimeDelta::days(ahead)).unwrap_or(today);
    let new: Vec<Assignment> = rhythm
        .occurrences(today, until)
        .into_iter()
        .map(|occurrence| Assignment {
            id: cx.new_id::<AssignmentId>(),
            occurrence: occurrence.period,
            due: Due { kind: DueKind::Date, on: Some(occurrence.due_on), ..Due::default() },
            state: State::NotStarted,
            submitted_on: None,
            done_on: None,
            version: 1,
            ..standing.clone()
        })
        .collect();
    assignment::add_occurrences(tx, &new, task).await
}
