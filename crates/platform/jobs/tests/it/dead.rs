//! Dead jobs are kept, listed and retried.

use crate::counter::{enqueue_one, workers};
use d06_db::PageRequest;
use d06_jobs::{JobError, Workers, list_dead, migrations, queue_state, retry_dead};
use d06_kernel::Problem;
use d06_kernel::id::JobId;
use d06_testkit::both;

#[tokio::test]
async fn a_dead_job_is_listed_and_retried() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        counter.answers(|_| Err(JobError::Dead(Problem::invalid("tests.hopeless"))));
        enqueue_one(&t).await;
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(workers.run_due().await, 0);

        let tx = t.db.begin().await.unwrap();
        let dead = list_dead(&tx, &PageRequest::default()).await.unwrap().items;
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].attempts, dead[0].last_error.as_deref()), (1, Some("tests.hopeless")));
        retry_dead(&t.cx, &tx, dead[0].id).await.unwrap();
        assert_eq!(retry_dead(&t.cx, &tx, dead[0].id).await.unwrap_err().code, "not-found");
        assert_eq!(retry_dead(&t.cx, &tx, t.cx.new_id::<JobId>()).await.unwrap_err().code, "not-found");
        tx.commit().await.unwrap();

        counter.succeeds();
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(counter.runs(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_always_fails_dies_in_the_end() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        counter.answers(|_| Err(Problem::unavailable("tests.down").into()));
        enqueue_one(&t).await;
        for _ in 0..Workers::ATTEMPTS {
            assert_eq!(workers.run_due().await, 1);
            t.clock.advance(chrono::TimeDelta::hours(2));
        }
        assert_eq!(workers.run_due().await, 0);
        assert_eq!(queue_state(&t.db.read().await.unwrap()).await.unwrap().dead, 1);
    })
    .await;
}
