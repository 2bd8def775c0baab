//! Group commit on SQLite: transactions that waited for each other share one wait for the disk.
//!
//! With `synchronous = FULL` a commit costs a flush of the disk, some tenths of a millisecond on a good one and
//! many milliseconds on a busy one, and SQLite has one writer. So the writers that queue while one works join it:
//! each works in a savepoint of its own inside one SQLite transaction, one after the other, and they are committed
//! together (DeWitt et al., "Implementation techniques for main memory database systems", SIGMOD 1984, §5).
//! [`Tx::commit`](crate::Tx::commit) returns after that commit, so durability is what it was; only the waiting is
//! shared. PostgreSQL does the same by itself.
//!
//! Who belongs to a group is decided by one queue. The writer that opens a group puts the group's *closer* into
//! the queue at once; whoever stood before the closer is in the group. So a group is closed soon, whatever its
//! members do, give up or fail in.
//!
//! An error may make SQLite roll back more than the savepoint (disk full, I/O error). A group in which anything
//! was rolled back is therefore closed before the next writer begins: if SQLite has thrown the whole transaction
//! away, the closing commit fails, and everyone who waits for it is told so.

use crate::problem::problem;
use d06_kernel::Problem;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// How long a writer waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// The one writer of a SQLite file and those who queue for it. Cloning shares the queue.
#[derive(Clone, Debug)]
pub(crate) struct Writers {
    pool: DatabaseConnection,
    queue: Arc<Queue>,
}

/// [`Writers`] that do not keep the database open.
pub(crate) struct WeakWriters {
    pool: DatabaseConnection,
    queue: Weak<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    turn: Arc<Mutex<Option<Group>>>,
    written: AtomicBool,
}

/// The open SQLite transaction, and who waits for its commit.
#[derive(Debug)]
struct Group {
    transaction: DatabaseTransaction,
    members: Vec<oneshot::Sender<Result<(), Arc<DbErr>>>>,
    /// Something was rolled back: nobody may join any more.
    spoiled: bool,
}

/// A writer whose turn it is: a savepoint in the open group. Dropped, it rolls back to it.
#[derive(Debug)]
pub(crate) struct Member {
    // Dropped first: the rollback is queued before the turn passes on.
    savepoint: Option<DatabaseTransaction>,
    turn: Option<OwnedMutexGuard<Option<Group>>>,
}

impl Writers {
    /// Writers over a pool of one connection.
    pub(crate) fn new(pool: DatabaseConnection) -> Self {
        Self { pool, queue: Arc::default() }
    }

    /// Waits for the turn and begins.
    pub(crate) async fn begin(&self) -> Result<Member, Problem> {
        let turn = tokio::time::timeout(PATIENCE, self.queue.turn.clone().lock_owned());
        let mut turn = turn.await.map_err(|_| Problem::unavailable("database.busy"))?;
        if turn.as_ref().is_some_and(|group| group.spoiled) {
            close(&mut turn).await;
        }
        if turn.is_none() {
            *turn = Some(self.open().await?);
        }
        let group = turn.as_mut().ok_or_else(|| Problem::internal("no open group"))?;
        match group.transaction.begin().await {
            Ok(savepoint) => Ok(Member { savepoint: Some(savepoint), turn: Some(turn) }),
            Err(error) => {
                group.spoiled = true;
                Err(problem(error))
            }
        }
    }

    /// Opens a group and queues its closer.
    async fn open(&self) -> Result<Group, Problem> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.pool.begin_with_options(options).await.map_err(problem)?;
        let queue = self.queue.clone();
        tokio::spawn(async move {
            close(&mut *queue.turn.lock().await).await;
            queue.written.store(true, Ordering::Relaxed);
        });
        Ok(Group { transaction, members: Vec::new(), spoiled: false })
    }

    /// Takes a turn in which nothing is open; nobody writes until it is dropped.
    pub(crate) async fn pause(&self) -> impl Drop + Send {
        let mut turn = self.queue.turn.clone().lock_owned().await;
        close(&mut turn).await;
        turn
    }

    /// Whether a group was closed since this was last asked.
    pub(crate) fn written_since_last_asked(&self) -> bool {
        self.queue.written.swap(false, Ordering::Relaxed)
    }

    pub(crate) fn downgrade(&self) -> WeakWriters {
        WeakWriters { pool: self.pool.clone(), queue: Arc::downgrade(&self.queue) }
    }

    /// Commits what is open and closes the pool.
    pub(crate) async fn shut(&self) -> Result<(), Problem> {
        close(&mut *self.queue.turn.lock().await).await;
        self.pool.close_by_ref().await.map_err(problem)
    }
}

impl WeakWriters {
    pub(crate) fn upgrade(&self) -> Option<Writers> {
        Some(Writers { pool: self.pool.clone(), queue: self.queue.upgrade()? })
    }
}

/// Commits the open group and tells its members.
async fn close(open: &mut Option<Group>) {
    let Some(group) = open.take() else { return };
    let outcome = group.transaction.commit().await.map_err(Arc::new);
    for member in group.members {
        // A member that gave up waiting does not need to know.
        let _gone = member.send(outcome.clone());
    }
}

impl Member {
    /// The savepoint; it is there until the commit.
    pub(crate) fn savepoint(&self) -> Result<&DatabaseTransaction, DbErr> {
        self.savepoint.as_ref().ok_or_else(|| DbErr::Custom("the transaction has ended".to_owned()))
    }

    /// Keeps what was done, passes the turn on, and waits for the group's commit. A caller that gives up waiting
    /// does not stop it.
    pub(crate) async fn commit(mut self) -> Result<(), Problem> {
        let (say, hear) = oneshot::channel();
        let (savepoint, turn) = (self.savepoint.take(), self.turn.take());
        tokio::spawn(async move {
            let (Some(savepoint), Some(mut turn)) = (savepoint, turn) else { return };
            let kept = savepoint.commit().await;
            let Some(group) = turn.as_mut() else { return };
            match kept {
                Ok(()) => group.members.push(say),
                Err(error) => {
                    group.spoiled = true;
                    let _gone = say.send(Err(Arc::new(error)));
                }
            }
        });
        match hear.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(told(error)),
            Err(_) => Err(Problem::unavailable("database.closed")),
        }
    }
}

/// The error of a commit that several share.
fn told(error: Arc<DbErr>) -> Problem {
    match Arc::try_unwrap(error) {
        Ok(own) => problem(own),
        Err(shared) => problem(DbErr::Custom(shared.to_string())),
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        if self.savepoint.take().is_some()
            && let Some(group) = self.turn.as_mut().and_then(|turn| turn.as_mut())
        {
            group.spoiled = true;
        }
    }
}
