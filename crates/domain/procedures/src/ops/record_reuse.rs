//! Writes down which documents of cabinets proved something in a dossier, so that their owners see it.

use super::inquire_requirements::parties_of;
use crate::deps::Deps;
use crate::model::requirement::RequirementState;
use crate::store::dossier::Dossier;
use crate::store::reuse::{self, Reuse};
use d06_audit::Entry;
use d06_db::Tx;
use d06_events::NewEvent;
use d06_kernel::id::DocumentId;
use d06_kernel::port::evidence::SourceRank;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Records the documents; does nothing for none.
///
/// # Errors
/// The database's.
pub(super) async fn run(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    dossier: &Dossier,
    uses: Vec<Reuse>,
) -> Result<(), Problem> {
    if uses.is_empty() {
        return Ok(());
    }
    reuse::add(cx, tx, dossier.id, &uses).await?;
    let definition = deps.version(&dossier.procedure_version)?;
    let parties = parties_of(&definition, dossier.applicant, &dossier.answers);
    for one in &uses {
        let owner = definition.requirement(&one.requirement).and_then(|r| parties.get(&r.party));
        let object = format!("document:{}", one.document);
        let details = json!({ "dossier": dossier.id, "code": dossier.code, "requirement": one.requirement });
        let unit = Some(dossier.reception.clone());
        let entry = Entry {
            action: "document.present",
            subject: owner.copied(),
            object: object.clone(),
            unit: unit.clone(),
            details: details.clone(),
        };
        d06_audit::append(cx, tx, entry).await?;
        let event = NewEvent { kind: "document.presented", subject: object, unit, payload: details };
        d06_events::publish(cx, tx, &deps.bus, event).await?;
    }
    Ok(())
}

/// The documents of cabinets behind requirements, given as key and state.
pub(super) fn used<'a>(
    deps: &Deps,
    requirements: impl IntoIterator<Item = (&'a str, &'a RequirementState)>,
) -> Vec<Reuse> {
    requirements.into_iter().filter_map(|(key, state)| document(deps, key, state)).collect()
}

/// The document that proves a requirement, if a cabinet does.
fn document(deps: &Deps, key: &str, state: &RequirementState) -> Option<Reuse> {
    let RequirementState::Waived(waiver) = state else { return None };
    let source = deps.evidence.iter().find(|source| source.key() == waiver.proof.source)?;
    let document = waiver.proof.reference.parse().ok().filter(|_| source.rank() == SourceRank::Cabinet)?;
    Some(Reuse { document: DocumentId(document), requirement: key.to_owned() })
}
