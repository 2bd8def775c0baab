//! The person withdraws their dossier before it is decided; the settlement stops (Decree 118/2025/NĐ-CP Art. 21,
//! Circular 03/2025/TT-VPCP Art. 7, form 05).

use super::load;
use super::trace::{self, Trace};
use super::write_letter;
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::store::dossier;
use crate::store::letter::LetterWords;
use d06_authz::{Permit, act};
use d06_kernel::id::DossierId;
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;
/// What the form says where the person gives no reason; they need not.
const NO_REASON: &str = "Theo yêu cầu của người nộp hồ sơ";

/// The wish.
#[derive(Clone, Debug)]
pub struct WithdrawDossier {
    /// The dossier.
    pub dossier: DossierId,
    /// Why; may be empty.
    pub reason: String,
}

/// Withdraws. Withdrawing what is withdrawn already is no error: the wish is fulfilled.
///
/// # Errors
/// "Not found" for another's dossier; `dossier.decided-already` when it is too late; `answer.too-long`.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::WithdrawDossier>,
    command: WithdrawDossier,
) -> Result<(), Problem> {
    let reason = load::optional_words("reason", &command.reason, LONGEST_REASON)?;
    let person = cx.require_principal()?.number;
    let tx = deps.db.begin().await?;
    let mut dossier = dossier::get(&tx, command.dossier).await?;
    if !permit.covers(dossier.id) || dossier.applicant != person {
        return Err(Problem::not_found());
    }
    if dossier.is_withdrawn() {
        return Ok(());
    }
    if dossier.decided_at.is_some() || dossier.ended_at.is_some() {
        return Err(Problem::conflict("dossier.decided-already"));
    }
    let was = dossier.state;
    if was.next().contains(&DossierState::WithdrawalRequested) {
        load::go(&mut dossier, DossierState::WithdrawalRequested)?;
    }
    load::go(&mut dossier, DossierState::Stopped)?;
    load::rest(&mut dossier);
    dossier.ended_at = Some(cx.now());
    let words = LetterWords {
        reason: reason.clone().unwrap_or_else(|| NO_REASON.to_owned()),
        ..LetterWords::default()
    };
    write_letter::run(cx, &tx, &dossier, LetterForm::Stop, words).await?;
    dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.withdraw",
        event: Some("dossier.withdrawn"),
        entry: "withdrawn",
        details: json!({ "from": was.name() }),
        words: reason,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await
}
