//! Tasks that serve tasks of the plan above.

use super::entity::tie::{ActiveModel, Column, Entity};
use crate::model::plan::TaskId;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Tx};
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;

/// The task that each of some tasks serves.
pub(crate) async fn parents(tx: &Tx, tasks: &[TaskId]) -> Result<HashMap<TaskId, TaskId>, Problem> {
    let found = Entity::find().filter(Column::Task.is_in(tasks.iter().map(|task| task.0)));
    let rows = found.all(tx).await.or_problem()?;
    Ok(rows.into_iter().map(|row| (TaskId(row.task), TaskId(row.parent))).collect())
}

/// Ties the tasks that serve a task to another.
pub(crate) async fn carry_parents(tx: &Tx, from: TaskId, to: TaskId) -> Result<(), Problem> {
    let update = Entity::update_many()
        .set(ActiveModel { parent: Set(to.0), ..ActiveModel::default() })
        .filter(Column::Parent.eq(from.0));
    update.exec(tx).await.or_problem()?;
    Ok(())
}

/// Ties a task to the one it serves, in place of the one before; `None` only unties it.
pub(crate) async fn set(
    cx: &Cx,
    tx: &Tx,
    task: TaskId,
    parent: Option<TaskId>,
    by_name: &str,
) -> Result<(), Problem> {
    Entity::delete_many().filter(Column::Task.eq(task.0)).exec(tx).await.or_problem()?;
    let Some(parent) = parent else { return Ok(()) };
    let row = ActiveModel {
        id: Set(cx.new_id()),
        task: Set(task.0),
        parent: Set(parent.0),
        by_name: Set(by_name.to_owned()),
        at: Set(cx.now()),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}
