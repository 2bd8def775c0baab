//! What this domain does in the background. Every job may run twice.

use crate::deps::Deps;
use crate::ops;
use chrono::TimeDelta;
use d06_jobs::{Handler, Job, JobError, Schedule};
use d06_kernel::id::DossierId;
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Asks the silent sources of a dossier again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ResolveRequirements {
    /// The dossier.
    pub dossier: DossierId,
}

impl Job for ResolveRequirements {
    const KIND: &'static str = "procedures.resolve-requirements";
}

/// Issues the result of an approved dossier.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct IssueResult {
    /// The dossier.
    pub dossier: DossierId,
}

impl Job for IssueResult {
    const KIND: &'static str = "procedures.issue-result";
}

/// Reckons due times anew after the calendar changed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ReckonDeadlines {}

impl Job for ReckonDeadlines {
    const KIND: &'static str = "procedures.reckon-deadlines";
}

/// When the calendar is looked at: at once after a start with new data, then every hour.
///
/// # Errors
/// Never for this rhythm; the type is the schedule's.
pub fn schedule() -> Result<Schedule, Problem> {
    Schedule::every(TimeDelta::hours(1), &ReckonDeadlines {})
}

/// The handlers of these jobs.
pub fn handlers(deps: &Deps) -> Vec<Arc<dyn Handler>> {
    vec![Arc::new(Resolver(deps.clone())), Arc::new(Issuer(deps.clone())), Arc::new(Reckoner(deps.clone()))]
}

struct Resolver(Deps);

#[async_trait::async_trait]
impl Handler for Resolver {
    fn kind(&self) -> &'static str {
        ResolveRequirements::KIND
    }

    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError> {
        let job: ResolveRequirements = read(payload)?;
        match ops::resolve_requirements::run(cx, &self.0, job.dossier).await.map_err(JobError::Retry)? {
            Some(again) => Err(JobError::Later(again)),
            None => Ok(()),
        }
    }
}

struct Issuer(Deps);

#[async_trait::async_trait]
impl Handler for Issuer {
    fn kind(&self) -> &'static str {
        IssueResult::KIND
    }

    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError> {
        let job: IssueResult = read(payload)?;
        ops::issue_result::run(cx, &self.0, job.dossier).await.map_err(JobError::Retry)
    }
}

struct Reckoner(Deps);

#[async_trait::async_trait]
impl Handler for Reckoner {
    fn kind(&self) -> &'static str {
        ReckonDeadlines::KIND
    }

    async fn run(&self, cx: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        let moved = ops::reckon_deadlines::run(cx, &self.0).await.map_err(JobError::Retry)?;
        if moved > 0 {
            tracing::info!(moved, "due times were reckoned anew");
        }
        Ok(())
    }
}

fn read<J: Job>(payload: serde_json::Value) -> Result<J, JobError> {
    serde_json::from_value(payload).map_err(|e| JobError::Dead(Problem::internal(e)))
}
