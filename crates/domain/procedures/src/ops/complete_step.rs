//! An officer ends their step and hands the dossier over to the next.

use super::load::{self, Shown};
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::store::dossier;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The key of the step that ends with a decision; it is taken by [`super::decide_dossier`].
pub const DECIDE: &str = "decide";
/// The longest note, in characters.
const LONGEST_NOTE: usize = 2_000;

/// The permit for a step: what the role of the step is allowed to do.
#[derive(Debug)]
pub enum StepPermit {
    /// A step of the one-stop shop.
    Receive(Permit<act::ReceiveDossier>),
    /// A step of a specialist.
    Examine(Permit<act::ExamineDossier>),
    /// A step of a leader.
    Decide(Permit<act::DecideDossier>),
}

/// Ends the step.
#[derive(Clone, Debug)]
pub struct CompleteStep {
    /// The dossier and the version shown.
    pub shown: Shown,
    /// What the next officer should know; empty for nothing.
    pub note: String,
}

/// Ends the step and hands the dossier over. Gives its new version.
///
/// # Errors
/// `dossier.changed` for a stale page; `dossier.not-your-step`; `dossier.wrong-state` while it waits for the person
/// or for a decision; `answer.too-long` for the note.
pub async fn run(cx: &Cx, deps: &Deps, permit: StepPermit, command: CompleteStep) -> Result<i64, Problem> {
    let note = load::optional_words("note", &command.note, LONGEST_NOTE)?;
    let tx = deps.db.begin().await?;
    let mut dossier = match &permit {
        StepPermit::Receive(permit) => load::fresh(&tx, permit, command.shown).await?,
        StepPermit::Examine(permit) => load::fresh(&tx, permit, command.shown).await?,
        StepPermit::Decide(permit) => load::fresh(&tx, permit, command.shown).await?,
    };
    let step = load::own_step(cx, &tx, &dossier).await?;
    if dossier.state != DossierState::InProgress || step.key == DECIDE {
        return Err(Problem::conflict("dossier.wrong-state").with("state", dossier.state.name()));
    }
    let done = step.key.clone();
    let next = load::hand_on(cx, &tx, &mut dossier, step, note).await?;
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.examine",
        event: Some("dossier.step-done"),
        entry: "step-done",
        details: json!({ "step": done, "next": next.map(|s| s.key) }),
        words: None,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
