//! Dead jobs, and the state of the queue, for people.

use crate::enqueue::TOPIC;
use crate::entity::job::{Column, DEAD, Entity, Model, READY, RUNNING};
use d06_db::sea_orm::sea_query::Expr;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::id::JobId;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use serde::Serialize;

/// A job that failed for good. Its payload is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadJob {
    /// The job.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i32,
    /// The code of the last problem.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: Moment,
}

impl From<Model> for DeadJob {
    fn from(job: Model) -> Self {
        Self {
            id: JobId(job.id),
            kind: job.kind,
            attempts: job.attempts,
            last_error: job.last_error,
            created_at: job.created_at,
        }
    }
}

/// The dead jobs, newest first.
///
/// # Errors
/// A wrong page request, or the database's error.
pub async fn list_dead(tx: &Tx, request: &PageRequest) -> Result<Page<DeadJob>, Problem> {
    let dead = Entity::find().filter(Column::State.eq(DEAD));
    let page = page_by_id(dead, Column::Id, |job| job.id, request, Direction::Newest, tx).await?;
    Ok(page.map(DeadJob::from))
}

/// Gives a dead job all its attempts anew.
///
/// # Errors
/// Not found when there is no such dead job.
pub async fn retry_dead(cx: &Cx, tx: &Tx, id: JobId) -> Result<(), Problem> {
    let revived = Entity::update_many()
        .col_expr(Column::State, Expr::val(READY))
        .col_expr(Column::Attempts, Expr::val(0))
        .col_expr(Column::RunAt, Expr::val(cx.now()))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(DEAD));
    if revived.exec(tx).await.or_problem()?.rows_affected == 0 {
        return Err(Problem::not_found());
    }
    tx.signal(TOPIC);
    Ok(())
}

/// How many jobs there are, for the metrics page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QueueState {
    /// Waiting, for their moment or for a worker.
    pub ready: u64,
    /// With a worker.
    pub running: u64,
    /// Failed for good: somebody should look.
    pub dead: u64,
}

/// Counts the jobs.
///
/// # Errors
/// The database's.
pub async fn queue_state(tx: &Tx) -> Result<QueueState, Problem> {
    let count =
        async |state: &str| Entity::find().filter(Column::State.eq(state)).count(tx).await.or_problem();
    Ok(QueueState { ready: count(READY).await?, running: count(RUNNING).await?, dead: count(DEAD).await? })
}
