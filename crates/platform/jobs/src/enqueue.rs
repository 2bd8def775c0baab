//! Putting jobs into the queue, in the caller's transaction: the job exists if and only if the change that
//! needs it does.

use crate::entity::job::{Column, Entity, READY};
use crate::job::Job;
use d06_db::sea_orm::sea_query::{OnConflict, Query, SimpleExpr};
use d06_db::sea_orm::{ConnectionTrait, DbErr, EntityName};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::JobId;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use uuid::Uuid;

/// The topic that wakes the workers of this process when a job is committed.
pub(crate) const TOPIC: &str = "jobs";

/// Enqueues a job to be run at once after the commit.
///
/// # Errors
/// The payload cannot be written as JSON, or the database's error.
pub async fn enqueue<J: Job>(cx: &Cx, tx: &Tx, job: &J) -> Result<JobId, Problem> {
    insert(cx, tx, job, cx.now(), None).await
}

/// Enqueues a job to be run at a moment, or soon after.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_at<J: Job>(cx: &Cx, tx: &Tx, job: &J, at: Moment) -> Result<JobId, Problem> {
    insert(cx, tx, job, at, None).await
}

/// Enqueues a job unless one of its kind with the same key waits or runs; then that one's id comes back. If
/// that one runs at this moment, it runs once more when it has finished, since it may already have read what
/// has now changed.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_unique<J: Job>(cx: &Cx, tx: &Tx, job: &J, key: &str) -> Result<JobId, Problem> {
    insert(cx, tx, job, cx.now(), Some(key)).await
}

async fn insert<J: Job>(
    cx: &Cx,
    tx: &Tx,
    job: &J,
    at: Moment,
    unique_key: Option<&str>,
) -> Result<JobId, Problem> {
    let payload = serde_json::to_value(job).map_err(Problem::internal)?;
    insert_value(cx, tx, J::KIND, payload, at, unique_key).await
}

/// Inserts one job in one statement.
pub(crate) async fn insert_value(
    cx: &Cx,
    tx: &Tx,
    kind: &str,
    payload: serde_json::Value,
    at: Moment,
    unique_key: Option<&str>,
) -> Result<JobId, Problem> {
    let now = cx.now();
    let id: Uuid = cx.new_id();
    let row: Vec<(Column, SimpleExpr)> = vec![
        (Column::Id, id.into()),
        (Column::Kind, kind.into()),
        (Column::Payload, payload.into()),
        (Column::UniqueKey, unique_key.map(str::to_owned).into()),
        (Column::State, READY.into()),
        (Column::RunAt, at.into()),
        (Column::Attempts, 0.into()),
        (Column::Again, false.into()),
        (Column::Request, cx.request.0.into()),
        (Column::CreatedAt, now.into()),
    ];
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let mut insert = Query::insert();
    insert.into_table(Entity.table_ref()).columns(columns);
    insert.values(values).map_err(Problem::internal)?;
    insert.returning_col(Column::Id);
    if unique_key.is_some() {
        let known =
            OnConflict::columns([Column::Kind, Column::UniqueKey]).value(Column::Again, true).to_owned();
        insert.on_conflict(known);
    }
    let inserted = tx.query_one(&insert).await.or_problem()?;
    let inserted = inserted.ok_or_else(|| Problem::internal(DbErr::RecordNotInserted))?;
    let id: Uuid = inserted.try_get("", "id").or_problem()?;
    if at <= now {
        tx.signal(TOPIC);
    }
    Ok(JobId(id))
}
