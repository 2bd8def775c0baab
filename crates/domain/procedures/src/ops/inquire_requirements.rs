//! Asks the sources in the legal order what they prove of a case. Reads only; no transaction is open meanwhile.

use crate::deps::Deps;
use crate::model::definition::{CaseFacts, ProcedureDefinition, RequirementDef};
use crate::model::requirement::{Ask, Inquiry, RequirementState, SourceInfo};
use d06_kernel::id::DossierId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::evidence::{Finding, ProofQuery};
use d06_kernel::port::population::Purpose;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use futures::future::try_join_all;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long one source is waited for. What comes later is "does not answer": the counter goes on.
const PATIENCE: Duration = Duration::from_secs(3);
/// When to ask again a source that was too slow.
const AGAIN_AFTER_MINUTES: i64 = 5;

/// A case as far as the sources are asked about it.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The procedure.
    pub definition: &'a ProcedureDefinition,
    /// Number of each party that is known, by the party's key.
    pub parties: BTreeMap<String, PersonalNumber>,
    /// What is known of the case.
    pub facts: CaseFacts,
    /// The dossier it is about, once there is one.
    pub dossier: Option<DossierId>,
    /// What the access record shows: the dossier's code, or the procedure's before there is one.
    pub reference: String,
    /// The legal hour from which paper may be asked for (Resolution 66.7/2025/NQ-CP).
    pub paper_from: Moment,
}

/// The state of every requirement of the case, in the order of the definition. Requirements are asked about side
/// by side; the sources of one requirement one after the other, as the law orders them.
///
/// # Errors
/// A source that fails (rather than being out of reach) is a defect and ends the inquiry.
pub async fn run(cx: &Cx, deps: &Deps, case: &Case<'_>) -> Result<Vec<RequirementState>, Problem> {
    let sources = deps.sources(case.definition);
    try_join_all(case.definition.requirements.iter().map(|r| one(cx, deps, case, r, &sources))).await
}

async fn one(
    cx: &Cx,
    deps: &Deps,
    case: &Case<'_>,
    requirement: &RequirementDef,
    sources: &[SourceInfo],
) -> Result<RequirementState, Problem> {
    let Some(subject) = case.parties.get(&requirement.party) else {
        let field = case.definition.party(&requirement.party).and_then(|p| p.number_from.clone());
        return Ok(RequirementState::Undecided { field: field.unwrap_or_default() });
    };
    let mut inquiry = Inquiry::plan(requirement, &case.facts, sources);
    while let Some(ask) = inquiry.next_ask().cloned() {
        let finding = put(cx, deps, case, *subject, &ask).await?;
        inquiry.record(finding, cx.now());
    }
    Ok(inquiry.conclude(cx.now(), case.paper_from))
}

async fn put(
    cx: &Cx,
    deps: &Deps,
    case: &Case<'_>,
    subject: PersonalNumber,
    ask: &Ask,
) -> Result<Finding, Problem> {
    let late =
        || Finding::Unavailable { retry_at: cx.now() + chrono::Duration::minutes(AGAIN_AFTER_MINUTES) };
    let Some(source) = deps.evidence.iter().find(|s| s.key() == ask.source) else { return Ok(late()) };
    let query = ProofQuery {
        claim: ask.claim.clone(),
        subject,
        purpose: Purpose {
            code: "dossier.resolve".to_owned(),
            dossier: case.dossier,
            reference: case.reference.clone(),
            legal_basis: ask.clause.to_string(),
        },
    };
    match tokio::time::timeout(PATIENCE, source.prove(cx, &query)).await {
        Ok(answer) => answer,
        Err(_) => {
            tracing::warn!(source = source.key(), claim = ask.claim, "source is too slow");
            Ok(late())
        }
    }
}

/// The parties whose numbers are known: the applicant, and those whose number stands in the form.
pub fn parties_of(
    definition: &ProcedureDefinition,
    applicant: PersonalNumber,
    answers: &BTreeMap<String, String>,
) -> BTreeMap<String, PersonalNumber> {
    let number = |field: &String| answers.get(field).and_then(|text| text.parse().ok());
    definition
        .parties
        .iter()
        .filter_map(|party| {
            let known = party.number_from.as_ref().map_or(Some(applicant), number)?;
            Some((party.key.clone(), known))
        })
        .collect()
}
