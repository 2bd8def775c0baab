//! Brings obstacles that nobody answered in time up: from a unit of the office to its committee, and from there to the
//! unit above, as far as there is one.

use crate::deps::Deps;
use crate::model::obstacle::Obstacle;
use crate::ops::change::{self, Point};
use crate::ops::raise_obstacle::{answer_by, changed};
use crate::ops::task_resource::lies_in;
use crate::store::obstacle::{self, ObstacleFilter};
use crate::store::plan;
use chrono::TimeDelta;
use d06_jobs::{Handler, Job, JobError, Schedule};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};

/// Obstacles brought up in one run.
const MOST: u64 = 500;

/// The job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EscalateObstacles {}

impl Job for EscalateObstacles {
    const KIND: &'static str = "steering.escalate-obstacles";
}

/// Does the job.
pub struct ObstacleEscalator {
    deps: Deps,
}

impl ObstacleEscalator {
    /// Brings up the obstacles of all plans in force.
    pub fn new(deps: Deps) -> Self {
        Self { deps }
    }
}

#[async_trait::async_trait]
impl Handler for ObstacleEscalator {
    fn kind(&self) -> &'static str {
        EscalateObstacles::KIND
    }

    async fn run(&self, cx: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        run(cx, &self.deps).await?;
        Ok(())
    }
}

/// When the job runs: every hour.
///
/// # Errors
/// Never for this rhythm; the type is the schedule's.
pub fn schedule() -> Result<Schedule, Problem> {
    Schedule::every(TimeDelta::hours(1), &EscalateObstacles {})
}

/// Brings them up and returns how many. One that the highest unit has not answered stays there, overdue.
///
/// # Errors
/// The database's.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<usize, Problem> {
    let overdue = {
        let tx = deps.db.read().await?;
        let today = local_date(cx.now());
        let mut overdue = Vec::new();
        for plan in plan::list_in_force(&tx).await? {
            let filter = ObstacleFilter {
                plans: vec![plan.id],
                answered: Some(false),
                due_before: Some(today),
                ..ObstacleFilter::default()
            };
            let found = obstacle::list(&tx, &filter, 0, MOST).await?;
            overdue
                .extend(found.into_iter().filter_map(|one| Some((above(&one.addressee, &plan.unit)?, one))));
        }
        overdue
    };
    let mut raised = 0;
    for (higher, found) in overdue {
        let tx = deps.db.begin().await?;
        let before = found.addressee.clone();
        let after =
            Obstacle { addressee: higher, due_on: answer_by(cx, deps)?, level: found.level + 1, ..found };
        match obstacle::update(&tx, &after).await {
            // Somebody answered or sent it on meanwhile: nothing is left to do.
            Err(problem) if problem.code == "obstacle.changed-meanwhile" => continue,
            other => other?,
        }
        let points = Point::of("escalated", Some(before), Some(after.addressee.clone()));
        let change =
            changed(&after, "obstacle.escalate", "obstacle.escalated", points.into_iter().collect(), None);
        change::record(cx, deps, &tx, change).await?;
        tx.commit().await?;
        raised += 1;
    }
    Ok(raised)
}

/// Where an obstacle goes from a unit that did not answer: to the committee if the unit is below it, else one level up.
fn above(unit: &str, committee: &str) -> Option<String> {
    if unit != committee && lies_in(unit, committee) {
        return Some(committee.to_owned());
    }
    unit.rsplit_once('.').map(|(above, _)| above.to_owned())
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn it_goes_up_as_far_as_there_is_somebody() {
        let from = |unit: &str| above(unit, "H31.10816");
        assert_eq!(from("H31.10816.02").as_deref(), Some("H31.10816"));
        assert_eq!(
            from("H31.10816.02.01").as_deref(),
            Some("H31.10816"),
            "the committee, whatever lies between"
        );
        assert_eq!(from("H31.10816").as_deref(), Some("H31"));
        assert_eq!(from("H31"), None);
    }
}
