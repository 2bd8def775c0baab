//! A person takes from a line of the document what the compiler left there, as a task or a target.

use crate::deps::Deps;
use crate::model::compiled_plan::{CompiledId, CompiledItem, CompiledItemId, Content, ItemState};
use crate::ops::review_plan::open;
use crate::store::compiled;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};
use d06_plan::{Source, target_at, task_at};

/// What a line is taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Work to be done.
    Task,
    /// Something to be reached.
    Target,
}

impl Taken {
    /// The stable name, for forms and the audit log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Target => "target",
        }
    }
}

/// Takes a line. The new item stands among those of its kind in the order of the document; nothing is decided on it.
///
/// # Errors
/// "Not found"; `compiled.ended`; on the field `line` `compiled.line-empty` for a line that is not there or has no
/// words, `compiled.line-taken` for one that an item stands in already.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::CompilePlan>,
    plan_id: CompiledId,
    line: u32,
    taken: Taken,
) -> Result<CompiledItemId, Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let (plan, items) = open(&tx, deps, plan_id).await?;
    let holds = |item: &CompiledItem| {
        let span = item.content.source();
        item.state != ItemState::Merged && (span.line_start..=span.line_end).contains(&line)
    };
    if items.iter().any(holds) {
        return Err(Problem::field("line", "compiled.line-taken"));
    }
    let source = Source::from_text(&plan.source).map_err(Problem::internal)?;
    let content = match taken {
        Taken::Task => task_at(&source, line).map(Content::Task),
        Taken::Target => target_at(&source, line).map(Content::Target),
    };
    let mut content = content.ok_or_else(|| Problem::field("line", "compiled.line-empty"))?;
    let after = position_before(&items, &content);
    if let Some(above) = items.iter().find(|item| item.position == after) {
        content.join_group_of(&above.content);
    }
    let item = CompiledItem {
        id: cx.new_id(),
        position: after + 1,
        content,
        as_compiled: None,
        state: ItemState::Proposed,
    };
    compiled::make_room(&tx, plan_id, after).await?;
    compiled::add_items(&tx, plan_id, std::slice::from_ref(&item)).await?;
    let details = serde_json::json!({ "decision": "take", "as": taken.name(), "line": line });
    let object = format!("compiled-plan:{plan_id}");
    let entry = Entry { action: "plan.review", subject: None, object, unit: Some(plan.unit), details };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await?;
    Ok(item.id)
}

/// The position after which an item stands: that of the last of its kind that begins above it, else just before the
/// first of its kind.
fn position_before(items: &[CompiledItem], content: &Content) -> i32 {
    let kind = std::mem::discriminant(content);
    let alike = || items.iter().filter(|item| std::mem::discriminant(&item.content) == kind);
    let above = alike().filter(|item| item.content.source().line_start < content.source().line_start);
    let last = above.map(|item| item.position).max();
    let first = alike().map(|item| item.position).min().map(|first| first - 1);
    let end = items.iter().map(|item| item.position).max().unwrap_or(-1);
    last.or(first).unwrap_or(end)
}
