//! Compiles a file that somebody handed in, and keeps it for review: lines, items, warnings, the file itself.

use crate::deps::Deps;
use crate::model::compiled_plan::{CompiledId, Content};
use crate::ops::keep_compiled::{self, ToReview};
use d06_authz::{Permit, act};
use d06_kernel::text::search_key;
use d06_kernel::{Cx, Problem, ProblemKind};
use d06_plan::Source;
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
    let tx = deps.db.begin().await?;
    let kept = match &prepared {
        Some(prepared) => Some(deps.files.keep(cx, &tx, prepared).await?.id),
        None => None,
    };
    let mut details = serde_json::Map::new();
    let _ = details.insert("key".to_owned(), key.clone().into());
    let _ = details.insert("sha256".to_owned(), hex::encode(Sha256::digest(source.as_bytes())).into());
    // Targets first, as in most plans.
    let targets = read.targets.into_iter().map(Content::Target);
    let new = ToReview {
        key,
        unit: file.unit,
        title,
        document: read.document,
        warnings: read.warnings,
        source,
        file: kept,
        file_name: file.name,
        merged_from: Vec::new(),
        contents: targets.chain(read.tasks.into_iter().map(Content::Task)).collect(),
    };
    let id = keep_compiled::run(cx, &tx, new, ("plan.compile", details)).await?;
    tx.commit().await?;
    Ok(id)
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
fn lines_of(source: &Source) -> String {
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
