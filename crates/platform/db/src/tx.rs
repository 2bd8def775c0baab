//! The transaction that every operation works in.

use crate::backend::Backend;
use crate::problem::problem;
use crate::signal::Signals;
use d06_kernel::Problem;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A transaction. SeaORM takes it wherever it wants a connection: `Entity::find().all(&tx)`.
///
/// Dropping it without [`commit`](Self::commit) rolls back and gives the connection back to its pool.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    raised: Mutex<BTreeSet<&'static str>>,
    signals: Signals,
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction, signals: Signals) -> Self {
        Self { inner, raised: Mutex::default(), signals }
    }

    /// Makes everything done in this transaction last, then wakes the listeners of the topics it raised.
    ///
    /// # Errors
    /// The database could not commit; nothing of the transaction remains.
    pub async fn commit(self) -> Result<(), Problem> {
        self.inner.commit().await.map_err(problem)?;
        for topic in self.raised.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.signals.raise(topic);
        }
        Ok(())
    }

    /// The kind of database.
    pub fn backend(&self) -> Backend {
        self.inner.get_database_backend().into()
    }

    /// Asks to wake the [`Listener`](crate::Listener)s of `topic` if and when this transaction commits.
    pub fn signal(&self, topic: &'static str) {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).insert(topic);
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(statement).await
    }
}
