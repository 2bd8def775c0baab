//! Keeps a compiled plan for review: its document, the file it came from, and its items, on each of which nothing is
//! decided yet.

use crate::model::compiled_plan::{CompiledId, CompiledItem, CompiledPlan, Content, ItemState, ReviewState};
use crate::model::plan::PlanId;
use crate::ops::change::who;
use crate::store::compiled;
use d06_audit::Entry;
use d06_db::Tx;
use d06_kernel::id::FileId;
use d06_kernel::{Cx, Problem};
use d06_plan::{Document, Warning};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A plan to be reviewed.
#[derive(Clone, Debug)]
pub(crate) struct ToReview {
    /// The key under which its versions follow each other.
    pub(crate) key: String,
    /// The unit whose plan it is.
    pub(crate) unit: String,
    /// The title to show.
    pub(crate) title: String,
    /// What the document says of itself.
    pub(crate) document: Document,
    /// What is to be looked at.
    pub(crate) warnings: Vec<Warning>,
    /// The document as lines.
    pub(crate) source: String,
    /// The file as it was handed in, if it was one.
    pub(crate) file: Option<FileId>,
    /// Its name.
    pub(crate) file_name: String,
    /// The plans it was merged from.
    pub(crate) merged_from: Vec<PlanId>,
    /// Its targets and tasks, in its order.
    pub(crate) contents: Vec<Content>,
}

/// Keeps it. The audit log names the action and, beside what is told, how many items there are.
pub(crate) async fn run(
    cx: &Cx,
    tx: &Tx,
    new: ToReview,
    (action, mut details): (&'static str, serde_json::Map<String, Value>),
) -> Result<CompiledId, Problem> {
    let id: CompiledId = cx.new_id();
    let item = |(position, content): (i32, Content)| CompiledItem {
        id: cx.new_id(),
        position,
        as_compiled: Some(content.clone()),
        content,
        state: ItemState::Proposed,
    };
    let items: Vec<CompiledItem> = (0..).zip(new.contents).map(item).collect();
    let plan = CompiledPlan {
        id,
        key: new.key,
        unit: new.unit,
        title: new.title,
        document: new.document,
        warnings: new.warnings,
        hash: hex::encode(Sha256::digest(new.source.as_bytes())),
        source: new.source,
        file: new.file,
        file_name: new.file_name,
        merged_from: new.merged_from,
        state: ReviewState::Open,
        plan: None,
        by_name: who(cx).0,
        at: cx.now(),
    };
    compiled::add(tx, &plan, &items).await?;
    let _ = details.insert("items".to_owned(), json!(items.len()));
    let entry = Entry {
        action,
        subject: None,
        object: format!("compiled-plan:{id}"),
        unit: Some(plan.unit),
        details: Value::Object(details),
    };
    d06_audit::append(cx, tx, entry).await?;
    Ok(id)
}
