//! Mailboxes of offices.

use super::entity::contact::{ActiveModel, Column, Entity};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::EntityTrait;
use d06_db::sea_orm::sea_query::OnConflict;
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// The mailbox of a unit, if it gave one.
pub(crate) async fn find(tx: &Tx, unit: &str) -> Result<Option<String>, Problem> {
    let row = Entity::find_by_id(unit).one(tx).await.or_problem()?;
    Ok(row.map(|row| row.email).filter(|email| !email.is_empty()))
}

/// Keeps the mailbox of a unit; an empty one means that nothing is sent.
pub(crate) async fn put(tx: &Tx, unit: &str, email: &str) -> Result<(), Problem> {
    let row = ActiveModel { unit: Set(unit.to_owned()), email: Set(email.to_owned()) };
    let again = OnConflict::column(Column::Unit).update_column(Column::Email).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}
