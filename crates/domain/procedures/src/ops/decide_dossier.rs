//! The leader approves or refuses. An approval is followed by the result, which a job issues: signing takes time
//! and may have to be tried again, the decision stands at once.

use super::load::{self, Shown};
use super::trace::{self, Trace};
use super::write_letter;
use crate::deps::Deps;
use crate::jobs::IssueResult;
use crate::model::dossier::DossierState;
use crate::ops::complete_step::DECIDE;
use crate::store::dossier::{self, Decision};
use crate::store::letter::LetterWords;
use crate::store::part;
use d06_authz::{Permit, act};
use d06_kernel::id::DocumentId;
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// The decision.
#[derive(Clone, Debug)]
pub struct DecideDossier {
    /// The dossier and the version shown.
    pub shown: Shown,
    /// What is decided.
    pub decision: Decision,
    /// Why; needed for a refusal.
    pub reason: String,
}

/// Decides. Gives the dossier's new version.
///
/// # Errors
/// `dossier.changed` when another officer was faster; `dossier.not-your-step`; `dossier.requirements-open` when it
/// is to be approved while a requirement is open; fields `reason` (`field.required`, `answer.too-long`).
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::DecideDossier>,
    command: DecideDossier,
) -> Result<i64, Problem> {
    let reason = reason_of(&command)?;
    let tx = deps.db.begin().await?;
    let mut dossier = load::fresh(&tx, &permit, command.shown).await?;
    let step = load::own_step(cx, &tx, &dossier).await?;
    if dossier.state != DossierState::InProgress || step.key != DECIDE {
        return Err(Problem::conflict("dossier.wrong-state").with("state", dossier.state.name()));
    }
    if command.decision == Decision::Approved {
        let requirements = part::list_requirements(&tx, dossier.id).await?;
        if requirements.iter().any(|r| !r.state.is_settled()) {
            return Err(Problem::conflict("dossier.requirements-open"));
        }
    }
    load::hand_on(cx, &tx, &mut dossier, step, reason.clone()).await?;
    load::rest(&mut dossier);
    dossier.decision = Some(command.decision);
    dossier.decision_reason = reason;
    dossier.decided_at = Some(cx.now());
    dossier.decided_by = cx.principal().map(|p| p.number);
    match command.decision {
        Decision::Approved => {
            load::go(&mut dossier, DossierState::Completed)?;
            // The id is made with the decision, so that issuing twice is the same as issuing once.
            dossier.result = Some(cx.new_id::<DocumentId>());
            d06_jobs::enqueue(cx, &tx, &IssueResult { dossier: dossier.id }).await?;
        }
        Decision::Refused => {
            load::go(&mut dossier, DossierState::Stopped)?;
            dossier.ended_at = Some(cx.now());
            let reason = dossier.decision_reason.clone().unwrap_or_default();
            let words = LetterWords { reason, ..LetterWords::default() };
            write_letter::run(cx, &tx, &dossier, LetterForm::Refusal, words).await?;
        }
    }
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.decide",
        event: Some("dossier.decided"),
        entry: command.decision.name(),
        details: json!({
            "decision": command.decision.name(),
            "on-time": cx.now() <= dossier.due_at,
            "waived": dossier.waived,
        }),
        words: dossier.decision_reason.clone(),
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}

fn reason_of(command: &DecideDossier) -> Result<Option<String>, Problem> {
    match command.decision {
        Decision::Refused => load::words("reason", &command.reason, LONGEST_REASON).map(Some),
        Decision::Approved => load::optional_words("reason", &command.reason, LONGEST_REASON),
    }
}
