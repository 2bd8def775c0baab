//! The one-stop officer took the fee at the counter and writes down the number of the receipt (biên lai).

use super::load::{self, Shown};
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::store::dossier;
use crate::store::payment::{self, Payment};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The longest number of a receipt, in characters.
const LONGEST: usize = 40;

/// The payment.
#[derive(Clone, Debug)]
pub struct RecordPayment {
    /// The dossier and the version shown.
    pub shown: Shown,
    /// Number of the receipt.
    pub receipt: String,
}

/// Records it. Gives the dossier's version.
///
/// # Errors
/// `dossier.changed` for a stale page; `payment.nothing-due` for a dossier without a fee; `payment.recorded-already`;
/// field `receipt` (`field.required`, `answer.too-long`).
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ReceiveDossier>,
    command: RecordPayment,
) -> Result<i64, Problem> {
    let receipt = load::words("receipt", &command.receipt, LONGEST)?;
    let tx = deps.db.begin().await?;
    let dossier = load::fresh(&tx, &permit, command.shown).await?;
    let definition = deps.version(&dossier.procedure_version)?;
    let amount = definition.cost(dossier.channel, &dossier.answers);
    if amount <= 0 {
        return Err(Problem::conflict("payment.nothing-due"));
    }
    let recorded_by = trace::actor_name(cx);
    let paid = Payment { amount, receipt, recorded_by, at: cx.now() };
    payment::add(cx, &tx, dossier.id, &paid).await?;
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.record-payment",
        event: Some("dossier.paid"),
        entry: "paid",
        details: json!({ "amount": amount, "receipt": paid.receipt }),
        words: None,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
