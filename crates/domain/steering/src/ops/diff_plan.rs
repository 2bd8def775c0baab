//! What a plan under review changes against a version that was brought in before.

use crate::deps::Deps;
use crate::model::compiled_difference::{Change, compare};
use crate::model::compiled_plan::{CompiledId, Content, ItemState, ReviewState};
use crate::model::plan::{Plan, PlanId, Target, Task};
use crate::ops::review_plan::{self, Review};
use crate::store::{plan, target, task};
use d06_db::Tx;
use d06_kernel::{Cx, Problem};
use d06_plan::{Due, Span, TargetValue};

/// The comparison.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What is compared.
    pub review: Review,
    /// The version before; `None` if there is none.
    pub before: Option<Plan>,
    /// What differs.
    pub changes: Vec<Change>,
}

/// Compares a review with the version before it: of a review that ended, the one it took the place of.
///
/// # Errors
/// "Not found".
pub async fn run(cx: &Cx, deps: &Deps, id: CompiledId) -> Result<Difference, Problem> {
    let review = review_plan::run(cx, deps, id).await?;
    let tx = deps.db.read().await?;
    let versions = plan::list_versions(&tx, &review.plan.key).await?;
    let before = match (review.plan.state, review.plan.plan) {
        (ReviewState::Accepted, Some(own)) => {
            let since = versions.iter().find(|plan| plan.id == own).map(|plan| plan.imported_at);
            let earlier = |plan: &&Plan| plan.id != own && Some(plan.imported_at) <= since;
            versions.iter().rfind(earlier).cloned()
        }
        _ => versions.last().cloned(),
    };
    let left = |state| state == ItemState::Rejected || state == ItemState::Merged;
    let after: Vec<Content> =
        review.items.iter().filter(|item| !left(item.state)).map(|item| item.content.clone()).collect();
    let changes = match &before {
        Some(before) => compare(&contents(&tx, before.id).await?, &after),
        None => Vec::new(),
    };
    Ok(Difference { review, before, changes })
}

/// The targets and tasks of a plan as items.
pub(crate) async fn contents(tx: &Tx, id: PlanId) -> Result<Vec<Content>, Problem> {
    let targets = target::list(tx, id).await?.into_iter().map(of_target);
    let tasks = task::list(tx, id).await?.into_iter().map(of_task);
    Ok(targets.chain(tasks).collect())
}

/// A target as the item it was accepted from.
pub(crate) fn of_target(target: Target) -> Content {
    let value = |goal: crate::model::goal::Goal| {
        #[allow(clippy::cast_precision_loss, reason = "a value of a plan, in hundredths")]
        let value = goal.hundredths.map(|hundredths| hundredths as f64 / 100.0);
        let op = goal.comparison.map(|comparison| comparison.sign().to_owned());
        TargetValue { period: goal.period, raw: goal.raw, op, value }
    };
    Content::Target(d06_plan::Target {
        reference: target.place.reference,
        group: target.place.group,
        group_title: target.place.group_title,
        text: target.text,
        unit: target.unit,
        values: target.goals.into_iter().map(value).collect(),
        tracking: target.tracking.into_iter().map(|unit| unit.name).collect(),
        source: span(target.place.line_start, target.place.line_end),
    })
}

/// A task as the item it was accepted from.
pub(crate) fn of_task(task: Task) -> Content {
    Content::Task(d06_plan::Task {
        reference: task.place.reference,
        group: task.place.group,
        group_title: task.place.group_title,
        text: task.text,
        lead: task.lead.into_iter().map(|unit| unit.name).collect(),
        coordinating: task.coordinating.into_iter().map(|unit| unit.name).collect(),
        due: Due { raw: task.due.raw, kind: task.due.kind, to: task.due.to, ..Due::default() },
        product: task.product,
        source: span(task.place.line_start, task.place.line_end),
    })
}

fn span(from: i32, to: i32) -> Span {
    let line = |n: i32| u32::try_from(n).unwrap_or(1);
    Span { line_start: line(from), line_end: line(to) }
}
