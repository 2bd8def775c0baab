//! Units.

use super::entity::unit;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::OnConflict;
use d06_db::sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::port::unit::Unit;

/// Adds a unit, or brings it up to date.
pub(crate) async fn put(tx: &Tx, unit: &Unit) -> Result<(), Problem> {
    let row = unit::ActiveModel {
        code: Set(unit.code.clone()),
        name: Set(unit.name.clone()),
        parent: Set(unit.parent.clone()),
        commune: Set(unit.commune.clone()),
        kind: Set(unit.kind.clone()),
    };
    let replace = OnConflict::column(unit::Column::Code)
        .update_columns([unit::Column::Name, unit::Column::Parent, unit::Column::Commune, unit::Column::Kind])
        .to_owned();
    unit::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

pub(crate) async fn find(tx: &Tx, code: &str) -> Result<Option<Unit>, Problem> {
    Ok(unit::Entity::find_by_id(code).one(tx).await.or_problem()?.map(from_row))
}

/// The unit and all below it, the unit first: codes of units below one begin with its code and a dot
/// (Decision 20/2020/QĐ-TTg Art. 4).
pub(crate) async fn list_subtree(tx: &Tx, code: &str) -> Result<Vec<Unit>, Problem> {
    let below = Condition::any()
        .add(unit::Column::Code.eq(code))
        .add(unit::Column::Code.starts_with(format!("{code}.")));
    let rows =
        unit::Entity::find().filter(below).order_by_asc(unit::Column::Code).all(tx).await.or_problem()?;
    Ok(rows.into_iter().map(from_row).collect())
}

fn from_row(row: unit::Model) -> Unit {
    Unit { code: row.code, name: row.name, parent: row.parent, commune: row.commune, kind: row.kind }
}
