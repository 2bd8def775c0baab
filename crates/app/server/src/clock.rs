//! Work that is done again and again beside the requests.

use d06_audit::SigningKey;
use d06_http::Platform;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

/// How often committed audit entries get their places in the tree.
const AUDIT_EVERY: Duration = Duration::from_secs(1);

/// How often expired sessions are removed.
const SESSIONS_EVERY: Duration = Duration::from_secs(600);

/// Gives audit entries their places until the platform stops.
pub(crate) async fn integrate_audit(
    platform: Platform,
    key: Arc<SigningKey>,
    mut stop: watch::Receiver<bool>,
) {
    let mut ticks = interval(AUDIT_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut from_the_start = true;
    loop {
        let stopped = tokio::select! { _ = ticks.tick() => false, _ = stop.changed() => true };
        let cx = platform.system_cx("audit");
        match d06_audit::integrate(&cx, &platform.db, &key, from_the_start).await {
            Ok(_) => from_the_start = false,
            Err(problem) => tracing::warn!(code = problem.code, "audit entries wait for their places"),
        }
        if stopped {
            return;
        }
    }
}

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
