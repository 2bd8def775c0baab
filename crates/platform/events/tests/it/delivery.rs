//! At least once in the queue, exactly once in the subscriber's tables.

use crate::ledger::{lines, migrations, publish_one, set_up};
use chrono::TimeDelta;
use d06_events::{Bus, Delivery};
use d06_jobs::{Workers, enqueue, queue_state};
use d06_testkit::both;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_failed_delivery_leaves_nothing_and_comes_again() {
    both(migrations, |t| async move {
        let (ledger, bus, workers) = set_up(&t);
        ledger.failures.store(2, Ordering::SeqCst);
        publish_one(&t, &bus, "dossier.submitted").await;
        for expected in [0, 0, 1] {
            assert_eq!(workers.run_due().await, 1);
            assert_eq!(lines(&t).await, expected);
            t.clock.advance(TimeDelta::minutes(1));
        }
        assert_eq!(ledger.prepared.load(Ordering::SeqCst), 3);
    })
    .await;
}

#[tokio::test]
async fn a_delivery_that_runs_again_does_nothing() {
    both(migrations, |t| async move {
        let (ledger, bus, workers) = set_up(&t);
        let event = publish_one(&t, &bus, "dossier.submitted").await;
        // As after a server died between the subscriber's commit and the end of the job.
        let tx = t.db.begin().await.unwrap();
        let again = Delivery { event, subscriber: "tests.ledger".to_owned() };
        enqueue(&t.cx, &tx, &again).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(workers.run_due().await, 2);
        assert_eq!(lines(&t).await, 1);
        assert_eq!(ledger.prepared.load(Ordering::SeqCst), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_at_once_write_once() {
    both(migrations, |t| async move {
        let (_, bus, one) = set_up(&t);
        for _ in 0..10 {
            let event = publish_one(&t, &bus, "dossier.submitted").await;
            let tx = t.db.begin().await.unwrap();
            enqueue(&t.cx, &tx, &Delivery { event, subscriber: "tests.ledger".to_owned() }).await.unwrap();
            tx.commit().await.unwrap();
        }
        let two = Workers::new(t.db.clone(), t.cx.clone(), bus.handlers(&t.db));
        tokio::join!(tokio::spawn(async move { one.run_due().await }), async move { two.run_due().await })
            .0
            .unwrap();
        assert_eq!(lines(&t).await, 10);
        assert_eq!(queue_state(&t.db.read().await.unwrap()).await.unwrap(), Default::default());
    })
    .await;
}

#[tokio::test]
async fn a_subscriber_that_is_gone_is_told() {
    both(migrations, |t| async move {
        let (_, bus, _) = set_up(&t);
        publish_one(&t, &bus, "dossier.submitted").await;
        let workers = Workers::new(t.db.clone(), t.cx.clone(), Bus::default().handlers(&t.db));
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(queue_state(&t.db.read().await.unwrap()).await.unwrap().dead, 1);
    })
    .await;
}
