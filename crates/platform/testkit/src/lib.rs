#![doc = include_str!("../README.md")]
#![allow(clippy::panic, reason = "a test that cannot get its database has failed")]

mod cluster;
mod installed;
mod template;

pub use cluster::{ClusterError, ClusterKind, cluster_url, start_cluster, stop_cluster};

use chrono::NaiveDate;
use d06_db::sea_orm_migration::MigrationTrait;
use d06_db::{Backend, Db, DbOptions, Synchronous};
use d06_kernel::Cx;
use d06_kernel::cx::Randomness;
use d06_kernel::time::{Moment, SetClock, from_local};
use std::future::Future;
use std::sync::Arc;

/// A fresh, migrated database and what a test acts with.
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// A context of the platform itself; `cx.acting_as(…)` for a person.
    pub cx: Cx,
    /// The clock behind `cx`.
    pub clock: SetClock,
    /// Where the database is, for a test that opens it a second time.
    pub url: String,
}

/// Runs `body` twice, on a fresh SQLite file and on a fresh PostgreSQL database, both migrated.
///
/// # Panics
/// When a database cannot be had (PostgreSQL is not installed, the disk is full).
pub async fn both<M, B, F>(migrations: M, body: B)
where
    M: Fn() -> Vec<Box<dyn MigrationTrait>>,
    B: Fn(TestDb) -> F,
    F: Future<Output = ()>,
{
    on(Backend::Sqlite, &migrations, &body).await;
    on(Backend::Postgres, &migrations, &body).await;
}

/// Runs `body` on a fresh database of one kind, for what only one kind has.
///
/// # Panics
/// As [`both`].
pub async fn on<M, B, F>(backend: Backend, migrations: &M, body: &B)
where
    M: Fn() -> Vec<Box<dyn MigrationTrait>>,
    B: Fn(TestDb) -> F,
    F: Future<Output = ()>,
{
    // Shown by the test runner when the body fails: which database it was.
    eprintln!("on {backend:?}");
    let fresh = match template::fresh(backend, migrations).await {
        Ok(fresh) => fresh,
        Err(error) => panic!("no test database: {error}"),
    };
    let options = DbOptions { synchronous: Synchronous::Off, readers: 4, writers: 16 };
    let db = match Db::open_with(fresh.url(), &options).await {
        Ok(db) => db,
        Err(problem) => panic!("the test database does not open: {problem:?}"),
    };
    let clock = SetClock::at(monday_morning());
    let cx = Cx::system("test", Arc::new(clock.clone()), Randomness::seeded([6; 32]));
    body(TestDb { db: db.clone(), cx, clock, url: fresh.url().to_owned() }).await;
    if let Err(problem) = db.close().await {
        panic!("the test database does not close: {problem:?}");
    }
    fresh.remove().await;
}

/// Monday, 15 June 2026, 09:00 in Việt Nam.
pub fn monday_morning() -> Moment {
    NaiveDate::from_ymd_opt(2026, 6, 15)
        .and_then(|day| day.and_hms_opt(9, 0, 0))
        .map(from_local)
        .unwrap_or_default()
}
