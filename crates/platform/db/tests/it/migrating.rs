//! Migrations: on one connection, each whole or not at all, once even when servers start together.

use crate::room::{self, migrations};
use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm::{ConnectionTrait, DbErr, EntityTrait};
use d06_db::sea_orm_migration::{MigrationTrait, SchemaManager};
use d06_db::{Backend, Db};
use d06_testkit::both;
use std::future::Future;
use std::pin::Pin;

fn fails(_: &SchemaManager<'_>) -> Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send>> {
    Box::pin(async { Err(DbErr::Migration("on purpose".to_owned())) })
}

fn half_a_migration() -> Vec<Box<dyn MigrationTrait>> {
    let mut list = migrations();
    let half = Stamp::new("20261121_0003_tests_half")
        .table(Table::create().table("tests_half").col(m::uuid_pk("id")));
    list.push(half.step(|manager| fails(manager)).boxed());
    list
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing() {
    both(migrations, |t| async move {
        assert_eq!(Db::migrate(&t.url, half_a_migration()).await.unwrap_err().code, "internal");
        let tx = t.db.read().await.unwrap();
        assert!(tx.execute_unprepared("SELECT id FROM tests_half").await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_start_together_migrate_once() {
    both(Vec::new, |t| async move {
        if t.db.backend() == Backend::Sqlite {
            return; // a file has one server
        }
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let url = t.url.clone();
                tokio::spawn(async move { Db::migrate(&url, migrations()).await })
            })
            .collect();
        for start in starts {
            start.await.unwrap().unwrap();
        }
        assert!(room::Entity::find().all(&t.db.read().await.unwrap()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        room::add(&tx, room::room(&t.cx, "A1")).await.unwrap();
        tx.commit().await.unwrap();
        Db::migrate(&t.url, migrations()).await.unwrap();
        assert_eq!(room::Entity::find().all(&t.db.read().await.unwrap()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_name_used_twice_is_refused() {
    both(Vec::new, |t| async move {
        let list = migrations().into_iter().chain(migrations()).collect();
        assert_eq!(Db::migrate(&t.url, list).await.unwrap_err().code, "database.migration-name-twice");
    })
    .await;
}

#[tokio::test]
async fn addresses_that_cannot_work_are_refused() {
    assert_eq!(Db::open("sqlite::memory:").await.unwrap_err().code, "database.in-memory");
    assert_eq!(Db::open("mysql://localhost/x").await.unwrap_err().code, "database.unknown-scheme");
    assert_eq!(Db::open("sqlite:///no/such/folder/x.db").await.unwrap_err().code, "database.unreachable");
}
