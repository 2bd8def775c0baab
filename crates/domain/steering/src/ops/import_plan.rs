//! Brings a plan in: compiles its text and keeps targets, tasks and the text itself. The same text is brought
//! in once; another text of the same key supersedes the one before, which is kept.

use crate::model::binding::{self, Binding};
use crate::model::goal::Goal;
use crate::model::plan::{Place, Plan, PlanId, Target, Task, TaskDue};
use crate::model::unit_name::UnitNames;
use crate::ops::carry_over::CarryOver;
use crate::store::plan;
use d06_audit::Entry;
use d06_db::{Db, Tx};
use d06_kernel::{Cx, Problem};
use d06_plan::{Compiled, Source, Span, compile};
use sha2::{Digest, Sha256};

/// A plan to be brought in.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// Stable key: `ha-bac-2026`.
    pub key: String,
    /// The unit whose plan it is.
    pub unit: String,
    /// The title to show; without one, the title that the text gives.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
}

/// Brings in the plan that the platform ships for xã Hà Bắc; nothing happens if it is there already.
///
/// # Errors
/// The database's.
pub async fn shipped(cx: &Cx, db: &Db, unit: &str) -> Result<PlanId, Problem> {
    let new = NewPlan {
        key: "ha-bac-2026".to_owned(),
        unit: unit.to_owned(),
        title: Some(crate::model::plan::HA_BAC_2026_TITLE.to_owned()),
        text: crate::model::plan::HA_BAC_2026.to_owned(),
    };
    let tx = db.begin().await?;
    let id = run(cx, &tx, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Brings a plan in.
///
/// # Errors
/// `plan.unreadable` for a text that is none; the database's.
pub async fn run(cx: &Cx, tx: &Tx, new: NewPlan) -> Result<PlanId, Problem> {
    let hash = hex::encode(Sha256::digest(new.text.as_bytes()));
    if let Some(id) = plan::find_by_hash(tx, &new.key, &hash).await? {
        return Ok(id);
    }
    let source =
        Source::from_text(&new.text).map_err(|e| Problem::invalid("plan.unreadable").caused_by(e))?;
    reviewed(cx, tx, new, &compile(&source), hash, &[]).await
}

/// Brings in a plan whose items a person looked through: `compiled` is what they made of the text, `hash` tells the
/// text with their decisions from any other. The work on the version before goes on, and that on the plans of
/// `merged_from`, whose place this one takes.
///
/// # Errors
/// The database's.
pub async fn reviewed(
    cx: &Cx,
    tx: &Tx,
    new: NewPlan,
    compiled: &Compiled,
    hash: String,
    merged_from: &[PlanId],
) -> Result<PlanId, Problem> {
    if let Some(id) = plan::find_by_hash(tx, &new.key, &hash).await? {
        return Ok(id);
    }
    let before = plan::list_versions(tx, &new.key).await?.last().map(|version| version.id);
    let others = merged_from.iter().copied().filter(|plan| Some(*plan) != before);
    let earlier: Vec<PlanId> = before.into_iter().chain(others).collect();
    let carry = CarryOver::open(tx, &earlier, &compiled.targets, &compiled.tasks).await?;
    let names = UnitNames::shipped()?;
    let bindings: Vec<Binding> =
        binding::shipped()?.into_iter().filter(|binding| binding.plan == new.key).collect();

    for before in earlier {
        plan::supersede(tx, before, cx.now()).await?;
    }
    let added = Plan {
        id: cx.new_id(),
        key: new.key.clone(),
        unit: new.unit.clone(),
        title: new
            .title
            .clone()
            .or_else(|| compiled.document.title.clone())
            .unwrap_or_else(|| new.key.clone()),
        number: compiled.document.number.clone(),
        imported_at: cx.now(),
        warnings: i32::try_from(compiled.warnings.len()).unwrap_or(i32::MAX),
    };
    let warnings = serde_json::to_value(&compiled.warnings).map_err(Problem::internal)?;
    plan::add(tx, &added, plan::PlanText { source: new.text, hash: hash.clone(), warnings }).await?;
    let targets = targets(cx, compiled, &names, &bindings, &carry);
    let carried = carry.store(cx, tx, added.id, &targets, &tasks(cx, compiled, &names, &carry)).await?;
    let details = serde_json::json!({
        "key": new.key,
        "sha256": hash,
        "targets": compiled.targets.len(),
        "tasks": compiled.tasks.len(),
        "kept": carried.kept,
        "joined": carried.joined,
        "ended": carried.ended,
    });
    let object = format!("plan:{}", added.id);
    let entry = Entry { action: "plan.import", subject: None, object, unit: Some(new.unit), details };
    d06_audit::append(cx, tx, entry).await?;
    Ok(added.id)
}

fn targets(
    cx: &Cx,
    compiled: &Compiled,
    names: &UnitNames,
    bindings: &[Binding],
    carry: &CarryOver,
) -> Vec<Target> {
    let mut targets = Vec::with_capacity(compiled.targets.len());
    for ((position, at), target) in (0..).zip(0..).zip(&compiled.targets) {
        let binding = bindings.iter().find(|binding| binding.target == target.reference);
        let before = carry.target(at);
        let place = place(position, &target.reference, &target.group, &target.group_title, target.source);
        targets.push(Target {
            id: before.map_or_else(|| cx.new_id(), |before| before.id),
            place,
            text: target.text.clone(),
            unit: target.unit.clone(),
            goals: target.values.iter().map(Goal::of_plan).collect(),
            tracking: names.resolve(&target.tracking),
            measure: binding
                .map(|binding| binding.measure.clone())
                .or_else(|| before.and_then(|before| before.measure.clone())),
            legal: binding
                .map(|binding| binding.legal.clone())
                .or_else(|| before.map(|before| before.legal.clone()))
                .unwrap_or_default(),
            version: before.map_or(1, |before| before.version + 1),
        });
    }
    targets
}

fn tasks(cx: &Cx, compiled: &Compiled, names: &UnitNames, carry: &CarryOver) -> Vec<Task> {
    let mut tasks = Vec::with_capacity(compiled.tasks.len());
    for ((position, at), task) in (0..).zip(0..).zip(&compiled.tasks) {
        tasks.push(Task {
            id: carry.task(at).map_or_else(|| cx.new_id(), |before| before.id),
            place: place(position, &task.reference, &task.group, &task.group_title, task.source),
            text: task.text.clone(),
            lead: names.resolve(&task.lead),
            coordinating: names.resolve(&task.coordinating),
            due: TaskDue { raw: task.due.raw.clone(), kind: task.due.kind, to: task.due.to },
            product: task.product.clone(),
        });
    }
    tasks
}

fn place(position: i32, reference: &str, group: &str, group_title: &str, source: Span) -> Place {
    Place {
        position,
        reference: reference.to_owned(),
        group: group.to_owned(),
        group_title: group_title.to_owned(),
        line_start: i32::try_from(source.line_start).unwrap_or(i32::MAX),
        line_end: i32::try_from(source.line_end).unwrap_or(i32::MAX),
    }
}
