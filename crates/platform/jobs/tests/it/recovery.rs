//! A server that dies in the middle of a job loses nothing.

use crate::counter::{Count, enqueue_one, workers};
use chrono::TimeDelta;
use d06_jobs::{Handler, Job, JobError, Workers, migrations, queue_state};
use d06_kernel::Cx;
use d06_testkit::both;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Begins and never ends.
struct Stuck(Arc<Notify>);

#[async_trait::async_trait]
impl Handler for Stuck {
    fn kind(&self) -> &'static str {
        Count::KIND
    }

    async fn run(&self, _: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        self.0.notify_one();
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_job_of_a_dead_server_runs_when_its_lease_ends() {
    both(migrations, |t| async move {
        enqueue_one(&t).await;
        let begun = Arc::new(Notify::new());
        let dying = Workers::new(t.db.clone(), t.cx.clone(), vec![Arc::new(Stuck(begun.clone()))]);
        let server = tokio::spawn(dying.run(std::future::pending()));
        begun.notified().await;
        // As `kill -9`: nothing is given back.
        server.abort();
        let _ = server.await;

        let (workers, counter) = workers(&t);
        assert_eq!(workers.run_due().await, 0);
        t.clock.advance(TimeDelta::seconds(31));
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(counter.runs(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_kills_its_server_each_time_dies() {
    both(migrations, |t| async move {
        enqueue_one(&t).await;
        for _ in 0..Workers::ATTEMPTS {
            let begun = Arc::new(Notify::new());
            let dying = Workers::new(t.db.clone(), t.cx.clone(), vec![Arc::new(Stuck(begun.clone()))]);
            let server = tokio::spawn(dying.run(std::future::pending()));
            begun.notified().await;
            server.abort();
            let _ = server.await;
            t.clock.advance(TimeDelta::seconds(31));
        }
        let (workers, counter) = workers(&t);
        assert_eq!(workers.run_due().await, 0);
        assert_eq!(counter.runs(), 0);
        assert_eq!(queue_state(&t.db.read().await.unwrap()).await.unwrap().dead, 1);
    })
    .await;
}

#[tokio::test]
async fn a_living_server_keeps_its_job() {
    both(migrations, |t| async move {
        enqueue_one(&t).await;
        let begun = Arc::new(Notify::new());
        let slow = Workers::new(t.db.clone(), t.cx.clone(), vec![Arc::new(Stuck(begun.clone()))]);
        let server = tokio::spawn(slow.run(std::future::pending()));
        begun.notified().await;
        t.clock.advance(TimeDelta::seconds(20));
        tokio::time::sleep(Duration::from_millis(1_500)).await; // it looks at the clock each second
        t.clock.advance(TimeDelta::seconds(20));
        let (workers, _) = workers(&t);
        assert_eq!(workers.run_due().await, 0);
        server.abort();
    })
    .await;
}

#[test]
fn kinds_are_stable() {
    assert_eq!(Count::KIND, "tests.count");
}
