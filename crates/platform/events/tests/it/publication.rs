//! An event exists if and only if its transaction committed.

use crate::ledger::{lines, migrations, publish_one, set_up, submitted};
use d06_events::{EventFilter, count, publish};
use d06_testkit::both;

#[tokio::test]
async fn a_rolled_back_event_never_happened() {
    both(migrations, |t| async move {
        let (_, bus, workers) = set_up(&t);
        let tx = t.db.begin().await.unwrap();
        publish(&t.cx, &tx, &bus, submitted("dossier.submitted")).await.unwrap();
        drop(tx);
        assert_eq!(workers.run_due().await, 0);
        let tx = t.db.read().await.unwrap();
        assert_eq!(count(&tx, &EventFilter::default()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn only_the_kinds_asked_for_are_delivered() {
    both(migrations, |t| async move {
        let (_, bus, workers) = set_up(&t);
        publish_one(&t, &bus, "dossier.submitted").await;
        publish_one(&t, &bus, "dossier.returned").await;
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(lines(&t).await, 1);
    })
    .await;
}
