//! Loads a dossier for a change: the permit must be for it, and the officer's page must be fresh.

use crate::model::dossier::DossierState;
use crate::store::dossier::{self, Dossier};
use crate::store::part::{self, Step};
use d06_authz::Permit;
use d06_db::Tx;
use d06_kernel::id::DossierId;
use d06_kernel::{Cx, Problem, Role};

/// Which dossier, and the version the page showed.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The dossier.
    pub dossier: DossierId,
    /// The version the page showed.
    pub version: i64,
}

/// The dossier, if the permit is for it and nobody changed it since the page was shown.
///
/// # Errors
/// "Not found" for another permit; `dossier.changed` for a stale page.
pub(super) async fn fresh<A>(tx: &Tx, permit: &Permit<A>, shown: Shown) -> Result<Dossier, Problem> {
    if !permit.covers(shown.dossier) {
        return Err(Problem::not_found());
    }
    let dossier = dossier::get(tx, shown.dossier).await?;
    if dossier.version == shown.version { Ok(dossier) } else { Err(Problem::conflict("dossier.changed")) }
}

/// The step the dossier waits for, if the actor holds its role in its unit.
///
/// # Errors
/// `dossier.not-your-step` for another unit or role, or when it waits for nobody.
pub(super) async fn own_step(cx: &Cx, tx: &Tx, dossier: &Dossier) -> Result<Step, Problem> {
    let not_yours = || Problem::conflict("dossier.not-your-step");
    let steps = part::list_steps(tx, dossier.id).await?;
    let step = steps.into_iter().find(|s| s.position == dossier.step).ok_or_else(not_yours)?;
    let waits = dossier.step_role == Some(step.role);
    if waits && takes(cx, step.role, &step.unit) { Ok(step) } else { Err(not_yours()) }
}

/// Whether the actor holds the role in the unit, in this session.
pub(crate) fn takes(cx: &Cx, role: Role, unit: &str) -> bool {
    cx.principal().is_some_and(|p| p.unit.as_deref() == Some(unit) && p.has(role))
}

/// Moves the dossier to a state.
///
/// # Errors
/// `dossier.wrong-state` if the state machine has no such step.
pub(super) fn go(dossier: &mut Dossier, to: DossierState) -> Result<(), Problem> {
    dossier.state = dossier
        .state
        .go(to)
        .map_err(|e| Problem::conflict("dossier.wrong-state").with("state", e.from.name()))?;
    Ok(())
}

/// Ends the present step and hands the dossier over to the next one, which gets it now.
pub(super) async fn hand_on(
    cx: &Cx,
    tx: &Tx,
    dossier: &mut Dossier,
    mut step: Step,
    note: Option<String>,
) -> Result<Option<Step>, Problem> {
    step.ended_at = Some(cx.now());
    step.ended_by = Some(super::trace::actor_name(cx));
    step.note = note;
    part::update_step(tx, dossier.id, &step).await?;
    let steps = part::list_steps(tx, dossier.id).await?;
    let next = steps.into_iter().find(|s| s.position == step.position + 1);
    match next {
        Some(mut next) => {
            next.started_at = Some(cx.now());
            part::update_step(tx, dossier.id, &next).await?;
            dossier.step = next.position;
            dossier.step_role = Some(next.role);
            dossier.step_unit = Some(next.unit.clone());
            dossier.step_due_at = next.due_at;
            Ok(Some(next))
        }
        None => {
            rest(dossier);
            Ok(None)
        }
    }
}

/// Words that must be given: composed, trimmed.
///
/// # Errors
/// `field.required`, `answer.too-long` at the field.
pub(super) fn words(field: &str, typed: &str, longest: usize) -> Result<String, Problem> {
    optional_words(field, typed, longest)?.ok_or_else(|| Problem::field(field, "field.required"))
}

/// Words that may be left out; `None` for nothing.
///
/// # Errors
/// `answer.too-long` at the field.
pub(super) fn optional_words(field: &str, typed: &str, longest: usize) -> Result<Option<String>, Problem> {
    let typed = d06_kernel::text::nfc(typed.trim());
    if typed.chars().count() > longest {
        return Err(Problem::field(field, "answer.too-long"));
    }
    Ok((!typed.is_empty()).then_some(typed))
}

/// Takes the dossier out of every queue.
pub(super) fn rest(dossier: &mut Dossier) {
    dossier.step_role = None;
    dossier.step_unit = None;
    dossier.step_due_at = None;
}
