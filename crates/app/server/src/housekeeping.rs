//! Housekeeping beside the requests.

use chrono::TimeDelta;
use d06_db::Db;
use d06_files::Files;
use d06_http::Platform;
use d06_jobs::{Handler, Job, JobError, Schedule};
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::interval;

/// How often expired sessions are removed.
const SESSIONS_EVERY: Duration = Duration::from_secs(600);

/// Removes expired sessions until the platform stops.
pub(crate) async fn sweep_sessions(platform: Platform, mut stop: watch::Receiver<bool>) {
    let mut ticks = interval(SESSIONS_EVERY);
    loop {
        tokio::select! { _ = ticks.tick() => {}, _ = stop.changed() => return }
        let cx = platform.system_cx("sessions");
        let swept = async {
            let tx = platform.db.begin().await?;
            platform.sessions.sweep(&cx, &tx).await?;
            tx.commit().await
        };
        if let Err(problem) = swept.await {
            tracing::warn!(code = problem.code, "expired sessions stay for now");
        }
    }
}

/// Removes contents that no file has and pieces of uploads that nobody will finish.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct CollectGarbage {}

impl Job for CollectGarbage {
    const KIND: &'static str = "files.collect-garbage";
}

/// Does that job, once a day for all servers together.
pub(crate) struct GarbageCollector {
    pub(crate) files: Files,
    pub(crate) db: Db,
}

impl GarbageCollector {
    /// Daily.
    pub(crate) fn schedule() -> Result<Schedule, Problem> {
        Schedule::every(TimeDelta::days(1), &CollectGarbage {})
    }
}

#[async_trait::async_trait]
impl Handler for GarbageCollector {
    fn kind(&self) -> &'static str {
        CollectGarbage::KIND
    }

    async fn run(&self, cx: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        let collected = self.files.collect_garbage(cx, &self.db).await?;
        tracing::info!(
            blobs = collected.blobs,
            parts = collected.parts,
            uploads = collected.uploads,
            "garbage collected"
        );
        Ok(())
    }
}
