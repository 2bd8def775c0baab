//! Tasks.

use super::entity::task::{ActiveModel, Column, Entity, Model};
use crate::model::plan::{Place, PlanId, Task, TaskDue, TaskId};
use d06_db::sea_orm::ActiveValue::{NotSet, Set};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_plan::DueKind;
use std::collections::HashMap;

/// Rows written in one statement: SQLite takes 32,766 values.
const CHUNK: usize = 500;

/// Adds the tasks of a plan, each with its standing assignment.
pub(crate) async fn add_all(tx: &Tx, plan: PlanId, tasks: &[Task]) -> Result<(), Problem> {
    if tasks.is_empty() {
        return Ok(());
    }
    keep_words(tx, plan, tasks).await?;
    super::assignment::open_all(tx, plan, tasks).await
}

/// Keeps tasks of a plan as words only: nobody works on them under these ids.
pub(crate) async fn keep_words(tx: &Tx, plan: PlanId, tasks: &[Task]) -> Result<(), Problem> {
    let rows = tasks.iter().map(|task| row(plan, task)).collect::<Result<Vec<_>, _>>()?;
    for chunk in rows.chunks(CHUNK) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// Makes a task one of a later plan, with the words that this has for it.
pub(crate) async fn revise(tx: &Tx, plan: PlanId, task: &Task) -> Result<(), Problem> {
    let new = ActiveModel { id: NotSet, ..row(plan, task)? };
    Entity::update_many().set(new).filter(Column::Id.eq(task.id.0)).exec(tx).await.or_problem()?;
    Ok(())
}

/// The tasks of some ids.
pub(crate) async fn list_by_id(tx: &Tx, ids: &[TaskId]) -> Result<HashMap<TaskId, Task>, Problem> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    let rows = found.all(tx).await.or_problem()?;
    rows.into_iter().map(|row| task_of(row).map(|task| (task.id, task))).collect()
}

/// A task.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: TaskId) -> Result<Task, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    task_of(row.ok_or_else(Problem::not_found)?)
}

/// The tasks of a plan, in its order.
pub(crate) async fn list(tx: &Tx, plan: PlanId) -> Result<Vec<Task>, Problem> {
    let found = Entity::find().filter(Column::Plan.eq(plan.0)).order_by_asc(Column::Position);
    found.all(tx).await.or_problem()?.into_iter().map(task_of).collect()
}

fn row(plan: PlanId, task: &Task) -> Result<ActiveModel, Problem> {
    let place = &task.place;
    Ok(ActiveModel {
        id: Set(task.id.0),
        plan: Set(plan.0),
        position: Set(place.position),
        reference: Set(place.reference.clone()),
        group_reference: Set(place.group.clone()),
        group_title: Set(place.group_title.clone()),
        line_start: Set(place.line_start),
        line_end: Set(place.line_end),
        text: Set(task.text.clone()),
        lead: Set(serde_json::to_value(&task.lead).map_err(Problem::internal)?),
        coordinating: Set(serde_json::to_value(&task.coordinating).map_err(Problem::internal)?),
        due_raw: Set(task.due.raw.clone()),
        due_kind: Set(task.due.kind.name().to_owned()),
        due_to: Set(task.due.to),
        product: Set(task.product.clone()),
    })
}

fn task_of(row: Model) -> Result<Task, Problem> {
    Ok(Task {
        id: TaskId(row.id),
        place: Place {
            position: row.position,
            reference: row.reference,
            group: row.group_reference,
            group_title: row.group_title,
            line_start: row.line_start,
            line_end: row.line_end,
        },
        text: row.text,
        lead: serde_json::from_value(row.lead).map_err(Problem::internal)?,
        coordinating: serde_json::from_value(row.coordinating).map_err(Problem::internal)?,
        due: TaskDue {
            raw: row.due_raw,
            kind: DueKind::from_name(&row.due_kind).unwrap_or_default(),
            to: row.due_to,
        },
        product: row.product,
    })
}
