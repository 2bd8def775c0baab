//! Asks for paper against the data, by a clause of law. Every order is counted.

use super::load::{self, Shown};
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::model::Citation;
use crate::model::requirement::{Override, RequirementState};
use crate::store::{dossier, part};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The order.
#[derive(Clone, Debug)]
pub struct OverrideRequirement {
    /// The dossier and the version shown.
    pub shown: Shown,
    /// Key of the requirement.
    pub requirement: String,
    /// The clause that allows it, as typed.
    pub clause: String,
    /// Why.
    pub reason: String,
}

/// Overrules what data says of a requirement. Gives the dossier's new version.
///
/// # Errors
/// Field `clause` for what is no citation (`citation.no-article` …); field `reason` (`requirement.bad-reason`);
/// `requirement.nothing-to-overrule`; `dossier.changed` for a stale page.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::OverrideRequirement>,
    command: OverrideRequirement,
) -> Result<i64, Problem> {
    let clause: Citation = command
        .clause
        .parse()
        .map_err(|e: crate::model::citation::NotACitation| Problem::field("clause", e.code()))?;
    let principal = cx.require_principal()?;
    let unit = principal.unit.clone().ok_or_else(Problem::forbidden)?;
    let order = Override::new(clause.clone(), &command.reason, principal.account, &unit, cx.now())
        .map_err(|e| Problem::field("reason", e.code()))?;
    let tx = deps.db.begin().await?;
    let mut dossier = load::fresh(&tx, &permit, command.shown).await?;
    if dossier.state.is_final() || dossier.decided_at.is_some() {
        return Err(Problem::conflict("dossier.wrong-state").with("state", dossier.state.name()));
    }
    let requirements = part::list_requirements(&tx, dossier.id).await?;
    let found =
        requirements.into_iter().find(|r| r.key == command.requirement).ok_or_else(Problem::not_found)?;
    let was_waived = matches!(found.state, RequirementState::Waived(_));
    let state = found.state.overrule(order).map_err(|e| Problem::conflict(e.code()))?;
    part::set_requirement(&tx, dossier.id, &found.key, &state, cx.now()).await?;
    dossier.overridden += 1;
    dossier.waived -= i64::from(was_waived);
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.override-requirement",
        event: Some("requirement.overridden"),
        entry: "overridden",
        details: json!({ "requirement": found.key, "clause": clause.as_str() }),
        words: Some(command.reason),
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
