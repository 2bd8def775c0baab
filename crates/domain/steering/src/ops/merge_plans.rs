//! Merges the plans of two predecessors (as when two cities became one) into one under review. Items that both have
//! become one, the later deadline noted as a change to look at; the others follow each other.

use crate::deps::Deps;
use crate::model::compiled_change::merged;
use crate::model::compiled_difference::partners;
use crate::model::compiled_plan::{CompiledId, Content};
use crate::model::plan::{Plan, PlanId};
use crate::ops::compile_plan::{key_of, levels};
use crate::ops::diff_plan::contents;
use crate::ops::keep_compiled::{self, ToReview};
use crate::store::plan;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};
use d06_plan::{Document, Warning, WarningCode};

/// Two plans to become one.
#[derive(Clone, Debug)]
pub struct MergePlans {
    /// The first; its numbers come first.
    pub first: PlanId,
    /// The second.
    pub second: PlanId,
    /// The unit whose plan the merged one is.
    pub unit: String,
    /// The title of the merged plan.
    pub title: String,
}

/// Plans that can be merged: those in force of the committee and of the units above it.
///
/// # Errors
/// "Not found" for a caller who may see none.
pub async fn choices(cx: &Cx, deps: &Deps) -> Result<Vec<Plan>, Problem> {
    let _seen: Permit<act::ViewTarget> = crate::ops::review_plan::permit(cx, deps)?;
    let tx = deps.db.read().await?;
    let levels = levels(&deps.commune);
    Ok(plan::list_in_force(&tx).await?.into_iter().filter(|plan| levels.contains(&plan.unit)).collect())
}

/// Merges.
///
/// # Errors
/// "Not found"; `compiled.same-plan`; `compiled.unit-unknown`.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::CompilePlan>,
    command: MergePlans,
) -> Result<CompiledId, Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    if command.first == command.second {
        return Err(Problem::field("second", "compiled.same-plan"));
    }
    let levels = levels(&deps.commune);
    if !levels.contains(&command.unit) {
        return Err(Problem::field("unit", "compiled.unit-unknown"));
    }
    let tx = deps.db.begin().await?;
    let (one, other) = (plan::get(&tx, command.first).await?, plan::get(&tx, command.second).await?);
    if !levels.contains(&one.unit) || !levels.contains(&other.unit) {
        return Err(Problem::not_found());
    }
    let (first, second) = (plan::source(&tx, one.id).await?, plan::source(&tx, other.id).await?);
    let offset = u32::try_from(first.lines().count()).unwrap_or(u32::MAX);
    let source = format!("{first}\n{second}");
    let (contents, warnings) =
        together(contents(&tx, one.id).await?, contents(&tx, other.id).await?, offset)?;
    let mut details = serde_json::Map::new();
    let _ = details.insert("first".to_owned(), one.id.to_string().into());
    let _ = details.insert("second".to_owned(), other.id.to_string().into());
    let new = ToReview {
        key: key_of(&command.title, &command.unit),
        unit: command.unit,
        document: Document { title: Some(command.title.clone()), ..Document::default() },
        title: command.title,
        warnings,
        source,
        file: None,
        file_name: format!("{} + {}", one.title, other.title),
        merged_from: vec![one.id, other.id],
        contents,
    };
    let id = keep_compiled::run(cx, &tx, new, ("plan.merge", details)).await?;
    tx.commit().await?;
    Ok(id)
}

/// The items of both: numbers of the first plan begin with 1, of the second with 2.
fn together(
    first: Vec<Content>,
    second: Vec<Content>,
    offset: u32,
) -> Result<(Vec<Content>, Vec<Warning>), Problem> {
    let second: Vec<Content> = second.into_iter().map(|content| moved(content, offset)).collect();
    let partners = partners(&first, &second);
    let mut contents = Vec::new();
    let mut warnings = Vec::new();
    for (content, partner) in first.iter().zip(&partners) {
        let mut one = content.clone();
        if let Some(other) = partner.and_then(|at| second.get(at)) {
            let text = one.text().to_owned();
            let lines = (one.source(), other.source());
            let due = one.last_day().max(other.last_day());
            let differs = one.last_day() != other.last_day() || one.units() != other.units();
            let other_due = other.clone();
            one = merged(&one, other)?;
            keep_words(&mut one, text, due, &other_due);
            if differs {
                let message = format!(
                    "{} and {} (line {}) were one item with another deadline or lead",
                    content.reference(),
                    other.reference(),
                    lines.1.line_start
                );
                warnings.push(Warning { code: WarningCode::RowJoined, line: lines.0.line_start, message });
            }
        }
        contents.push(numbered(one, 1));
    }
    let taken: Vec<usize> = partners.into_iter().flatten().collect();
    let rest = second.into_iter().enumerate().filter(|(at, _)| !taken.contains(at));
    contents.extend(rest.map(|(_, content)| numbered(content, 2)));
    Ok((contents, warnings))
}

/// Both said the same: the words of the first stand, and the later deadline.
fn keep_words(content: &mut Content, text: String, due: Option<chrono::NaiveDate>, other: &Content) {
    match (content, other) {
        (Content::Task(task), Content::Task(other)) => {
            task.text = text;
            if task.due.to != due {
                task.due = other.due.clone();
            }
            // The two places are in two documents; the first is shown.
            task.source.line_end = task.source.line_end.min(other.source.line_start.saturating_sub(1));
        }
        (Content::Target(target), Content::Target(other)) => {
            target.text = text;
            target.source.line_end = target.source.line_end.min(other.source.line_start.saturating_sub(1));
        }
        _ => {}
    }
}

fn numbered(mut content: Content, part: u32) -> Content {
    match &mut content {
        Content::Target(target) => target.reference = format!("{part}/{}", target.reference),
        Content::Task(task) => task.reference = format!("{part}/{}", task.reference),
    }
    content
}

fn moved(mut content: Content, by: u32) -> Content {
    let span = match &mut content {
        Content::Target(target) => &mut target.source,
        Content::Task(task) => &mut task.source,
    };
    span.line_start = span.line_start.saturating_add(by);
    span.line_end = span.line_end.saturating_add(by);
    content
}
