//! Work that comes back.

use crate::enqueue::insert_value;
use crate::entity::schedule::{ActiveModel, Column, Entity, Model};
use crate::job::Job;
use chrono::TimeDelta;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Expr, OnConflict};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Tx};
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};

/// A job that is enqueued again and again, once for all servers together.
#[derive(Clone, Debug)]
pub struct Schedule {
    kind: &'static str,
    every: TimeDelta,
    payload: serde_json::Value,
}

impl Schedule {
    /// `job` every `every`, the first time at once. A server that was down does not make up for what
    /// it missed.
    ///
    /// # Errors
    /// `schedule.too-often` for less than a second, or a payload that cannot be written as JSON.
    pub fn every<J: Job>(every: TimeDelta, job: &J) -> Result<Self, Problem> {
        if every < TimeDelta::seconds(1) {
            return Err(Problem::invalid("schedule.too-often"));
        }
        let payload = serde_json::to_value(job).map_err(Problem::internal)?;
        Ok(Self { kind: J::KIND, every, payload })
    }

    /// The moment after `last` and after `now` that keeps the rhythm.
    fn next(&self, last: Moment, now: Moment) -> Moment {
        let every = self.every.num_milliseconds().max(1);
        let missed = (now - last).num_milliseconds().max(0) / every;
        last + TimeDelta::milliseconds((missed + 1).saturating_mul(every))
    }
}

/// Makes the rows of schedules that the database does not know yet, due now.
async fn introduce(tx: &Tx, schedules: &[Schedule], now: Moment) -> Result<(), Problem> {
    let rows = schedules
        .iter()
        .map(|schedule| ActiveModel { kind: Set(schedule.kind.to_owned()), next_at: Set(now) });
    let known = OnConflict::column(Column::Kind).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The rows of these schedules.
async fn rows(tx: &Tx, schedules: &[Schedule]) -> Result<Vec<Model>, Problem> {
    let kinds = schedules.iter().map(|schedule| schedule.kind);
    Entity::find().filter(Column::Kind.is_in(kinds)).all(tx).await.or_problem()
}

/// Whether any of these schedules is due, or new to the database.
pub(crate) async fn any_due(tx: &Tx, schedules: &[Schedule], now: Moment) -> Result<bool, Problem> {
    if schedules.is_empty() {
        return Ok(false);
    }
    let rows = rows(tx, schedules).await?;
    Ok(rows.len() < schedules.len() || rows.iter().any(|row| row.next_at <= now))
}

/// Enqueues what is due and moves it on; of several servers the one whose update meets the old moment wins.
pub(crate) async fn enqueue_due(cx: &Cx, tx: &Tx, schedules: &[Schedule]) -> Result<(), Problem> {
    if schedules.is_empty() {
        return Ok(());
    }
    let now = cx.now();
    let mut known = rows(tx, schedules).await?;
    if known.len() < schedules.len() {
        introduce(tx, schedules, now).await?;
        known = rows(tx, schedules).await?;
    }
    for row in known.into_iter().filter(|row| row.next_at <= now) {
        let Some(schedule) = schedules.iter().find(|schedule| schedule.kind == row.kind) else { continue };
        let next = schedule.next(row.next_at, now);
        let moved = Entity::update_many()
            .col_expr(Column::NextAt, Expr::val(next))
            .filter(Column::Kind.eq(&row.kind))
            .filter(Column::NextAt.eq(row.next_at));
        if moved.exec(tx).await.or_problem()?.rows_affected == 1 {
            let payload = schedule.payload.clone();
            insert_value(cx, tx, schedule.kind, payload, now, Some("schedule")).await?;
        }
    }
    Ok(())
}
