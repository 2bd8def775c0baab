//! Opening a database and beginning transactions.
//!
//! There are two pools. On SQLite the writers' pool has exactly one connection, so that writers queue fairly
//! in the program instead of fighting for the file's lock, and the readers' connections refuse to write. On
//! PostgreSQL both are ordinary pools; the readers' sessions are `READ ONLY` and `REPEATABLE READ` by
//! default.

use crate::backend::Backend;
use crate::checkpointer;
use crate::group::Writers;
use crate::problem::problem;
use crate::signal::{Listener, Signals};
use crate::tx::Tx;
use d06_kernel::Problem;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector, TransactionTrait};
use std::time::Duration;

/// How long a transaction waits for a connection, and SQLite for another process's lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a connection to a server may lie idle before it is asked whether it lives.
const UNASKED: Duration = Duration::from_secs(2);

/// SQLite pages kept by each connection, in KiB (negative in the pragma).
const SQLITE_CACHE_KIB: i32 = 16 * 1024;

/// Bytes of the SQLite file that may be read through the memory map.
const SQLITE_MMAP_BYTES: u64 = 256 * 1024 * 1024;

/// Pages from which on a commit moves the write-ahead log itself, should the checkpointer not keep up.
const SQLITE_AUTOCHECKPOINT_PAGES: u32 = 65_536;

/// When SQLite waits for the disk (`PRAGMA synchronous`); PostgreSQL has its own setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// At every commit: what was committed survives a power failure.
    #[default]
    Full,
    /// At checkpoints: survives the death of the program; a power failure may take back the last commits.
    Normal,
    /// Never: tests.
    Off,
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct DbOptions {
    /// Durability of a commit on SQLite.
    pub synchronous: Synchronous,
    /// Connections for [`Db::read`].
    pub readers: u32,
    /// Connections for [`Db::begin`] on PostgreSQL; SQLite has one.
    pub writers: u32,
}

impl Default for DbOptions {
    fn default() -> Self {
        Self { synchronous: Synchronous::Full, readers: 8, writers: 16 }
    }
}

/// An open database: the pools. Cloning is cheap and shares them.
#[derive(Clone, Debug)]
pub struct Db {
    writers: WritePool,
    readers: DatabaseConnection,
    backend: Backend,
    signals: Signals,
}

/// Where writing transactions begin.
#[derive(Clone, Debug)]
enum WritePool {
    /// One connection, whose writers commit in groups.
    Sqlite {
        writers: Writers,
        /// The connection that moves the write-ahead log into the file.
        checkpointer: SqlitePool,
    },
    Postgres(DatabaseConnection),
}

impl Db {
    /// Opens `sqlite:///path/file.db` (made if missing) or `postgres://…` with the default options. Does not
    /// migrate.
    ///
    /// # Errors
    /// The URL is not understood, or the database does not answer.
    pub async fn open(url: &str) -> Result<Self, Problem> {
        Self::open_with(url, &DbOptions::default()).await
    }

    /// Opens a database with chosen options; see [`Db::open`].
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_with(url: &str, options: &DbOptions) -> Result<Self, Problem> {
        let backend = Backend::of_url(url)?;
        let (writers, readers) = match backend {
            Backend::Sqlite => {
                let file = sqlite_options(url, options.synchronous)?;
                // The writer comes first: it makes the file and turns the write-ahead log on.
                let writer = sqlite_pool(file.clone(), 1).await?;
                let readers = sqlite_pool(file.clone().pragma("query_only", "ON"), options.readers).await?;
                let writers = Writers::new(writer);
                let checkpointer = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(file);
                tokio::spawn(checkpointer::run(checkpointer.clone(), writers.downgrade()));
                (WritePool::Sqlite { writers, checkpointer }, readers)
            }
            Backend::Postgres => {
                let server = postgres_options(url)?;
                let read_only = server.clone().options([
                    ("default_transaction_read_only", "on"),
                    ("default_transaction_isolation", "repeatable read"),
                ]);
                let writers = postgres_pool(server, options.writers).await?;
                (WritePool::Postgres(writers), postgres_pool(read_only, options.readers).await?)
            }
        };
        Ok(Self { writers, readers, backend, signals: Signals::default() })
    }

