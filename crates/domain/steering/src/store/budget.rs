//! Budgets of tasks.

use super::entity::budget::{ActiveModel, Column, Entity, Model};
use crate::model::budget::{Budget, BudgetId, Sums};
use crate::model::plan::TaskId;
use d06_db::sea_orm::ActiveValue::{NotSet, Set};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::money::Dong;

/// Keeps a budget, if that of the year still has the version it was read with (0: none is kept yet).
///
/// # Errors
/// `budget.changed-meanwhile`.
pub(crate) async fn put(tx: &Tx, budget: &Budget) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(budget.id.0),
        task: Set(budget.task.0),
        year: Set(budget.year),
        estimate: Set(budget.sums.estimate.0),
        allocated: Set(budget.sums.allocated.0),
        spent: Set(budget.sums.spent.0),
        source: Set(budget.source.clone()),
        version: Set(budget.version + 1),
    };
    if budget.version == 0 {
        // A form opened before and one opened after the first was kept name the row differently.
        let faster = "budget.changed-meanwhile";
        let taken = [("steering_budget_task_year_key", faster), ("steering_budget_pkey", faster)];
        Entity::insert(row).exec_without_returning(tx).await.or_problem_with(&taken)?;
        return Ok(());
    }
    let done = Entity::update_many()
        .set(ActiveModel { id: NotSet, ..row })
        .filter(Column::Task.eq(budget.task.0))
        .filter(Column::Year.eq(budget.year))
        .filter(Column::Version.eq(budget.version))
        .exec(tx)
        .await
        .or_problem()?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("budget.changed-meanwhile")) }
}

/// The budget of a task in a year, if it is kept.
pub(crate) async fn find(tx: &Tx, task: TaskId, year: i32) -> Result<Option<Budget>, Problem> {
    let found = Entity::find().filter(Column::Task.eq(task.0)).filter(Column::Year.eq(year));
    Ok(found.one(tx).await.or_problem()?.map(budget))
}

/// The budgets of a year.
pub(crate) async fn list_of_year(tx: &Tx, year: i32) -> Result<Vec<Budget>, Problem> {
    let found = Entity::find().filter(Column::Year.eq(year));
    Ok(found.all(tx).await.or_problem()?.into_iter().map(budget).collect())
}

fn budget(row: Model) -> Budget {
    Budget {
        id: BudgetId(row.id),
        task: TaskId(row.task),
        year: row.year,
        sums: Sums { estimate: Dong(row.estimate), allocated: Dong(row.allocated), spent: Dong(row.spent) },
        source: row.source,
        version: row.version,
    }
}
