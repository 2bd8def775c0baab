//! Which task of the committee serves which task of a plan above; parents without a child.

use crate::deps::Deps;
use crate::model::compiled_difference::likeness;
use crate::model::plan::{Plan, Task, TaskId};
use crate::ops::change::who;
use crate::ops::compile_plan::levels;
use crate::ops::review_plan::permit;
use crate::store::{plan, task, tie};
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;

/// A task of the committee and the one it serves.
#[derive(Clone, Debug)]
pub struct Tied {
    /// The task.
    pub task: Task,
    /// The one it serves.
    pub parent: Option<TaskId>,
    /// The one whose words are most like its own, where nothing is tied.
    pub suggested: Option<TaskId>,
}

/// Tasks below and above.
#[derive(Clone, Debug)]
pub struct Ties {
    /// The tasks of the committee's plan.
    pub tasks: Vec<Tied>,
    /// The tasks of the plans above, with their plans.
    pub parents: Vec<(Plan, Vec<Task>)>,
    /// Those of them that no task of the committee serves.
    pub without_child: Vec<TaskId>,
    /// Whether the reader may tie.
    pub may_tie: bool,
}

/// Words shared that make a task worth suggesting (0 to 1).
const LIKE: f64 = 0.35;

/// The ties of the committee's plan.
///
/// # Errors
/// "Not found" for a caller who may not see it.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<Ties, Problem> {
    let _seen: Permit<act::ViewTarget> = permit(cx, deps)?;
    let tx = deps.db.read().await?;
    let (below, above) = plans(&tx, deps).await?;
    let mut parents = Vec::new();
    for plan in above {
        let tasks = task::list(&tx, plan.id).await?;
        parents.push((plan, tasks));
    }
    let mut own = Vec::new();
    for plan in below {
        own.extend(task::list(&tx, plan.id).await?);
    }
    let ids: Vec<TaskId> = own.iter().map(|task| task.id).collect();
    let tied: HashMap<TaskId, TaskId> = tie::parents(&tx, &ids).await?;
    let tasks: Vec<Tied> = own
        .into_iter()
        .map(|task| {
            let parent = tied.get(&task.id).copied();
            let suggested = if parent.is_none() { suggestion(&task, &parents) } else { None };
            Tied { task, parent, suggested }
        })
        .collect();
    let served: Vec<TaskId> = tasks.iter().filter_map(|tied| tied.parent).collect();
    let all = parents.iter().flat_map(|(_, tasks)| tasks).map(|task| task.id);
    let without_child = all.filter(|id| !served.contains(id)).collect();
    let may_tie = permit::<act::CompilePlan>(cx, deps).is_ok();
    Ok(Ties { tasks, parents, without_child, may_tie })
}

fn suggestion(task: &Task, parents: &[(Plan, Vec<Task>)]) -> Option<TaskId> {
    let all = parents.iter().flat_map(|(_, tasks)| tasks);
    let scored = all.map(|parent| (likeness(&task.text, &parent.text), parent.id));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= LIKE).then_some(best.1)
}

/// The plans in force of the committee, and of the units above it.
async fn plans(tx: &Tx, deps: &Deps) -> Result<(Vec<Plan>, Vec<Plan>), Problem> {
    let levels = levels(&deps.commune);
    let all = plan::list_in_force(tx).await?.into_iter().filter(|plan| levels.contains(&plan.unit));
    Ok(all.partition(|plan| plan.unit == deps.commune))
}

/// Ties a task to the one it serves; `None` unties it.
///
/// # Errors
/// "Not found" for tasks of other plans than those in force here.
pub async fn tie(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::CompilePlan>,
    child: TaskId,
    parent: Option<TaskId>,
) -> Result<(), Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let (below, above) = plans(&tx, deps).await?;
    let among = async |plans: &[Plan], id: TaskId| -> Result<bool, Problem> {
        for plan in plans {
            if task::list(&tx, plan.id).await?.iter().any(|task| task.id == id) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let known = among(&below, child).await?
        && match parent {
            Some(parent) => among(&above, parent).await?,
            None => true,
        };
    if !known {
        return Err(Problem::not_found());
    }
    tie::set(cx, &tx, child, parent, &who(cx).0).await?;
    let details = serde_json::json!({ "parent": parent });
    let object = format!("task:{child}");
    let entry =
        Entry { action: "task.tie", subject: None, object, unit: Some(deps.commune.clone()), details };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await
}
