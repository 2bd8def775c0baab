//! The tasks of a plan.

use crate::deps::Deps;
use crate::model::plan::{Plan, Task};
use crate::store::task;
use d06_authz::{Permit, act};
use d06_kernel::Problem;

/// The tasks in the order of the plan.
///
/// # Errors
/// "Not found" if the permit is for another plan; the database's.
pub async fn run(deps: &Deps, permit: &Permit<act::ViewTarget>, plan: &Plan) -> Result<Vec<Task>, Problem> {
    if !permit.covers(plan.id) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.read().await?;
    task::list(&tx, plan.id).await
}
