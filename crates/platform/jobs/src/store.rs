//! Taking jobs and giving them back.

use crate::backoff::wait_after;
use crate::entity::job::{Column, DEAD, Entity, Model, READY, RUNNING};
use crate::job::JobError;
use crate::workers::Workers;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, SimpleExpr};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, UpdateMany};
use d06_db::{DbResultExt, Tx};
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use uuid::Uuid;

/// A job that has been run, and how it ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) id: Uuid,
    pub(crate) attempts: i32,
    pub(crate) outcome: Result<(), JobError>,
}

/// Who takes jobs: a run of [`Workers`].
#[derive(Clone, Debug)]
pub(crate) struct Taker {
    pub(crate) owner: Uuid,
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) lease: chrono::TimeDelta,
}

/// Jobs whose moment has come, the longest waiting first.
fn waiting(kinds: &[&'static str], now: Moment) -> Select<Entity> {
    Entity::find()
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::State.eq(READY))
        .filter(Column::RunAt.lte(now))
        .order_by_asc(Column::RunAt)
}

/// Jobs whose worker has not renewed its lease: it died.
fn abandoned(kinds: &[&'static str], now: Moment) -> Select<Entity> {
    Entity::find()
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::State.eq(RUNNING))
        .filter(Column::LeaseUntil.lte(now))
        .order_by_asc(Column::LeaseUntil)
}

