//! A job that fails comes back later.

use crate::counter::{enqueue_one, workers};
use chrono::TimeDelta;
use d06_jobs::{JobError, migrations};
use d06_kernel::Problem;
use d06_testkit::both;

#[tokio::test]
async fn a_failed_job_waits_and_succeeds() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        counter.answers(|_| Err(Problem::unavailable("tests.down").into()));
        enqueue_one(&t).await;
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(workers.run_due().await, 0);
        counter.succeeds();
        t.clock.advance(TimeDelta::seconds(3));
        assert_eq!(workers.run_due().await, 1);
        t.clock.advance(TimeDelta::days(1));
        assert_eq!(workers.run_due().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_panics_is_retried() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        counter.answers(|_| panic!("a defect"));
        enqueue_one(&t).await;
        assert_eq!(workers.run_due().await, 1);
        t.clock.advance(TimeDelta::seconds(3));
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(counter.runs(), 2);
    })
    .await;
}

#[tokio::test]
async fn later_is_not_an_attempt() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        counter.answers(|cx| Err(JobError::Later(cx.now() + TimeDelta::minutes(5))));
        enqueue_one(&t).await;
        for _ in 0..30 {
            assert_eq!(workers.run_due().await, 1);
            t.clock.advance(TimeDelta::minutes(5));
        }
        counter.succeeds();
        assert_eq!(workers.run_due().await, 1);
    })
    .await;
}
