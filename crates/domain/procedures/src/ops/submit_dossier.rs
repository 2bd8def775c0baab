//! Files a draft as a dossier. The sources are asked first; then one transaction writes the dossier, its parties,
//! requirements with proofs, files, steps, code and due date, closes the draft, and leaves the audit entry, the
//! event and the jobs. Killed at any moment, the dossier exists whole or not at all.
//!
//! The draft is the idempotency key: it becomes one dossier, and submitting it again gives that dossier.

use super::inquire_requirements::{self as inquire, Case};
use super::plan_deadlines::{self as plan, Plan};
use super::record_reuse;
use super::resolve_requirements::count_waived;
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::jobs::ResolveRequirements;
use crate::model::definition::{PrefillSource, ProcedureDefinition};
use crate::model::dossier::{Channel, DossierState};
use crate::model::requirement::RequirementState;
use crate::numbers::Number;
use crate::store::dossier::{self, Dossier};
use crate::store::draft::{self, Answers, Draft, DraftFile, DraftId};
use crate::store::part::{self, DossierFile, Party, Requirement, Step};
use d06_authz::{Permit, act};
use d06_kernel::id::DossierId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::PersonField;
use d06_kernel::text::search_key;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, FieldProblem, Problem};
use serde_json::json;
use std::collections::BTreeMap;

/// The draft and the version the person reviewed.
#[derive(Clone, Copy, Debug)]
pub struct SubmitDossier {
    /// The draft.
    pub draft: DraftId,
    /// The version shown when the person pressed "submit".
    pub version: i64,
}

/// What was settled before the write transaction.
struct Prepared {
    draft: Draft,
    files: Vec<DraftFile>,
    parties: BTreeMap<String, PersonalNumber>,
    states: Vec<RequirementState>,
    plan: Plan,
}

/// Files the draft. Gives the dossier; the same one for a second call.
///
/// # Errors
/// "Not found" for a draft that is not the permit's; `draft.changed` when another device saved it meanwhile; fields
/// of the form that are wrong; `requirement.<key>` with `requirement.to-provide` for papers that are missing.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::SubmitDossier>,
    command: SubmitDossier,
) -> Result<DossierId, Problem> {
    if !permit.covers(command.draft) {
        return Err(Problem::not_found());
    }
    let read = deps.db.read().await?;
    let draft = draft::get(&read, command.draft).await?;
    if let Some(dossier) = draft.dossier {
        return Ok(dossier);
    }
    if draft.version != command.version {
        return Err(Problem::conflict("draft.changed"));
    }
    let files = draft::list_files(&read, command.draft).await?;
    drop(read);
    let definition = deps.version(&draft.procedure_version)?;
    let day = local_date(cx.now());
    let (prepared, number) = tokio::join!(
        prepare(cx, deps, &definition, draft, files),
        deps.numbers.take(&deps.db, &deps.commune, day)
    );
    write(cx, deps, &definition, prepared?, number?).await
}

async fn prepare(
    cx: &Cx,
    deps: &Deps,
    definition: &ProcedureDefinition,
    draft: Draft,
    files: Vec<DraftFile>,
) -> Result<Prepared, Problem> {
    let answers = super::check_answers::run(cx, definition, &draft.answers)?;
    let channel = if draft.filed_by.is_some() { Channel::Counter } else { Channel::Online };
    let plan = plan::run(deps, definition, channel, cx.now());
    let parties = inquire::parties_of(definition, draft.owner, &answers);
    let case = Case {
        definition,
        parties: parties.clone(),
        facts: answers.clone(),
        dossier: None,
        reference: definition.code.to_string(),
        paper_from: plan.paper_from,
    };
    let states = inquire::run(cx, deps, &case).await?;
    let states = provide(definition, states, &files)?;
    Ok(Prepared { draft: Draft { answers, ..draft }, files, parties, states, plan })
}

