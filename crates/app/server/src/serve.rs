//! Runs the platform until it is told to stop.

use crate::Outcome;
use crate::compose::{Composed, compose};
use crate::housekeeping::sweep_sessions;
use d06_audit::Sequencer;
use d06_config::Settings;
use d06_jobs::Workers;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// `dean06 serve`.
pub(crate) async fn run(settings: Settings) -> Outcome {
    let composed = compose(&settings).await?;
    let listener = TcpListener::bind(settings.server.listen).await?;
    tracing::info!(listen = %settings.server.listen, "serving");
    until_stopped(composed, listener, told_to_stop()).await
}

/// Serves requests, works off jobs and keeps the audit log in order until `stop` completes; then finishes what is under
/// way.
pub(crate) async fn until_stopped(
    composed: Composed,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Outcome {
    let Composed { platform, modules, handlers, schedules, audit_key, outside } = composed;
    let (say_stop, stopping) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        // Nobody listens any more only when everything has stopped already.
        let _told = say_stop.send(true);
    });
    let cx = platform.system_cx("jobs");
    let workers = Workers::new(platform.db.clone(), cx, handlers).schedules(schedules);
    let jobs = tokio::spawn(workers.run(stopped(stopping.clone())));
    let sequencer = Sequencer::new(platform.system_cx("audit"), platform.db.clone(), audit_key);
    let audit = tokio::spawn(sequencer.publishing(outside).run(stopped(stopping.clone())));
    let sessions = tokio::spawn(sweep_sessions(platform.clone(), stopping.clone()));
    d06_http::serve(&platform, modules, listener, stopped(stopping)).await?;
    jobs.await?;
    audit.await?;
    sessions.await?;
    platform.db.close().await?;
    Ok(())
}

/// Completes when everything is to stop.
pub(crate) async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error means that the sender is gone: stop as well.
    let _told = stopping.wait_for(|stop| *stop).await;
}

/// Completes at Ctrl-C, or when the service manager asks the program to end.
pub(crate) async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
