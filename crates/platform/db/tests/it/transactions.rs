//! A transaction that is dropped leaves nothing behind: no row, no lock, no lost connection.

use crate::room::{self, Entity, migrations};
use d06_db::sea_orm::{ConnectionTrait, EntityTrait};
use d06_testkit::both;
use std::time::Duration;

#[tokio::test]
async fn a_dropped_transaction_gives_its_connection_back() {
    both(migrations, |t| async move {
        // More often than there are connections.
        for n in 0..50 {
            let tx = t.db.begin().await.unwrap();
            room::add(&tx, room::room(&t.cx, &format!("{n}"))).await.unwrap();
            drop(tx);
        }
        assert!(Entity::find().all(&t.db.read().await.unwrap()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_abandoned_request_does_not_keep_the_writer() {
    both(migrations, |t| async move {
        let held = t.db.begin().await.unwrap();
        for n in 1..20_u64 {
            // Given up while waiting for the writer, or in the middle of its work.
            let work = async {
                let tx = t.db.begin().await.unwrap();
                room::add(&tx, room::room(&t.cx, &format!("{n}"))).await.unwrap();
                tx.commit().await.unwrap();
            };
            let _ = tokio::time::timeout(Duration::from_micros(n * 20), work).await;
        }
        drop(held);
        let tx = tokio::time::timeout(Duration::from_secs(2), t.db.begin()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_error_in_a_transaction_does_not_spoil_the_next() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        assert!(tx.execute_unprepared("SELECT nonsense FROM nowhere").await.is_err());
        drop(tx);
        let tx = t.db.begin().await.unwrap();
        room::add(&tx, room::room(&t.cx, "A1")).await.unwrap();
        tx.commit().await.unwrap();
        room::by_code(&t.db.read().await.unwrap(), "A1").await;
    })
    .await;
}

#[tokio::test]
async fn a_read_sees_one_state_and_cannot_write() {
    both(migrations, |t| async move {
        let read = t.db.read().await.unwrap();
        assert!(Entity::find().all(&read).await.unwrap().is_empty());
        let tx = t.db.begin().await.unwrap();
        room::add(&tx, room::room(&t.cx, "A1")).await.unwrap();
        tx.commit().await.unwrap();
        assert!(Entity::find().all(&read).await.unwrap().is_empty());
        assert!(room::add(&read, room::room(&t.cx, "A2")).await.is_err());
        drop(read);
        assert_eq!(Entity::find().all(&t.db.read().await.unwrap()).await.unwrap().len(), 1);
    })
    .await;
}
