//! Requests for correction.

use super::entity::correction::{ActiveModel, Column, Entity, Model};
use super::{number, reply};
use crate::model::CorrectionId;
use crate::model::correction::Correction;
use crate::model::dispute::Reply;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::Expr;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::Problem;
use d06_kernel::person::PersonalNumber;

/// Opens a request.
pub(crate) async fn add(tx: &Tx, correction: &Correction) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(correction.id.0),
        subject: Set(correction.subject.as_str().to_owned()),
        field: Set(correction.field.clone()),
        held: Set(correction.held.clone()),
        wanted: Set(correction.wanted.clone()),
        reference: Set(correction.reference.clone()),
        unit: Set(correction.unit.clone()),
        opened_at: Set(correction.opened_at),
        answer: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// A request.
pub(crate) async fn get(tx: &Tx, id: CorrectionId) -> Result<Correction, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    correction(row.ok_or_else(Problem::not_found)?)
}

/// The requests of one person, or those a unit settles; newest first.
pub(crate) async fn list(
    tx: &Tx,
    subject: Option<PersonalNumber>,
    unit: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Correction>, Problem> {
    let mut select = Entity::find();
    if let Some(subject) = subject {
        select = select.filter(Column::Subject.eq(subject.as_str()));
    }
    if let Some(unit) = unit {
        select = select.filter(Column::Unit.eq(unit));
    }
    page_by_id(select, Column::Id, |row| row.id, page, Direction::Newest, tx).await?.try_map(correction)
}

/// Settles a request that has no answer yet (`correction.already-settled`).
pub(crate) async fn answer(tx: &Tx, id: CorrectionId, answer: &Reply) -> Result<(), Problem> {
    let changed = Entity::update_many()
        .col_expr(Column::Answer, Expr::value(reply::write(answer)?))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Answer.is_null())
        .exec(tx)
        .await
        .or_problem()?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("correction.already-settled")) }
}

fn correction(row: Model) -> Result<Correction, Problem> {
    Ok(Correction {
        id: CorrectionId(row.id),
        subject: number(&row.subject)?,
        field: row.field,
        held: row.held,
        wanted: row.wanted,
        reference: row.reference,
        unit: row.unit,
        opened_at: row.opened_at,
        answer: reply::read(row.answer)?,
    })
}
