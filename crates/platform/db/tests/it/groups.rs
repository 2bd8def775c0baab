//! Writers who wait for each other are committed together, and what each is told is what happened.

use crate::room::{self, Column, Entity, migrations};
use d06_db::sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use d06_db::{Backend, Db};
use d06_kernel::{Cx, Problem};
use d06_testkit::both;

async fn add(db: Db, cx: Cx, code: String) -> Result<(), Problem> {
    let tx = db.begin().await?;
    room::add(&tx, room::room(&cx, &code)).await.unwrap();
    tx.commit().await
}

async fn stands(db: &Db, code: &str) -> bool {
    let read = db.read().await.unwrap();
    Entity::find().filter(Column::Code.eq(code)).one(&read).await.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_commit_said_stands_is_seen_by_the_next_read() {
    both(migrations, |t| async move {
        let held = t.db.begin().await.unwrap();
        let writers: Vec<_> =
            (0..40).map(|n| tokio::spawn(add(t.db.clone(), t.cx.clone(), format!("{n}")))).collect();
        tokio::task::yield_now().await;
        drop(held);
        for (n, writer) in writers.into_iter().enumerate() {
            writer.await.unwrap().unwrap();
            assert!(stands(&t.db, &n.to_string()).await, "{n}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_that_gives_up_takes_nobody_along() {
    both(migrations, |t| async move {
        let held = t.db.begin().await.unwrap();
        let writers: Vec<_> = (0..20)
            .map(|n: u32| {
                let (db, cx) = (t.db.clone(), t.cx.clone());
                tokio::spawn(async move {
                    let tx = db.begin().await.unwrap();
                    room::add(&tx, room::room(&cx, &n.to_string())).await.unwrap();
                    if n.is_multiple_of(3) { drop(tx) } else { tx.commit().await.unwrap() }
                })
            })
            .collect();
        drop(held);
        for writer in writers {
            writer.await.unwrap();
        }
        for n in 0..20_u32 {
            assert_eq!(stands(&t.db, &n.to_string()).await, !n.is_multiple_of(3), "{n}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_commit_that_nobody_waits_for_any_more_is_still_whole() {
    both(migrations, |t| async move {
        for n in 0..30_u64 {
            let (first, second) = (format!("{n}a"), format!("{n}b"));
            let work = async {
                let tx = t.db.begin().await.unwrap();
                room::add(&tx, room::room(&t.cx, &first)).await.unwrap();
                room::add(&tx, room::room(&t.cx, &second)).await.unwrap();
                tx.commit().await.unwrap();
            };
            let _given_up = tokio::time::timeout(std::time::Duration::from_micros(n * 60), work).await;
            // The next writer comes after it on SQLite; on PostgreSQL its end may still be under way, so that both are
            // looked at in one moment.
            add(t.db.clone(), t.cx.clone(), format!("{n}c")).await.unwrap();
            let read = t.db.read().await.unwrap();
            let there =
                Entity::find().filter(Column::Code.is_in([&first, &second])).all(&read).await.unwrap();
            assert!([0, 2].contains(&there.len()), "{n}: one of two rows");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_is_told_to_everyone_whose_work_it_took() {
    both(migrations, |t| async move {
        if t.db.backend() != Backend::Sqlite {
            return;
        }
        let first = t.db.begin().await.unwrap();
        // Queues behind the first, so that both are in one group, and finds the disk full.
        let (db, cx) = (t.db.clone(), t.cx.clone());
        let second = tokio::spawn(async move {
            let tx = db.begin().await.unwrap();
            tx.execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
            let long = "x".repeat(10_000_000);
            let row = room::Model { search_key: long, ..room::room(&cx, "big") };
            let refused = room::add(&tx, row).await.is_err();
            tx.execute_unprepared("PRAGMA max_page_count = 1000000").await.unwrap();
            refused
        });
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        room::add(&first, room::room(&t.cx, "small")).await.unwrap();
        let told = first.commit().await;
        assert!(second.await.unwrap(), "the disk was not full");
        assert_eq!(told.is_ok(), stands(&t.db, "small").await);
        add(t.db.clone(), t.cx.clone(), "after".to_owned()).await.unwrap();
        assert!(stands(&t.db, "after").await && !stands(&t.db, "big").await);
    })
    .await;
}
