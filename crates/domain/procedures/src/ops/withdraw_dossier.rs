//! The person withdraws their dossier before it is decided, signed in or at the counter; the settlement stops (Decree
//! 118/2025/NĐ-CP Art. 21, Circular 03/2025/TT-VPCP Art. 7, form 05).

use super::load::{self, Shown};
use super::trace::{self, Trace};
use super::write_letter;
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::store::dossier::{self, Dossier};
use crate::store::letter::LetterWords;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_kernel::id::DossierId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;
/// What the form says where the person gives no reason; they need not.
const NO_REASON: &str = "Theo yêu cầu của người nộp hồ sơ";

/// How the wish reaches the office.
#[derive(Debug)]
pub enum Wish {
    /// The person says it themselves, signed in.
    Own(Permit<act::WithdrawDossier>),
    /// The person says it at the counter, where the one-stop officer has seen their card.
    AtCounter {
        /// The officer's.
        permit: Permit<act::ReceiveDossier>,
        /// The version that the officer's page showed.
        version: i64,
        /// The number on the card.
        person: PersonalNumber,
    },
}

impl Wish {
    /// The dossier, if the wish is its applicant's.
    async fn dossier(&self, cx: &Cx, tx: &Tx, id: DossierId) -> Result<Dossier, Problem> {
        let actor = cx.require_principal()?.number;
        match self {
            Self::Own(permit) => {
                let dossier = dossier::get(tx, id).await?;
                if permit.covers(id) && dossier.applicant == actor {
                    Ok(dossier)
                } else {
                    Err(Problem::not_found())
                }
            }
            Self::AtCounter { permit, version, person } => {
                let dossier = load::fresh(tx, permit, Shown { dossier: id, version: *version }).await?;
                if dossier.applicant == actor {
                    return Err(Problem::field("person", "counter.own-case"));
                }
                let same = dossier.applicant == *person;
                if same { Ok(dossier) } else { Err(Problem::field("person", "counter.not-the-applicant")) }
            }
        }
    }

    /// Where it was said, for the audit log.
    fn place(&self) -> &'static str {
        match self {
            Self::Own(_) => "online",
            Self::AtCounter { .. } => "counter",
        }
    }
}

/// What is withdrawn.
#[derive(Clone, Debug)]
pub struct WithdrawDossier {
    /// The dossier.
    pub dossier: DossierId,
    /// Why; may be empty.
    pub reason: String,
}

/// Withdraws. Withdrawing what is withdrawn already is no error: the wish is fulfilled. Gives the dossier's version.
///
/// # Errors
/// "Not found" for another's dossier; `dossier.decided-already` when it is too late; `answer.too-long`; at the counter
/// `dossier.changed` for a stale page and field `person` (`counter.own-case`, `counter.not-the-applicant`).
pub async fn run(cx: &Cx, deps: &Deps, wish: Wish, command: WithdrawDossier) -> Result<i64, Problem> {
    let reason = load::optional_words("reason", &command.reason, LONGEST_REASON)?;
    let tx = deps.db.begin().await?;
    let mut dossier = wish.dossier(cx, &tx, command.dossier).await?;
    if dossier.is_withdrawn() {
        return Ok(dossier.version);
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
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.withdraw",
        event: Some("dossier.withdrawn"),
        entry: "withdrawn",
        details: json!({ "from": was.name(), "place": wish.place() }),
        words: reason,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
