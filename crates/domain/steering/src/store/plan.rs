//! Plans.

use super::entity::plan::{ActiveModel, Column, Entity, Model};
use crate::model::plan::{Plan, PlanId};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::Expr;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::time::Moment;

/// The text of a plan as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct PlanText {
    /// The text.
    pub(crate) source: String,
    /// Its SHA-256 in hexadecimal.
    pub(crate) hash: String,
    /// The compiler's warnings.
    pub(crate) warnings: serde_json::Value,
}

/// Adds a plan.
pub(crate) async fn add(tx: &Tx, plan: &Plan, text: PlanText) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(plan.id.0),
        key: Set(plan.key.clone()),
        unit: Set(plan.unit.clone()),
        title: Set(plan.title.clone()),
        number: Set(plan.number.clone()),
        source: Set(text.source),
        source_hash: Set(text.hash),
        warnings: Set(text.warnings),
        imported_at: Set(plan.imported_at),
        superseded_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The plan that was made from a text, superseded or not.
pub(crate) async fn find_by_hash(tx: &Tx, key: &str, hash: &str) -> Result<Option<PlanId>, Problem> {
    let found = Entity::find().filter(Column::Key.eq(key)).filter(Column::SourceHash.eq(hash));
    Ok(found.one(tx).await.or_problem()?.map(|row| PlanId(row.id)))
}

/// Marks a plan as superseded.
pub(crate) async fn supersede(tx: &Tx, id: PlanId, at: Moment) -> Result<(), Problem> {
    let update = Entity::update_many()
        .col_expr(Column::SupersededAt, Expr::val(at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::SupersededAt.is_null());
    update.exec(tx).await.or_problem()?;
    Ok(())
}

/// Every version of a plan, oldest first.
pub(crate) async fn list_versions(tx: &Tx, key: &str) -> Result<Vec<Plan>, Problem> {
    let found = Entity::find().filter(Column::Key.eq(key)).order_by_asc(Column::Id);
    Ok(found.all(tx).await.or_problem()?.into_iter().map(plan).collect())
}

/// The plans in force, oldest first.
pub(crate) async fn list_in_force(tx: &Tx) -> Result<Vec<Plan>, Problem> {
    let found = Entity::find().filter(Column::SupersededAt.is_null()).order_by_asc(Column::Id);
    Ok(found.all(tx).await.or_problem()?.into_iter().map(plan).collect())
}

/// The plans in force of a unit, oldest first.
pub(crate) async fn list_in_force_of(tx: &Tx, unit: &str) -> Result<Vec<Plan>, Problem> {
    let found = Entity::find().filter(Column::SupersededAt.is_null()).filter(Column::Unit.eq(unit));
    Ok(found.order_by_asc(Column::Id).all(tx).await.or_problem()?.into_iter().map(plan).collect())
}

/// A plan.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: PlanId) -> Result<Plan, Problem> {
    Entity::find_by_id(id.0).one(tx).await.or_problem()?.map(plan).ok_or_else(Problem::not_found)
}

/// The text a plan was made from.
pub(crate) async fn source(tx: &Tx, id: PlanId) -> Result<String, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    row.map(|row| row.source).ok_or_else(Problem::not_found)
}

fn plan(row: Model) -> Plan {
    let warnings = row.warnings.as_array().map_or(0, Vec::len);
    Plan {
        id: PlanId(row.id),
        key: row.key,
        unit: row.unit,
        title: row.title,
        number: row.number,
        imported_at: row.imported_at,
        warnings: i32::try_from(warnings).unwrap_or(i32::MAX),
    }
}