/// The states with what the person hands in; a problem for each paper that is missing.
fn provide(
    definition: &ProcedureDefinition,
    states: Vec<RequirementState>,
    files: &[DraftFile],
) -> Result<Vec<RequirementState>, Problem> {
    let mut missing = Vec::new();
    let mut provided = Vec::with_capacity(states.len());
    for (requirement, state) in definition.requirements.iter().zip(states) {
        let own: Vec<_> = files.iter().filter(|f| f.requirement == requirement.key).map(|f| f.file).collect();
        let state = match state.clone().provide(own) {
            Ok(with_files) => with_files,
            Err(_) => state,
        };
        if state.blocks_filing() {
            missing.push(FieldProblem {
                field: format!("requirement.{}", requirement.key),
                code: "requirement.to-provide",
                args: BTreeMap::new(),
            });
        }
        provided.push(state);
    }
    if missing.is_empty() { Ok(provided) } else { Err(Problem::invalid_fields(missing)) }
}

async fn write(
    cx: &Cx,
    deps: &Deps,
    definition: &ProcedureDefinition,
    prepared: Prepared,
    number: Number,
) -> Result<DossierId, Problem> {
    let id = cx.new_id::<DossierId>();
    let draft = &prepared.draft;
    let code = number.code()?;
    let tx = deps.db.begin().await?;
    if !draft::close(&tx, draft.id, draft.version, id, &draft.answers).await? {
        // The same page submitted twice at once: the other call filed it, or another device saved it meanwhile.
        return draft::get(&tx, draft.id).await?.dossier.ok_or_else(|| Problem::conflict("draft.changed"));
    }
    let dossier = dossier_of(cx, deps, definition, &prepared, (id, code.canonical()));
    dossier::add(&tx, &dossier).await?;
    part::add_parties(cx, &tx, id, &parties_of(cx, definition, &prepared, &dossier)).await?;
    part::add_requirements(cx, &tx, id, &requirements_of(cx, definition, &prepared.states)).await?;
    part::add_files(cx, &tx, id, &files_of(&prepared.files)).await?;
    part::add_steps(cx, &tx, id, &steps_of(cx, deps, definition, &prepared.plan)).await?;
    let keys = definition.requirements.iter().map(|r| r.key.as_str());
    let uses = record_reuse::used(deps, keys.zip(&prepared.states));
    record_reuse::run(cx, deps, &tx, &dossier, uses).await?;
    if dossier.state == DossierState::AwaitingSource {
        let at =
            prepared.states.iter().filter_map(RequirementState::retry_at).min().unwrap_or_else(|| cx.now());
        d06_jobs::enqueue_at(cx, &tx, &ResolveRequirements { dossier: id }, at).await?;
    }
    let trace = Trace {
        action: "dossier.submit",
        event: Some("dossier.submitted"),
        entry: "submitted",
        details: json!({
            "due-at": dossier.due_at,
            "requirements": dossier.requirements,
            "waived": dossier.waived,
        }),
        words: None,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    number.spend();
    tx.commit().await?;
    Ok(id)
}

fn dossier_of(
    cx: &Cx,
    deps: &Deps,
    definition: &ProcedureDefinition,
    prepared: &Prepared,
    (id, code): (DossierId, &str),
) -> Dossier {
    let draft = &prepared.draft;
    let first = definition.workflow.steps.first();
    let waiting = prepared.states.iter().any(|state| state.retry_at().is_some());
    let applying =
        prepared.states.iter().filter(|s| !matches!(s, RequirementState::NotApplicable { .. })).count();
    let applicant_name = applicant_name(cx, definition, draft);
    Dossier {
        id,
        code: code.to_owned(),
        draft: draft.id,
        procedure: draft.procedure.clone(),
        procedure_version: draft.procedure_version.clone(),
        agency: deps.commune.clone(),
        reception: crate::model::definition::UnitKey::OneStopShop.code(&deps.commune),
        applicant: draft.owner,
        search_key: search_key(&format!("{code} {applicant_name}")),
        applicant_name,
        channel: if draft.filed_by.is_some() { Channel::Counter } else { Channel::Online },
        state: if waiting { DossierState::AwaitingSource } else { DossierState::Submitted },
        version: 0,
        step: 0,
        step_role: first.map(|s| s.performer.role),
        step_unit: first.map(|s| s.performer.unit.code(&deps.commune)),
        answers: draft.answers.clone(),
        lookup: hex(&cx.randomness().bytes::<16>()),
        requirements: i64::try_from(applying).unwrap_or(i64::MAX),
        waived: count_waived(&prepared.states),
        overridden: 0,
        supplements: 0,
        submitted_at: cx.now(),
        received_at: None,
        due_at: prepared.plan.clock.appointment(),
        step_due_at: prepared.plan.steps.first().copied().flatten(),
        clock: prepared.plan.clock.clone(),
        decided_at: None,
        ended_at: None,
        decision: None,
        decision_reason: None,
        decided_by: None,
        result: None,
        receipt: None,
    }
}

/// The applicant's name: what the State holds, else what the sign-in says.
fn applicant_name(cx: &Cx, definition: &ProcedureDefinition, draft: &Draft) -> String {
    let party = definition.parties.first().map(|p| p.key.as_str()).unwrap_or_default();
    let signed_in = || cx.principal().filter(|p| p.number == draft.owner).map(|p| p.name.clone());
    name_of(definition, party, &draft.answers).or_else(signed_in).unwrap_or_default()
}

/// The name of a party as the form holds it.
fn name_of(definition: &ProcedureDefinition, party: &str, answers: &Answers) -> Option<String> {
    let field = definition.form.fields().find(|f| {
        let from_name = |from| from == PrefillSource::Population(PersonField::Name);
        f.prefill.as_ref().is_some_and(|p| p.party == party && from_name(p.from))
    })?;
    answers.get(&field.key).filter(|name| !name.is_empty()).cloned()
}

fn parties_of(
    cx: &Cx,
    definition: &ProcedureDefinition,
    prepared: &Prepared,
    dossier: &Dossier,
) -> Vec<Party> {
    let mut parties = Vec::with_capacity(definition.parties.len() + 1);
    for party in &definition.parties {
        let Some(number) = prepared.parties.get(&party.key) else { continue };
        let name = if *number == dossier.applicant {
            dossier.applicant_name.clone()
        } else {
            name_of(definition, &party.key, &dossier.answers).unwrap_or_default()
        };
        parties.push(Party { role: party.key.clone(), number: *number, name });
    }
    if let Some(helper) = prepared.draft.filed_by {
        parties.push(Party {
            role: crate::web::HELPER.to_owned(),
            number: helper,
            name: trace::actor_name(cx),
        });
    }
    parties
}

fn requirements_of(
    cx: &Cx,
    definition: &ProcedureDefinition,
    states: &[RequirementState],
) -> Vec<Requirement> {
    let keys = definition.requirements.iter().map(|r| r.key.clone());
    keys.zip(states)
        .map(|(key, state)| Requirement { key, state: state.clone(), settled_at: cx.now() })
        .collect()
}

fn files_of(files: &[DraftFile]) -> Vec<DossierFile> {
    files
        .iter()
        .map(|f| DossierFile {
            requirement: f.requirement.clone(),
            file: f.file,
            name: f.name.clone(),
            size: f.size,
            media: f.media.clone(),
        })
        .collect()
}

fn steps_of(cx: &Cx, deps: &Deps, definition: &ProcedureDefinition, plan: &Plan) -> Vec<Step> {
    (0_i64..)
        .zip(&definition.workflow.steps)
        .zip(&plan.steps)
        .map(|((position, step), due_at)| Step {
            position,
            key: step.key.clone(),
            role: step.performer.role,
            unit: step.performer.unit.code(&deps.commune),
            due_at: *due_at,
            started_at: (position == 0).then(|| cx.now()),
            ended_at: None,
            ended_by: None,
            note: None,
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
