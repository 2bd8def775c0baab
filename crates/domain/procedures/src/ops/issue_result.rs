//! Issues the result of an approved dossier and returns it electronically. Run by a job; running it twice is the
//! same as running it once.

use super::inquire_requirements;
use super::load;
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::store::dossier::{self, Dossier};
use crate::store::part;
use d06_kernel::id::DossierId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::document::NewResult;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Issues and returns.
///
/// # Errors
/// The issuer's; the job tries again.
pub async fn run(cx: &Cx, deps: &Deps, id: DossierId) -> Result<(), Problem> {
    let read = deps.db.read().await?;
    let decided = dossier::get(&read, id).await?;
    drop(read);
    if decided.state != DossierState::Completed {
        return Ok(());
    }
    let owners = owners_of(deps, &decided)?;
    deps.issuer.issue(cx, result_of(deps, &decided, owners)?).await?;

    let tx = deps.db.begin().await?;
    let mut dossier = dossier::get(&tx, id).await?;
    if dossier.state != DossierState::Completed {
        return Ok(());
    }
    load::go(&mut dossier, DossierState::Returned)?;
    dossier.ended_at = Some(cx.now());
    // Stamping and handing out are done by the electronic issue itself.
    for mut step in part::list_steps(&tx, id).await?.into_iter().filter(|s| s.ended_at.is_none()) {
        step.started_at = step.started_at.or(Some(cx.now()));
        step.ended_at = Some(cx.now());
        step.ended_by = Some(trace::actor_name(cx));
        part::update_step(&tx, id, &step).await?;
    }
    dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.return",
        event: Some("dossier.returned"),
        entry: "returned",
        details: json!({ "document": dossier.result }),
        words: None,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await
}

/// The parties that become owners of the result, as the definition names them; the applicant where none is known.
fn owners_of(deps: &Deps, dossier: &Dossier) -> Result<Vec<PersonalNumber>, Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let parties = inquire_requirements::parties_of(&definition, dossier.applicant, &dossier.answers);
    let mut owners: Vec<PersonalNumber> =
        definition.result.owners.iter().filter_map(|party| parties.get(party).copied()).collect();
    if owners.is_empty() {
        owners.push(dossier.applicant);
    }
    owners.sort_unstable();
    owners.dedup();
    Ok(owners)
}

fn result_of(deps: &Deps, dossier: &Dossier, owners: Vec<PersonalNumber>) -> Result<NewResult, Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let lacks = |what: &str| Problem::internal(format!("an approved dossier without {what}"));
    let mut fields = serde_json::Map::new();
    for key in &definition.result.fields {
        let Some(value) = dossier.answers.get(key) else { continue };
        fields.insert(key.clone(), json!(value));
    }
    fields.insert("dossier-code".to_owned(), json!(dossier.code));
    fields.insert("applicant-name".to_owned(), json!(dossier.applicant_name));
    Ok(NewResult {
        document: dossier.result.ok_or_else(|| lacks("a document id"))?,
        owners,
        kind: definition.result.kind.clone(),
        dossier: dossier.id,
        unit: dossier.agency.clone(),
        approved_by: dossier.decided_by.ok_or_else(|| lacks("an approver"))?,
        fields: serde_json::Value::Object(fields),
    })
}