/// Whether there is anything to take.
pub(crate) async fn any_due(tx: &Tx, kinds: &[&'static str], now: Moment) -> Result<bool, Problem> {
    for due in [waiting(kinds, now), abandoned(kinds, now)] {
        let one = due.select_only().column(Column::Id).into_tuple::<Uuid>();
        if one.one(tx).await.or_problem()?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The moment the next waiting job of these kinds is to run.
pub(crate) async fn next_run_at(tx: &Tx, kinds: &[&'static str]) -> Result<Option<Moment>, Problem> {
    let next = Entity::find()
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::State.eq(READY))
        .order_by_asc(Column::RunAt)
        .select_only()
        .column(Column::RunAt)
        .into_tuple::<Moment>();
    next.one(tx).await.or_problem()
}

/// Takes up to `most` due jobs that no other server is taking (`SKIP LOCKED`) and that are not in
/// `held` already.
pub(crate) async fn take(
    cx: &Cx,
    tx: &Tx,
    taker: &Taker,
    held: &[Uuid],
    most: u64,
) -> Result<Vec<Model>, Problem> {
    let now = cx.now();
    // Two queries, each in the order of an index, so that a long queue costs no more than a short one.
    let dropped = abandoned(&taker.kinds, now).filter(Column::Id.is_not_in(held.iter().copied()));
    let mut jobs = lock_some(tx, dropped, most).await?;
    let most = most.saturating_sub(u64::try_from(jobs.len()).unwrap_or(u64::MAX));
    jobs.extend(lock_some(tx, waiting(&taker.kinds, now), most).await?);
    // A job that kills the program each time it runs must not do so for ever.
    let (worn_out, taken): (Vec<_>, Vec<_>) =
        jobs.drain(..).partition(|job| job.attempts >= Workers::ATTEMPTS && job.state == RUNNING);
    for job in worn_out {
        bury(Entity::update_many().filter(Column::Id.eq(job.id)), tx, "job.worker-died").await?;
    }
    if !taken.is_empty() {
        let lease = Entity::update_many()
            .col_expr(Column::State, Expr::val(RUNNING))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .col_expr(Column::Again, Expr::val(false))
            .col_expr(Column::LeaseOwner, Expr::val(taker.owner))
            .col_expr(Column::LeaseUntil, Expr::val(now + taker.lease))
            .filter(Column::Id.is_in(taken.iter().map(|job| job.id)));
        lease.exec(tx).await.or_problem()?;
    }
    Ok(taken.into_iter().map(|job| Model { attempts: job.attempts + 1, ..job }).collect())
}

/// Up to `most` of these jobs, locked until the transaction ends; none that another server has locked.
async fn lock_some(tx: &Tx, jobs: Select<Entity>, most: u64) -> Result<Vec<Model>, Problem> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let jobs = jobs.limit(most).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    jobs.all(tx).await.or_problem()
}

/// Prolongs the leases of jobs that are still being worked on.
pub(crate) async fn renew(cx: &Cx, tx: &Tx, taker: &Taker, held: &[Uuid]) -> Result<(), Problem> {
    let renewal = own(taker, held).col_expr(Column::LeaseUntil, Expr::val(cx.now() + taker.lease));
    renewal.exec(tx).await.or_problem()?;
    Ok(())
}

/// Records how jobs ended. What another server took over after a lease ran out is left to it.
pub(crate) async fn settle(cx: &Cx, tx: &Tx, taker: &Taker, finished: &[Finished]) -> Result<(), Problem> {
    let done: Vec<Uuid> = finished.iter().filter(|job| job.outcome.is_ok()).map(|job| job.id).collect();
    if !done.is_empty() {
        let gone = Entity::delete_many()
            .filter(Column::Id.is_in(done.iter().copied()))
            .filter(Column::LeaseOwner.eq(taker.owner))
            .filter(Column::Again.eq(false));
        let gone = gone.exec(tx).await.or_problem()?.rows_affected;
        if gone < u64::try_from(done.len()).unwrap_or(u64::MAX) {
            // Asked for once more while they ran.
            give_back(own(taker, &done), cx.now(), Expr::val(0)).exec(tx).await.or_problem()?;
        }
    }
    for job in finished {
        match &job.outcome {
            Ok(()) => {}
            Err(JobError::Later(at)) => {
                let attempts = Expr::val(job.attempts - 1);
                give_back(own(taker, &[job.id]), *at, attempts).exec(tx).await.or_problem()?;
            }
            Err(JobError::Retry(problem)) if job.attempts < Workers::ATTEMPTS => {
                let at = cx.now() + wait_after(job.attempts, cx.randomness());
                let again = give_back(own(taker, &[job.id]), at, Expr::val(job.attempts));
                again.col_expr(Column::LastError, Expr::val(problem.code)).exec(tx).await.or_problem()?;
            }
            Err(JobError::Retry(problem) | JobError::Dead(problem)) => {
                bury(own(taker, &[job.id]), tx, problem.code).await?;
            }
        }
    }
    Ok(())
}

/// Gives jobs back that were taken but not finished, as if they had not been taken.
pub(crate) async fn release(cx: &Cx, tx: &Tx, taker: &Taker, held: &[Uuid]) -> Result<(), Problem> {
    let attempts = Expr::col(Column::Attempts).sub(1);
    give_back(own(taker, held), cx.now(), attempts).exec(tx).await.or_problem()?;
    Ok(())
}

fn own(taker: &Taker, ids: &[Uuid]) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::LeaseOwner.eq(taker.owner))
        .filter(Column::State.eq(RUNNING))
}

fn give_back(jobs: UpdateMany<Entity>, at: Moment, attempts: SimpleExpr) -> UpdateMany<Entity> {
    jobs.col_expr(Column::State, Expr::val(READY))
        .col_expr(Column::RunAt, Expr::val(at))
        .col_expr(Column::Attempts, attempts)
        .col_expr(Column::Again, Expr::val(false))
        .col_expr(Column::LeaseOwner, Expr::val(Option::<Uuid>::None))
        .col_expr(Column::LeaseUntil, Expr::val(Option::<Moment>::None))
}

/// Puts jobs among the dead. They give their unique keys up, so that new ones can be enqueued.
async fn bury(jobs: UpdateMany<Entity>, tx: &Tx, code: &str) -> Result<(), Problem> {
    let dead = jobs
        .col_expr(Column::State, Expr::val(DEAD))
        .col_expr(Column::UniqueKey, Expr::val(Option::<String>::None))
        .col_expr(Column::LastError, Expr::val(code))
        .col_expr(Column::LeaseOwner, Expr::val(Option::<Uuid>::None))
        .col_expr(Column::LeaseUntil, Expr::val(Option::<Moment>::None));
    dead.exec(tx).await.or_problem()?;
    Ok(())
}
