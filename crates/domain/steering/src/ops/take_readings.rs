//! Keeps what every measure in use stands at today. Run again on the same day, the later reading replaces the
//! earlier one, so a run too many does no harm.

use crate::deps::Deps;
use crate::model::indicator::ON_TIME;
use crate::ops::measure::{self, Measured};
use crate::store::{plan, reading, target};
use chrono::TimeDelta;
use d06_jobs::{Handler, Job, JobError, Schedule};
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TakeReadings {}

impl Job for TakeReadings {
    const KIND: &'static str = "steering.take-readings";
}

/// Does the job.
pub struct ReadingTaker {
    deps: Deps,
}

impl ReadingTaker {
    /// Takes readings of everything that plans in force are bound to.
    pub fn new(deps: Deps) -> Self {
        Self { deps }
    }
}

#[async_trait::async_trait]
impl Handler for ReadingTaker {
    fn kind(&self) -> &'static str {
        TakeReadings::KIND
    }

    async fn run(&self, cx: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        run(cx, &self.deps).await?;
        Ok(())
    }
}

/// When the job runs: every hour, so that the day's reading is that of its last hour.
///
/// # Errors
/// Never for this rhythm; the type is the schedule's.
pub fn schedule() -> Result<Schedule, Problem> {
    Schedule::every(TimeDelta::hours(1), &TakeReadings {})
}

/// Takes the readings and returns how many.
///
/// # Errors
/// The database's.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<usize, Problem> {
    let mut wanted = BTreeSet::new();
    {
        let tx = deps.db.read().await?;
        for plan in plan::list_in_force(&tx).await? {
            wanted.insert((plan.unit.clone(), ON_TIME.to_owned()));
            for measure in target::bound_measures(&tx, plan.id).await? {
                wanted.insert((plan.unit.clone(), measure));
            }
        }
    }
    // Measures may open transactions of their own: all are asked before the write begins.
    let mut readings = Vec::new();
    for (unit, key) in wanted {
        let scope = measure::year_to_date(cx, &unit);
        if let Measured::Value(value) = measure::value(cx, deps, Some(&key), scope).await {
            readings.push(value.reading());
        }
    }
    let tx = deps.db.begin().await?;
    for reading in &readings {
        reading::put(cx, &tx, reading).await?;
    }
    tx.commit().await?;
    Ok(readings.len())
}
