//! What a person decides on an item under review.

use crate::deps::Deps;
use crate::model::compiled_change::{Correction, corrected, merged, split};
use crate::model::compiled_plan::{CompiledId, CompiledItem, CompiledItemId, ItemState};
use crate::ops::review_plan::open;
use crate::store::compiled;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It becomes a target or task.
    Accept,
    /// It does not.
    Reject,
    /// It is open again.
    Reopen,
    /// It says something else; a corrected item is accepted.
    Correct(Correction),
    /// It is one with the item after it.
    MergeWithNext,
    /// It is two; the text with an empty line where the second begins.
    Split(String),
}

impl Decision {
    /// The stable name, for the audit log.
    fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Reopen => "reopen",
            Self::Correct(_) => "correct",
            Self::MergeWithNext => "merge",
            Self::Split(_) => "split",
        }
    }
}

/// Decides. Gives the next item on which nothing is decided, if there is one.
///
/// # Errors
/// "Not found"; `compiled.ended`; `compiled.no-next`, `compiled.kinds-differ`, `compiled.split-where`,
/// `compiled.due-not-understood`.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::CompilePlan>,
    plan_id: CompiledId,
    item_id: CompiledItemId,
    decision: Decision,
) -> Result<Option<CompiledItemId>, Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let (plan, mut items) = open(&tx, deps, plan_id).await?;
    let at = items.iter().position(|item| item.id == item_id).ok_or_else(Problem::not_found)?;
    let mut item = items[at].clone();
    let action = decision.name();
    match decision {
        Decision::Accept => item.state = ItemState::Accepted,
        Decision::Reject => item.state = ItemState::Rejected,
        Decision::Reopen => item.state = ItemState::Proposed,
        Decision::Correct(correction) => {
            item.content = corrected(&item.content, correction, &plan.document.period)?;
            item.state = ItemState::Accepted;
        }
        Decision::MergeWithNext => {
            let next = items[at + 1..].iter_mut().find(|next| next.state != ItemState::Merged);
            let next = next.ok_or_else(|| Problem::invalid("compiled.no-next"))?;
            item.content = merged(&item.content, &next.content)?;
            next.state = ItemState::Merged;
            compiled::update_item(&tx, plan_id, next).await?;
        }
        Decision::Split(text) => {
            let (first, second) = split(&item.content, &text)?;
            compiled::make_room(&tx, plan_id, item.position).await?;
            let second = CompiledItem {
                id: cx.new_id(),
                position: item.position + 1,
                content: second,
                as_compiled: None,
                state: ItemState::Proposed,
            };
            compiled::add_items(&tx, plan_id, std::slice::from_ref(&second)).await?;
            item.content = first;
            items.insert(at + 1, second);
        }
    }
    compiled::update_item(&tx, plan_id, &item).await?;
    let next = items[at + 1..].iter().find(|item| item.state == ItemState::Proposed).map(|item| item.id);
    let details = serde_json::json!({ "decision": action, "reference": item.content.reference() });
    let object = format!("compiled-plan:{plan_id}");
    let entry = Entry { action: "plan.review", subject: None, object, unit: Some(plan.unit), details };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await?;
    Ok(next)
}
