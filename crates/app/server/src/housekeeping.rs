//! Housekeeping beside the requests.

use d06_http::Platform;
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
