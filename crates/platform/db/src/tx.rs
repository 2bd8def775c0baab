//! The transaction that every operation works in.

use crate::backend::Backend;
use crate::group::Member;
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
    inner: Inner,
    raised: Mutex<BTreeSet<&'static str>>,
    signals: Signals,
}

#[derive(Debug)]
enum Inner {
    Alone(DatabaseTransaction),
    InGroup(Member),
}

impl Tx {
    /// A transaction that has its connection for itself.
    pub(crate) fn alone(inner: DatabaseTransaction, signals: Signals) -> Self {
        Self { inner: Inner::Alone(inner), raised: Mutex::default(), signals }
    }

    /// A transaction that is committed together with others.
    pub(crate) fn in_group(member: Member, signals: Signals) -> Self {
        Self { inner: Inner::InGroup(member), raised: Mutex::default(), signals }
    }

    fn connection(&self) -> Result<&DatabaseTransaction, DbErr> {
        match &self.inner {
            Inner::Alone(transaction) => Ok(transaction),
            Inner::InGroup(member) => member.savepoint(),
        }
    }

    /// Makes everything done in this transaction last, then wakes the listeners of the topics it raised.
    ///
    /// # Errors
    /// The database could not commit; nothing of the transaction remains.
    pub async fn commit(self) -> Result<(), Problem> {
        match self.inner {
            Inner::Alone(transaction) => transaction.commit().await.map_err(problem)?,
            Inner::InGroup(member) => member.commit().await?,
        }
        for topic in self.raised.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.signals.raise(topic);
        }
        Ok(())
    }

    /// The kind of database.
    pub fn backend(&self) -> Backend {
        self.get_database_backend().into()
    }

    /// Asks to wake the [`Listener`](crate::Listener)s of `topic` if and when this transaction commits.
    pub fn signal(&self, topic: &'static str) {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).insert(topic);
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        match &self.inner {
            Inner::Alone(transaction) => transaction.get_database_backend(),
            Inner::InGroup(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.connection()?.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.connection()?.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.connection()?.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.connection()?.query_all_raw(statement).await
    }
}
