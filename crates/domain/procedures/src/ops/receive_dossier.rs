//! The one-stop officer accepts a dossier and hands it over to the first specialised step.

use super::load::{self, Shown};
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::store::dossier;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Accepts the dossier. Gives its new version.
///
/// # Errors
/// `dossier.changed` for a stale page; `dossier.wrong-state` for one that waits for a source or is accepted
/// already; `dossier.not-your-step` for an officer of another unit.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ReceiveDossier>,
    shown: Shown,
) -> Result<i64, Problem> {
    let tx = deps.db.begin().await?;
    let mut dossier = load::fresh(&tx, &permit, shown).await?;
    let step = load::own_step(cx, &tx, &dossier).await?;
    if dossier.state != DossierState::Submitted {
        return Err(Problem::conflict("dossier.wrong-state").with("state", dossier.state.name()));
    }
    load::go(&mut dossier, DossierState::Received)?;
    dossier.received_at = Some(cx.now());
    load::go(&mut dossier, DossierState::InProgress)?;
    let next = load::hand_on(cx, &tx, &mut dossier, step, None).await?;
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.receive",
        event: Some("dossier.received"),
        entry: "received",
        details: json!({ "next": next.map(|s| s.unit) }),
        words: None,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
