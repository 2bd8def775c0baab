//! Disputes.

use super::entity::dispute::{ActiveModel, Column, Entity, Model};
use super::{number, reply};
use crate::model::dispute::{Dispute, Reply};
use crate::model::{AccessId, DisputeId};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::Expr;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::Problem;

/// Opens a dispute; a read can be disputed once (`access.already-disputed`).
pub(crate) async fn add(tx: &Tx, dispute: &Dispute) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(dispute.id.0),
        access: Set(dispute.access.0),
        subject: Set(dispute.subject.as_str().to_owned()),
        unit: Set(dispute.unit.clone()),
        reason: Set(dispute.reason.clone()),
        opened_at: Set(dispute.opened_at),
        answer: Set(None),
    };
    let taken = [("people_dispute_access_key", "access.already-disputed")];
    Entity::insert(row).exec_without_returning(tx).await.or_problem_with(&taken)?;
    Ok(())
}

/// A dispute.
pub(crate) async fn get(tx: &Tx, id: DisputeId) -> Result<Dispute, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    dispute(row.ok_or_else(Problem::not_found)?)
}

/// Disputes, newest first.
pub(crate) async fn list(tx: &Tx, page: &PageRequest) -> Result<Page<Dispute>, Problem> {
    page_by_id(Entity::find(), Column::Id, |row| row.id, page, Direction::Newest, tx).await?.try_map(dispute)
}

/// The disputes of some reads.
pub(crate) async fn of_accesses(tx: &Tx, accesses: &[AccessId]) -> Result<Vec<Dispute>, Problem> {
    let ids = accesses.iter().map(|id| id.0);
    let rows = Entity::find().filter(Column::Access.is_in(ids)).all(tx).await.or_problem()?;
    rows.into_iter().map(dispute).collect()
}

/// Answers a dispute that has no answer yet (`access.already-answered`).
pub(crate) async fn answer(tx: &Tx, id: DisputeId, answer: &Reply) -> Result<(), Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::Answer, Expr::value(reply::write(answer)?))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Answer.is_null())
        .exec(tx)
        .await
        .or_problem()?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("access.already-answered")) }
}

fn dispute(row: Model) -> Result<Dispute, Problem> {
    Ok(Dispute {
        id: DisputeId(row.id),
        access: AccessId(row.access),
        subject: number(&row.subject)?,
        unit: row.unit,
        reason: row.reason,
        opened_at: row.opened_at,
        answer: reply::read(row.answer)?,
    })
}
