//! Ends a review: its accepted items become the plan's targets and tasks, or nothing comes of it.

use crate::deps::Deps;
use crate::model::compiled_plan::{CompiledId, Content, ItemState, ReviewState};
use crate::model::plan::PlanId;
use crate::ops::import_plan::{self, NewPlan};
use crate::ops::review_plan::open;
use crate::store::compiled;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};
use d06_plan::Compiled;
use sha2::{Digest, Sha256};

/// Accepts every item on which nothing is decided; gives how many they were.
///
/// # Errors
/// "Not found"; `compiled.ended`.
pub async fn all_items(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::CompilePlan>,
    id: CompiledId,
) -> Result<u64, Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let (plan, _) = open(&tx, deps, id).await?;
    let count = compiled::accept_proposed(&tx, id).await?;
    let details = serde_json::json!({ "decision": "accept-all", "items": count });
    let object = format!("compiled-plan:{id}");
    let entry = Entry { action: "plan.review", subject: None, object, unit: Some(plan.unit), details };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await?;
    Ok(count)
}

/// Makes the accepted items the targets and tasks of the plan. A version of the same key is superseded and kept.
///
/// # Errors
/// "Not found"; `compiled.ended`; `compiled.undecided` (argument `count`) while items wait; `compiled.none-accepted`.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::AcceptPlan>,
    id: CompiledId,
) -> Result<PlanId, Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let (review, items) = open(&tx, deps, id).await?;
    let waiting = items.iter().filter(|item| item.state == ItemState::Proposed).count();
    if waiting > 0 {
        return Err(Problem::invalid("compiled.undecided").with("count", waiting));
    }
    let mut plan = Compiled {
        document: review.document.clone(),
        targets: Vec::new(),
        tasks: Vec::new(),
        warnings: review.warnings.clone(),
    };
    for item in items.into_iter().filter(|item| item.state == ItemState::Accepted) {
        match item.content {
            Content::Target(target) => plan.targets.push(target),
            Content::Task(task) => plan.tasks.push(task),
        }
    }
    if plan.targets.is_empty() && plan.tasks.is_empty() {
        return Err(Problem::invalid("compiled.none-accepted"));
    }
    let new = NewPlan {
        key: review.key.clone(),
        unit: review.unit.clone(),
        title: Some(review.title.clone()),
        text: review.source.clone(),
    };
    // Two reviews of one text may end differently, and a plan may go back to an earlier text: the review belongs to
    // what is brought in.
    let decided = serde_json::to_vec(&plan).map_err(Problem::internal)?;
    let what = Sha256::new().chain_update(new.text.as_bytes()).chain_update(decided);
    let hash = hex::encode(what.chain_update(id.0.as_bytes()).finalize());
    let imported = import_plan::reviewed(cx, &tx, new, &plan, hash, &review.merged_from).await?;
    if !compiled::end(&tx, id, ReviewState::Accepted, Some(imported)).await? {
        return Err(Problem::conflict("compiled.ended"));
    }
    tx.commit().await?;
    Ok(imported)
}

/// Ends a review without a plan. The file and what was decided are kept.
///
/// # Errors
/// "Not found"; `compiled.ended`.
pub async fn drop(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::CompilePlan>,
    id: CompiledId,
) -> Result<(), Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let (plan, _) = open(&tx, deps, id).await?;
    compiled::end(&tx, id, ReviewState::Dropped, None).await?;
    let object = format!("compiled-plan:{id}");
    let details = serde_json::json!({ "key": plan.key });
    let entry = Entry { action: "plan.drop", subject: None, object, unit: Some(plan.unit), details };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await
}
