//! Moves SQLite's write-ahead log into the file beside the writers, so that none of them has to.
//!
//! By itself SQLite does this in the commit that makes the log longer than a thousand pages: that writer, and all
//! who queue behind it, wait for two flushes and some megabytes of writing. Here a task with a connection of its own
//! does it every second, without keeping anybody waiting (`PASSIVE`). While writers never pause, the log cannot be
//! begun anew and grows; when it is long, the task takes a writer's turn and finishes the little that is left.
//!
//! Source: SQLite, "Write-Ahead Logging", section "Avoiding Excessively Large WAL Files".

use crate::group::WeakWriters;
use sea_orm::sqlx::sqlite::SqlitePool;
use sea_orm::sqlx::{self, Row};
use std::time::Duration;

/// How often the log is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Pages of 4 KiB from which on the log is begun anew at the cost of a short wait for writers.
const LONG: i64 = 16_384;

/// Works until the pool is closed or nobody can write any more.
pub(crate) async fn run(pool: SqlitePool, writers: WeakWriters) {
    loop {
        tokio::time::sleep(EVERY).await;
        let Some(writers) = writers.upgrade() else { break };
        if pool.is_closed() {
            break;
        }
        if !writers.written_since_last_asked() {
            continue;
        }
        let length = match passive(&pool).await {
            Ok(length) => length,
            Err(error) => {
                tracing::warn!(%error, "the write-ahead log was not moved into the database");
                continue;
            }
        };
        if length > LONG {
            let pause = writers.pause().await;
            let finished = passive(&pool).await;
            drop(pause);
            if let Err(error) = finished {
                tracing::warn!(%error, pages = length, "the write-ahead log stays long");
            }
        }
    }
}

/// Moves what can be moved without waiting. Gives the length of the log in pages.
async fn passive(pool: &SqlitePool) -> Result<i64, sqlx::Error> {
    let row = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(pool).await?;
    row.try_get::<i64, _>(1)
}
