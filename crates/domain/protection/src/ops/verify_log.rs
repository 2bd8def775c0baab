//! Verifies the whole log, compares it with the checkpoint kept outside, and keeps the result. Run daily, and whenever
//! an auditor asks.

use crate::deps::Log;
use crate::store::run::{self, FaultLine, Run};
use chrono::TimeDelta;
use d06_audit::{Fault, Finding};
use d06_jobs::{Handler, Job, JobError, Schedule};
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};

/// Faults kept in words; more only say the same again.
const FAULTS_KEPT: usize = 20;

/// The job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct VerifyLog {}

impl Job for VerifyLog {
    const KIND: &'static str = "protection.verify-log";
}

/// Does the job.
pub struct LogVerifier(pub Log);

#[async_trait::async_trait]
impl Handler for LogVerifier {
    fn kind(&self) -> &'static str {
        VerifyLog::KIND
    }

    async fn run(&self, cx: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        run(cx, &self.0).await?;
        Ok(())
    }
}

/// Daily, once for all servers together.
///
/// # Errors
/// Never for this rhythm; the type is the schedule's.
pub fn schedule() -> Result<Schedule, Problem> {
    Schedule::every(TimeDelta::days(1), &VerifyLog {})
}

/// Verifies and keeps the result.
///
/// # Errors
/// The database's, or a checkpoint outside that cannot be read. What is wrong with the log is in the result.
pub async fn run(cx: &Cx, log: &Log) -> Result<Run, Problem> {
    let outside = log.outside.read().map_err(Problem::internal)?;
    let report = d06_audit::verify(&log.db, &log.key, outside.as_deref()).await?;
    let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let run = Run {
        at: cx.now(),
        size: report.size,
        waiting: report.waiting,
        findings: count(report.findings.len()),
        erased: count(report.erased.len()),
        faults: report.findings.iter().take(FAULTS_KEPT).map(line).collect(),
        outside: outside.is_some(),
    };
    let tx = log.db.begin().await?;
    run::add(cx, &tx, &run).await?;
    tx.commit().await?;
    Ok(run)
}

fn line(finding: &Finding) -> FaultLine {
    FaultLine { fault: name(finding.fault).to_owned(), place: finding.place, entry: finding.entry }
}

/// The name of a fault in the texts: `audit-fault-` and this.
fn name(fault: Fault) -> &'static str {
    match fault {
        Fault::Altered => "altered",
        Fault::ColumnAltered => "column-altered",
        Fault::Removed => "removed",
        Fault::PlaceRemoved => "place-removed",
        Fault::PlaceAltered => "place-altered",
        Fault::CheckpointForged => "checkpoint-forged",
        Fault::RootDiffers => "root-differs",
        Fault::TileAltered => "tile-altered",
        Fault::CheckpointRemoved => "checkpoint-removed",
        Fault::PublishedDiffers => "published-differs",
    }
}
