//! A job exists if and only if its transaction committed.

use crate::counter::{Count, enqueue_one, workers};
use d06_jobs::{enqueue, enqueue_at, migrations, queue_state};
use d06_testkit::both;

#[tokio::test]
async fn a_rolled_back_job_never_runs() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        let tx = t.db.begin().await.unwrap();
        enqueue(&t.cx, &tx, &Count { by: 1 }).await.unwrap();
        drop(tx);
        assert_eq!(workers.run_due().await, 0);
        enqueue_one(&t).await;
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(counter.runs(), 1);
        assert_eq!(queue_state(&t.db.read().await.unwrap()).await.unwrap(), Default::default());
    })
    .await;
}

#[tokio::test]
async fn a_job_waits_for_its_moment() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        let tx = t.db.begin().await.unwrap();
        let at = t.cx.now() + chrono::TimeDelta::hours(1);
        enqueue_at(&t.cx, &tx, &Count { by: 1 }, at).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(workers.run_due().await, 0);
        t.clock.set(at);
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(counter.runs(), 1);
    })
    .await;
}
