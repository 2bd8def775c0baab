//! What happened.

use super::entity::history::{ActiveModel, Column, Entity};
use crate::model::evidence::Happening;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::{Cx, Problem};
use uuid::Uuid;

/// Writes down what happened.
pub(crate) async fn add_all(cx: &Cx, tx: &Tx, happenings: Vec<Happening>) -> Result<(), Problem> {
    if happenings.is_empty() {
        return Ok(());
    }
    let rows = happenings.into_iter().map(|happening| ActiveModel {
        id: Set(cx.new_id()),
        owner: Set(happening.owner),
        at: Set(happening.at),
        by_name: Set(happening.by_name),
        unit: Set(happening.unit),
        what: Set(happening.what),
        before: Set(happening.before),
        after: Set(happening.after),
        note: Set(happening.note),
    });
    Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// What happened to something, newest first.
pub(crate) async fn list(tx: &Tx, owner: Uuid) -> Result<Vec<Happening>, Problem> {
    let found = Entity::find().filter(Column::Owner.eq(owner)).order_by_desc(Column::Id);
    let rows = found.all(tx).await.or_problem()?;
    let happening = |row: super::entity::history::Model| Happening {
        owner: row.owner,
        at: row.at,
        by_name: row.by_name,
        unit: row.unit,
        what: row.what,
        before: row.before,
        after: row.after,
        note: row.note,
    };
    Ok(rows.into_iter().map(happening).collect())
}
