//! Asks the silent sources of a dossier again. Run by a job until every source has answered or the legal hour has
//! passed; only then is the person asked for paper.

use super::inquire_requirements::{self as inquire, Case};
use super::load;
use super::record_reuse;
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::model::requirement::RequirementState;
use crate::store::dossier::{self, Dossier};
use crate::store::part::{self, Requirement};
use d06_kernel::id::DossierId;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Asks again. Gives when to ask the next time; `None` when nothing is open.
///
/// # Errors
/// A source's defect, or the database's; the job tries again.
pub async fn run(cx: &Cx, deps: &Deps, id: DossierId) -> Result<Option<Moment>, Problem> {
    let read = deps.db.read().await?;
    let dossier = dossier::get(&read, id).await?;
    let kept = part::list_requirements(&read, id).await?;
    drop(read);
    if !kept.iter().any(|r| r.state.retry_at().is_some()) || dossier.state.is_final() {
        return Ok(None);
    }
    let fresh = ask_again(cx, deps, &dossier, &kept).await?;

    let tx = deps.db.begin().await?;
    let mut dossier = dossier::get(&tx, id).await?;
    let before = part::list_requirements(&tx, id).await?;
    let mut proven = Vec::new();
    let mut after = Vec::new();
    for (kept, fresh) in before.into_iter().zip(fresh) {
        let state = kept.state.clone().refreshed(fresh);
        if state != kept.state {
            part::set_requirement(&tx, id, &kept.key, &state, cx.now()).await?;
            if matches!(state, RequirementState::Waived(_)) {
                let uses = record_reuse::used(deps, [(kept.key.as_str(), &state)]);
                record_reuse::run(cx, deps, &tx, &dossier, uses).await?;
                proven.push(kept.key.clone());
            }
        }
        after.push(state);
    }
    let next = after.iter().filter_map(RequirementState::retry_at).min();
    dossier.waived = count_waived(&after);
    if next.is_none() && dossier.state == DossierState::AwaitingSource {
        load::go(&mut dossier, DossierState::Submitted)?;
    }
    dossier::update(&tx, &dossier).await?;
    if !proven.is_empty() || next.is_none() {
        let trace = Trace {
            action: "dossier.resolve",
            event: (!proven.is_empty()).then_some("requirement.waived"),
            entry: "resolved",
            details: json!({ "requirements": proven }),
            words: None,
        };
        trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    }
    tx.commit().await?;
    Ok(next)
}

async fn ask_again(
    cx: &Cx,
    deps: &Deps,
    dossier: &Dossier,
    kept: &[Requirement],
) -> Result<Vec<RequirementState>, Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let paper_from = kept.iter().find_map(|r| match &r.state {
        RequirementState::SourceUnavailable { paper_from, .. } => Some(*paper_from),
        _ => None,
    });
    let case = Case {
        definition: &definition,
        parties: inquire::parties_of(&definition, dossier.applicant, &dossier.answers),
        facts: dossier.answers.clone(),
        dossier: Some(dossier.id),
        reference: dossier.code.clone(),
        paper_from: paper_from.unwrap_or_else(|| cx.now()),
    };
    inquire::run(cx, deps, &case).await
}

/// Requirements that data proves.
pub(super) fn count_waived(states: &[RequirementState]) -> i64 {
    let waived = states.iter().filter(|state| matches!(state, RequirementState::Waived(_))).count();
    i64::try_from(waived).unwrap_or(i64::MAX)
}
