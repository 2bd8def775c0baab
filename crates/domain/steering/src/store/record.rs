//! Entries of registers.

use super::entity::record::{ActiveModel, Column, Entity, Model};
use crate::model::register::{Record, RecordId};
use d06_db::sea_orm::ActiveValue::{NotSet, Set};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use d06_db::sql::nulls_last;
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// Adds an entry.
pub(crate) async fn add(tx: &Tx, record: &Record) -> Result<(), Problem> {
    Entity::insert(row(record)?).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// An entry.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: RecordId) -> Result<Record, Problem> {
    let found = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    record(found.ok_or_else(Problem::not_found)?)
}

/// The entries of a register of an office, soonest deadline first; of one parent, if that is asked for.
pub(crate) async fn list(
    tx: &Tx,
    office: &str,
    register: &str,
    parent: Option<RecordId>,
) -> Result<Vec<Record>, Problem> {
    let mut found = Entity::find().filter(Column::Office.eq(office)).filter(Column::Register.eq(register));
    if let Some(parent) = parent {
        found = found.filter(Column::Parent.eq(parent.0));
    }
    let sorted = nulls_last(found, Column::DueOn, Order::Asc).order_by_asc(Column::Id);
    sorted.all(tx).await.or_problem()?.into_iter().map(record).collect()
}

/// Writes an entry anew, if it still has the version it was read with.
///
/// # Errors
/// `record.changed-meanwhile`.
pub(crate) async fn update(tx: &Tx, record: &Record) -> Result<(), Problem> {
    let new = ActiveModel { id: NotSet, version: Set(record.version + 1), ..row(record)? };
    let done = Entity::update_many()
        .set(new)
        .filter(Column::Id.eq(record.id.0))
        .filter(Column::Version.eq(record.version))
        .exec(tx)
        .await
        .or_problem()?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("record.changed-meanwhile")) }
}

fn row(record: &Record) -> Result<ActiveModel, Problem> {
    Ok(ActiveModel {
        id: Set(record.id.0),
        register: Set(record.register.clone()),
        office: Set(record.office.clone()),
        parent: Set(record.parent.map(|parent| parent.0)),
        title: Set(record.title.clone()),
        unit: Set(record.unit.clone()),
        stage: Set(record.stage.clone()),
        due_on: Set(record.due_on),
        done_on: Set(record.done_on),
        fields: Set(serde_json::to_value(&record.fields).map_err(Problem::internal)?),
        version: Set(record.version),
    })
}

fn record(row: Model) -> Result<Record, Problem> {
    Ok(Record {
        id: RecordId(row.id),
        register: row.register,
        office: row.office,
        parent: row.parent.map(RecordId),
        title: row.title,
        unit: row.unit,
        stage: row.stage,
        due_on: row.due_on,
        done_on: row.done_on,
        fields: serde_json::from_value(row.fields).map_err(Problem::internal)?,
        version: row.version,
    })
}
