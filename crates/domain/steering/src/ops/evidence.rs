//! Adds, opens and takes away what proves a product, a figure or an entry of a register.

use crate::deps::Deps;
use crate::model::assignment::State;
use crate::model::evidence::{Evidence, EvidenceFile, EvidenceId};
use crate::ops::change::{self, Change, Point, who};
use crate::ops::enter_figure::FigureSlot;
use crate::ops::task_resource::{self, TaskInPlan};
use crate::store::evidence;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_files::{Prepared, clean_name};
use d06_kernel::{Cx, Problem};
use uuid::Uuid;

/// The most pieces of evidence of one thing.
const MOST: usize = 100;

/// A piece of evidence to be added.
#[derive(Clone, Debug)]
pub struct NewEvidence {
    /// What it is.
    pub description: String,
    /// Number and symbol of a document.
    pub number: Option<String>,
    /// Pieces of the product that it proves.
    pub quantity: Option<i64>,
    /// The file with its name; inspected and written before the transaction.
    pub file: Option<(String, Prepared)>,
}

/// Adds evidence to a task.
///
/// # Errors
/// `task.closed` for a task that is done or given up; `evidence.empty` with neither number nor file;
/// `evidence.too-many`; `task.quantity-range`; `file.name-invalid`.
pub async fn add_to_task(
    cx: &Cx,
    deps: &Deps,
    permit: &Permit<act::UpdateTask>,
    found: &TaskInPlan,
    new: NewEvidence,
) -> Result<EvidenceId, Problem> {
    let id = found.assignment.id;
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let found = task_resource::load_in(&tx, id).await?;
    if matches!(found.assignment.state, State::Done | State::Cancelled) {
        return Err(Problem::conflict("task.closed"));
    }
    let added = add(cx, deps, &tx, id.0, new).await?;
    let point = Point { what: "evidence", before: None, after: Some(added.description.clone()) };
    record(cx, deps, &tx, &found, point).await?;
    tx.commit().await?;
    Ok(added.id)
}

/// Takes evidence of a task away while the task is open. What is gone already is no error.
///
/// # Errors
/// `task.closed`.
pub async fn remove_from_task(
    cx: &Cx,
    deps: &Deps,
    permit: &Permit<act::UpdateTask>,
    found: &TaskInPlan,
    evidence_id: EvidenceId,
) -> Result<(), Problem> {
    let id = found.assignment.id;
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let found = task_resource::load_in(&tx, id).await?;
    if !matches!(found.assignment.state, State::NotStarted | State::InProgress) {
        return Err(Problem::conflict("task.closed"));
    }
    let of_task = evidence::list(&tx, &[id.0]).await?;
    let Some(gone) = of_task.into_iter().find(|one| one.id == evidence_id) else { return Ok(()) };
    evidence::remove(&tx, evidence_id).await?;
    let point = Point { what: "evidence", before: Some(gone.description), after: None };
    record(cx, deps, &tx, &found, point).await?;
    tx.commit().await
}

/// The content of a file of a task's evidence.
///
/// # Errors
/// "Not found" for evidence of something else or without a file; `file.lost`.
pub async fn open_of_task(
    deps: &Deps,
    permit: &Permit<act::ViewTask>,
    found: &TaskInPlan,
    id: EvidenceId,
) -> Result<(EvidenceFile, &'static str, Vec<u8>), Problem> {
    if !permit.covers(found.assignment.id) {
        return Err(Problem::not_found());
    }
    open(deps, found.assignment.id.0, id).await
}

/// The evidence of the figures of a slot, of every revision, oldest first.
///
/// # Errors
/// The database's.
pub async fn of_figures(deps: &Deps, slot: &FigureSlot) -> Result<Vec<Evidence>, Problem> {
    let tx = deps.db.read().await?;
    let owners: Vec<Uuid> = slot.revisions.iter().map(|figure| figure.id.0).collect();
    evidence::list(&tx, &owners).await
}

/// The content of a file of a figure's evidence.
///
/// # Errors
/// "Not found" for evidence of something else or without a file; `file.lost`.
pub async fn open_of_figures(
    deps: &Deps,
    slot: &FigureSlot,
    id: EvidenceId,
) -> Result<(EvidenceFile, &'static str, Vec<u8>), Problem> {
    let of_slot = of_figures(deps, slot).await?;
    let found = of_slot.into_iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
    open(deps, found.owner, id).await
}

/// Adds evidence to anything, in its transaction.
pub(crate) async fn add(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    owner: Uuid,
    new: NewEvidence,
) -> Result<Evidence, Problem> {
    if new.file.is_none() && new.number.is_none() {
        return Err(Problem::field("number", "evidence.empty"));
    }
    if new.quantity.is_some_and(|pieces| pieces < 1) {
        return Err(Problem::field("quantity", "task.quantity-range"));
    }
    if evidence::list(tx, &[owner]).await?.len() >= MOST {
        return Err(Problem::conflict("evidence.too-many").with("most", MOST));
    }
    let file = match new.file {
        Some((name, prepared)) => {
            let stored = deps.files.keep(cx, tx, &prepared).await?;
            Some(EvidenceFile { id: stored.id, name: clean_name(&name)?, size: stored.size })
        }
        None => None,
    };
    let added = Evidence {
        id: cx.new_id(),
        owner,
        description: new.description,
        number: new.number,
        quantity: new.quantity,
        file,
        added_at: cx.now(),
        added_by: who(cx).0,
    };
    evidence::add(tx, &added).await?;
    Ok(added)
}

/// The content of a file of evidence that belongs to `owner`, with its media type.
pub(crate) async fn open(
    deps: &Deps,
    owner: Uuid,
    id: EvidenceId,
) -> Result<(EvidenceFile, &'static str, Vec<u8>), Problem> {
    let tx = deps.db.read().await?;
    let found = evidence::get(&tx, id).await?;
    if found.owner != owner {
        return Err(Problem::not_found());
    }
    let file = found.file.ok_or_else(Problem::not_found)?;
    let media = deps.files.get(&tx, file.id).await?.media.name();
    let content = deps.files.open(&tx, file.id).await?;
    Ok((file, media, content))
}

async fn record(cx: &Cx, deps: &Deps, tx: &Tx, found: &TaskInPlan, point: Point) -> Result<(), Problem> {
    let change = Change {
        owner: found.assignment.id.0,
        object: found.object(),
        unit: found.responsible(),
        action: "task.evidence",
        event: "task.evidence-changed",
        points: vec![point],
        note: None,
    };
    change::record(cx, deps, tx, change).await
}
