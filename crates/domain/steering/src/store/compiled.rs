//! Plans under review and their items.

use super::entity::{compiled, compiled_item};
use crate::model::compiled_plan::{
    CompiledId, CompiledItem, CompiledItemId, CompiledPlan, Content, ItemState, ReviewState,
};
use crate::model::plan::PlanId;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::id::FileId;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Rows written in one statement: SQLite takes 32,766 values.
const CHUNK: usize = 500;

/// Adds a plan under review with its items.
pub(crate) async fn add(tx: &Tx, plan: &CompiledPlan, items: &[CompiledItem]) -> Result<(), Problem> {
    let row = compiled::ActiveModel {
        id: Set(plan.id.0),
        key: Set(plan.key.clone()),
        unit: Set(plan.unit.clone()),
        title: Set(plan.title.clone()),
        document: Set(json(&plan.document)?),
        warnings: Set(json(&plan.warnings)?),
        source: Set(plan.source.clone()),
        source_hash: Set(plan.hash.clone()),
        file: Set(plan.file.map(|file| file.0)),
        file_name: Set(plan.file_name.clone()),
        merged_from: Set(json(&plan.merged_from)?),
        state: Set(plan.state.name().to_owned()),
        plan: Set(plan.plan.map(|id| id.0)),
        by_name: Set(plan.by_name.clone()),
        at: Set(plan.at),
    };
    compiled::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    add_items(tx, plan.id, items).await
}

/// Adds items.
pub(crate) async fn add_items(tx: &Tx, plan: CompiledId, items: &[CompiledItem]) -> Result<(), Problem> {
    let rows = items.iter().map(|item| item_row(plan, item)).collect::<Result<Vec<_>, Problem>>()?;
    for chunk in rows.chunks(CHUNK) {
        compiled_item::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

fn item_row(plan: CompiledId, item: &CompiledItem) -> Result<compiled_item::ActiveModel, Problem> {
    Ok(compiled_item::ActiveModel {
        id: Set(item.id.0),
        compiled: Set(plan.0),
        position: Set(item.position),
        content: Set(json(&item.content)?),
        as_compiled: Set(item.as_compiled.as_ref().map(json).transpose()?),
        state: Set(item.state.name().to_owned()),
    })
}

/// A plan under review.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: CompiledId) -> Result<CompiledPlan, Problem> {
    let row = compiled::Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    plan_of(row.ok_or_else(Problem::not_found)?)
}

/// The reviews of some units, newest first.
pub(crate) async fn list(tx: &Tx, units: &[String]) -> Result<Vec<CompiledPlan>, Problem> {
    let found = compiled::Entity::find()
        .filter(compiled::Column::Unit.is_in(units.iter().map(String::as_str)))
        .order_by_desc(compiled::Column::Id);
    found.all(tx).await.or_problem()?.into_iter().map(plan_of).collect()
}

/// The items of a plan under review, in its order.
pub(crate) async fn items(tx: &Tx, plan: CompiledId) -> Result<Vec<CompiledItem>, Problem> {
    let found = compiled_item::Entity::find()
        .filter(compiled_item::Column::Compiled.eq(plan.0))
        .order_by_asc(compiled_item::Column::Position);
    found.all(tx).await.or_problem()?.into_iter().map(item_of).collect()
}

/// Writes what an item says and what was decided on it.
pub(crate) async fn update_item(tx: &Tx, plan: CompiledId, item: &CompiledItem) -> Result<(), Problem> {
    compiled_item::Entity::update(item_row(plan, item)?).exec(tx).await.or_problem()?;
    Ok(())
}

/// Accepts every item on which nothing is decided.
pub(crate) async fn accept_proposed(tx: &Tx, plan: CompiledId) -> Result<u64, Problem> {
    let update = compiled_item::Entity::update_many()
        .col_expr(compiled_item::Column::State, Expr::val(ItemState::Accepted.name()))
        .filter(compiled_item::Column::Compiled.eq(plan.0))
        .filter(compiled_item::Column::State.eq(ItemState::Proposed.name()));
    Ok(update.exec(tx).await.or_problem()?.rows_affected)
}

/// Makes room in the order after an item.
pub(crate) async fn make_room(tx: &Tx, plan: CompiledId, after: i32) -> Result<(), Problem> {
    let update = compiled_item::Entity::update_many()
        .col_expr(compiled_item::Column::Position, Expr::col(compiled_item::Column::Position).add(1))
        .filter(compiled_item::Column::Compiled.eq(plan.0))
        .filter(compiled_item::Column::Position.gt(after));
    update.exec(tx).await.or_problem()?;
    Ok(())
}

/// Ends a review. Nothing happens if somebody ended it meanwhile: then `false`.
pub(crate) async fn end(
    tx: &Tx,
    id: CompiledId,
    state: ReviewState,
    plan: Option<PlanId>,
) -> Result<bool, Problem> {
    let update = compiled::Entity::update_many()
        .col_expr(compiled::Column::State, Expr::val(state.name()))
        .col_expr(compiled::Column::Plan, Expr::val(plan.map(|id| id.0)))
        .filter(compiled::Column::Id.eq(id.0))
        .filter(compiled::Column::State.eq(ReviewState::Open.name()));
    Ok(update.exec(tx).await.or_problem()?.rows_affected == 1)
}

fn json(value: &impl Serialize) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(value).map_err(Problem::internal)
}

fn read<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(Problem::internal)
}

fn plan_of(row: compiled::Model) -> Result<CompiledPlan, Problem> {
    let state = ReviewState::from_name(&row.state);
    Ok(CompiledPlan {
        id: CompiledId(row.id),
        key: row.key,
        unit: row.unit,
        title: row.title,
        document: read(row.document)?,
        warnings: read(row.warnings)?,
        source: row.source,
        hash: row.source_hash,
        file: row.file.map(FileId),
        file_name: row.file_name,
        merged_from: read(row.merged_from)?,
        state: state.ok_or_else(|| Problem::internal(format!("review state {}", row.state)))?,
        plan: row.plan.map(PlanId),
        by_name: row.by_name,
        at: row.at,
    })
}

fn item_of(row: compiled_item::Model) -> Result<CompiledItem, Problem> {
    let state = ItemState::from_name(&row.state);
    Ok(CompiledItem {
        id: CompiledItemId(row.id),
        position: row.position,
        content: read::<Content>(row.content)?,
        as_compiled: row.as_compiled.map(read::<Content>).transpose()?,
        state: state.ok_or_else(|| Problem::internal(format!("item state {}", row.state)))?,
    })
}
