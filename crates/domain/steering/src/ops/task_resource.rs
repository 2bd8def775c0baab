//! An assignment with its task and plan, and how the policies see it.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId};
use crate::model::plan::{Plan, Task};
use crate::store::{assignment, plan, task};
use d06_authz::{Permit, Resource, act::Act};
use d06_db::Tx;
use d06_kernel::{Cx, Problem};

/// An assignment with its task and plan.
#[derive(Clone, Debug)]
pub struct TaskInPlan {
    /// The assignment.
    pub assignment: Assignment,
    /// The task.
    pub task: Task,
    /// The plan.
    pub plan: Plan,
}

impl TaskInPlan {
    /// As the policies see it: it lies in the unit that leads, or in that of the plan where no unit of the office does.
    pub fn resource(&self) -> Resource {
        super::list_work::resource(&self.assignment, &self.plan)
    }

    /// The permit to do something to it.
    ///
    /// # Errors
    /// As [`d06_authz::Authz::permit`].
    pub fn permit<A: Act>(&self, cx: &Cx, deps: &Deps) -> Result<Permit<A>, Problem> {
        deps.authz.permit(cx, &self.resource())
    }

    /// As audit and events name it.
    pub(crate) fn object(&self) -> String {
        format!("task:{}", self.assignment.id)
    }

    /// The unit responsible.
    pub(crate) fn responsible(&self) -> Option<String> {
        Some(self.assignment.unit.clone().unwrap_or_else(|| self.plan.unit.clone()))
    }
}

/// Whether a unit is another or lies below it.
pub(crate) fn lies_in(unit: &str, above: &str) -> bool {
    unit.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Loads an assignment. Whether the caller may know it is asked with a permit.
///
/// # Errors
/// "Not found".
pub async fn load(deps: &Deps, id: AssignmentId) -> Result<TaskInPlan, Problem> {
    load_in(&deps.db.read().await?, id).await
}

/// As [`load`], in a transaction.
pub(crate) async fn load_in(tx: &Tx, id: AssignmentId) -> Result<TaskInPlan, Problem> {
    let assignment = assignment::get(tx, id).await?;
    let task = task::get(tx, assignment.task).await?;
    let plan = plan::get(tx, assignment.plan).await?;
    Ok(TaskInPlan { assignment, task, plan })
}

#[cfg(test)]
mod tests {
    use super::lies_in;

    #[test]
    fn a_unit_lies_in_those_above_it() {
        assert!(lies_in("H31.10816.02", "H31.10816"));
        assert!(lies_in("H31", "H31"));
        assert!(!lies_in("H31.108165", "H31.10816"));
    }
}