    /// Begins a transaction that may write.
    ///
    /// On SQLite there is one writer at a time and what a transaction has read stays true until it commits;
    /// transactions that waited for each other are committed together. On PostgreSQL it is `READ COMMITTED`: **a value read and then written must be
    /// guarded** by a version column in the `WHERE` of the update or by `FOR UPDATE` on the read, or a
    /// concurrent update is lost. Keep it short, and call nothing over a network while it is open.
    ///
    /// # Errors
    /// `database.busy` (unavailable) when no connection came free in ten seconds.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        match &self.writers {
            WritePool::Sqlite { writers, .. } => {
                Ok(Tx::in_group(writers.begin().await?, self.signals.clone()))
            }
            WritePool::Postgres(pool) => {
                let inner = pool.begin().await.map_err(problem)?;
                Ok(Tx::alone(inner, self.signals.clone()))
            }
        }
    }

    /// Begins a transaction that sees one unchanging state of the database and cannot write.
    /// It need not be committed: drop it.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn read(&self) -> Result<Tx, Problem> {
        let inner = self.readers.begin().await.map_err(problem)?;
        Ok(Tx::alone(inner, self.signals.clone()))
    }

    /// The kind of database.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Listens for commits in this process that raised `topic` with [`Tx::signal`].
    pub fn listen(&self, topic: &'static str) -> Listener {
        self.signals.listen(topic)
    }

    /// Closes the pools after their transactions have ended; SQLite folds its write-ahead log into the file.
    ///
    /// # Errors
    /// A connection could not be closed.
    pub async fn close(&self) -> Result<(), Problem> {
        self.readers.close_by_ref().await.map_err(problem)?;
        match &self.writers {
            WritePool::Sqlite { writers, checkpointer } => {
                checkpointer.close().await;
                writers.shut().await
            }
            WritePool::Postgres(pool) => pool.close_by_ref().await.map_err(problem),
        }
    }
}

/// The SQLite settings that every connection shares.
pub(crate) fn sqlite_options(url: &str, synchronous: Synchronous) -> Result<SqliteConnectOptions, Problem> {
    let options: SqliteConnectOptions = url.parse().map_err(bad_url)?;
    let synchronous = match synchronous {
        Synchronous::Full => SqliteSynchronous::Full,
        Synchronous::Normal => SqliteSynchronous::Normal,
        Synchronous::Off => SqliteSynchronous::Off,
    };
    Ok(options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("cache_size", format!("-{SQLITE_CACHE_KIB}"))
        .pragma("mmap_size", SQLITE_MMAP_BYTES.to_string())
        .pragma("temp_store", "MEMORY")
        .pragma("wal_autocheckpoint", SQLITE_AUTOCHECKPOINT_PAGES.to_string())
        .disable_statement_logging())
}

/// The PostgreSQL settings that every connection shares.
pub(crate) fn postgres_options(url: &str) -> Result<PgConnectOptions, Problem> {
    let options: PgConnectOptions = url.parse().map_err(bad_url)?;
    Ok(options.application_name("dean06").disable_statement_logging())
}

/// A pool over one SQLite file; its connections live as long as it.
pub(crate) async fn sqlite_pool(
    options: SqliteConnectOptions,
    connections: u32,
) -> Result<DatabaseConnection, Problem> {
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // A connection to a file does not break while it lies idle.
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(unreachable)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// A pool to a PostgreSQL server. A connection is asked whether it lives only when it has lain idle for a while: asking
/// each time would be a third of the round trips of a short transaction.
pub(crate) async fn postgres_pool(
    options: PgConnectOptions,
    connections: u32,
) -> Result<DatabaseConnection, Problem> {
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|connection, met| {
            Box::pin(async move {
                if met.idle_for >= UNASKED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(unreachable)?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

/// The URL's text may hold a password, so the cause is dropped.
fn bad_url(_: sqlx::Error) -> Problem {
    Problem::invalid("database.bad-url")
}

fn unreachable(error: sqlx::Error) -> Problem {
    Problem::unavailable("database.unreachable").caused_by(error)
}
