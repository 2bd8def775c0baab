//! The one-stop officer does not accept a dossier, and says why (form 03).

use super::load::{self, Shown};
use super::trace::{self, Trace};
use super::write_letter;
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::store::dossier;
use crate::store::letter::LetterWords;
use d06_authz::{Permit, act};
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// The refusal.
#[derive(Clone, Debug)]
pub struct RefuseReception {
    /// The dossier and the version shown.
    pub shown: Shown,
    /// Why.
    pub reason: String,
}

/// Refuses to receive. Gives the dossier's new version.
///
/// # Errors
/// `dossier.changed` for a stale page; `dossier.wrong-state` for a dossier that is accepted already;
/// `dossier.not-your-step`; field `reason` (`field.required`, `answer.too-long`).
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ReceiveDossier>,
    command: RefuseReception,
) -> Result<i64, Problem> {
    let reason = load::words("reason", &command.reason, LONGEST_REASON)?;
    let tx = deps.db.begin().await?;
    let mut dossier = load::fresh(&tx, &permit, command.shown).await?;
    let step = load::own_step(cx, &tx, &dossier).await?;
    load::go(&mut dossier, DossierState::NotAccepted)?;
    load::hand_on(cx, &tx, &mut dossier, step, None).await?;
    load::rest(&mut dossier);
    dossier.decision_reason = Some(reason.clone());
    dossier.ended_at = Some(cx.now());
    let words = LetterWords { reason: reason.clone(), ..LetterWords::default() };
    write_letter::run(cx, &tx, &dossier, LetterForm::Refusal, words).await?;
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.receive",
        event: Some("dossier.not-accepted"),
        entry: "not-accepted",
        details: json!({}),
        words: Some(reason),
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
