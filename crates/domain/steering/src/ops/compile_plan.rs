//! Compiles a file that somebody handed in, and keeps it for review: lines, items, warnings, the file itself.

use crate::deps::Deps;
use crate::model::compiled_plan::{CompiledId, CompiledItem, CompiledPlan, Content, ItemState, ReviewState};
use crate::store::compiled;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_kernel::text::search_key;
use d06_kernel::{Cx, Problem, ProblemKind};
use d06_plan::{Compiled, Source};
use d06_plan_files::{FileKind, ReadError};
use sha2::{Digest, Sha256};

/// The longest key of a plan.
const KEY: usize = 80;

/// A file with a plan.
#[derive(Clone, Debug)]
pub struct PlanFile {
    /// The unit whose plan it is: the committee, or one above it.
    pub unit: String,
    /// The plan it revises, by its key; `None` for a new one.
    pub revises: Option<String>,
    /// Its name on the sender's device.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Compiles.
///
/// # Errors
/// The codes of [`ReadError`] on the field `file`; `compiled.nothing-found`; `compiled.unit-unknown`; what the store
/// of files refuses.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::CompilePlan>,
    file: PlanFile,
) -> Result<CompiledId, Problem> {
    let id: CompiledId = cx.new_id();
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    if !levels(&deps.commune).contains(&file.unit) {
        return Err(Problem::field("unit", "compiled.unit-unknown"));
    }
    let kind = d06_plan_files::kind(&file.bytes).map_err(refused)?;
    let bytes = file.bytes.clone();
    let read =
        move || d06_plan_files::read(&bytes).map(|source| (lines_of(&source), d06_plan::compile(&source)));
    let (source, read) =
        tokio::task::spawn_blocking(read).await.map_err(Problem::internal)?.map_err(refused)?;
    if read.targets.is_empty() && read.tasks.is_empty() {
        return Err(Problem::field("file", "compiled.nothing-found"));
    }
    // Plain text is kept by its lines; the store takes no other kinds than those it can check.
    let prepared = match kind {
        FileKind::Text => None,
        _ => Some(deps.files.prepare(cx, &file.bytes).await?),
    };
    let title = read.document.title.clone().unwrap_or_else(|| file.name.clone());
    let key = file.revises.unwrap_or_else(|| key_of(&title, &file.unit));
    let items = items_of(cx, &read);
    let tx = deps.db.begin().await?;
    let kept = match &prepared {
        Some(prepared) => Some(deps.files.keep(cx, &tx, prepared).await?.id),
        None => None,
    };
    let plan = CompiledPlan {
        id,
        key,
        unit: file.unit,
        title,
        hash: hex::encode(Sha256::digest(source.as_bytes())),
        document: read.document,
        warnings: read.warnings,
        source,
        file: kept,
        file_name: file.name,
        merged_from: Vec::new(),
        state: ReviewState::Open,
        plan: None,
        by_name: who(cx),
        at: cx.now(),
    };
    compiled::add(&tx, &plan, &items).await?;
    let details = serde_json::json!({ "key": plan.key, "sha256": plan.hash, "items": items.len() });
    let object = format!("compiled-plan:{id}");
    let entry = Entry { action: "plan.compile", subject: None, object, unit: Some(plan.unit), details };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// The name of who acts, for the page; the audit log knows who it was.
pub(crate) fn who(cx: &Cx) -> String {
    cx.principal().map(|principal| principal.name.clone()).unwrap_or_default()
}

/// The committee and every unit above it: `H31.10816`, `H31`.
pub fn levels(commune: &str) -> Vec<String> {
    let mut levels = vec![commune.to_owned()];
    let mut unit = commune;
    while let Some((above, _)) = unit.rsplit_once('.') {
        levels.push(above.to_owned());
        unit = above;
    }
    levels
}

fn refused(error: ReadError) -> Problem {
    match error {
        ReadError::TooLarge => Problem::new(ProblemKind::TooLarge, error.code()),
        other => Problem::field("file", other.code()),
    }
}

/// The lines as they are kept: a tab parts cells.
pub(crate) fn lines_of(source: &Source) -> String {
    let lines = source.lines.iter().map(|line| match &line.cells {
        Some(cells) if line.text.is_empty() => {
            cells.iter().map(|cell| one_line(&cell.text)).collect::<Vec<_>>().join("\t")
        }
        _ => line.text.clone(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was read, as items to decide on: targets first, as in most plans.
pub(crate) fn items_of(cx: &Cx, compiled: &Compiled) -> Vec<CompiledItem> {
    let targets = compiled.targets.iter().cloned().map(Content::Target);
    let tasks = compiled.tasks.iter().cloned().map(Content::Task);
    let item = |(position, content): (i32, Content)| CompiledItem {
        id: cx.new_id(),
        position,
        as_compiled: Some(content.clone()),
        content,
        state: ItemState::Proposed,
    };
    (0..).zip(targets.chain(tasks)).map(item).collect()
}

/// A key made of a title: `ke-hoach-de-an-06-nam-2026`.
pub(crate) fn key_of(title: &str, unit: &str) -> String {
    let folded = search_key(title);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut key = unit.to_ascii_lowercase();
    for word in words {
        if key.len() + word.len() + 1 > KEY {
            break;
        }
        key.push('-');
        key.push_str(word);
    }
    key
}
