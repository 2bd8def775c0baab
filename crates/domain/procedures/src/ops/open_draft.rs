//! Opens the form of a procedure for a person, filled from what the State holds; or the open draft they have.

use crate::deps::Deps;
use crate::model::definition::{Prefill, PrefillSource, ProcedureDefinition};
use crate::store::draft::{self, Draft, DraftId, Prefilled};
use chrono::{DateTime, Utc};
use d06_authz::{Permit, act};
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::{
    Address, Answer, LookUp, MaritalStatus, PersonField, PersonRecord, Purpose, RelatedPerson,
};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long the population database is waited for before the form opens empty.
const PATIENCE: Duration = Duration::from_secs(3);

/// The id a permit for a draft that does not exist yet is asked with.
pub const NEW: &str = "new";

/// Whose form of which procedure.
#[derive(Clone, Debug)]
pub struct OpenDraft {
    /// The procedure's code.
    pub procedure: String,
    /// The person it is for.
    pub owner: PersonalNumber,
}

/// What is known of the person when the population database is silent, and whence.
pub(super) struct Known {
    /// The data.
    pub(super) record: PersonRecord,
    /// Key of its source; also of the number's.
    pub(super) source: &'static str,
    /// Purpose of asking the population database.
    pub(super) purpose: &'static str,
}

/// Opens the form. Gives the draft; a second call gives the same one while it is open.
///
/// # Errors
/// "Not found" for a procedure that cannot be filed here today. An outage of the population database is none: the
/// form opens with what the sign-in says.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::EditDraft>,
    command: OpenDraft,
) -> Result<DraftId, Problem> {
    if !permit.covers(NEW) {
        return Err(Problem::not_found());
    }
    let definition = deps.definition(&command.procedure, local_date(cx.now()))?;
    let read = deps.db.read().await?;
    if let Some(open) = draft::find_open(&read, &command.owner, &command.procedure, false).await? {
        return Ok(open.id);
    }
    drop(read);
    let prefill = prefill(cx, deps, &definition, command.owner, signed_in(cx, command.owner)).await?;
    let tx = deps.db.begin().await?;
    if let Some(open) = draft::find_open(&tx, &command.owner, &command.procedure, false).await? {
        return Ok(open.id);
    }
    let opened = new(cx, &definition, command.owner, None, prefill);
    draft::add(&tx, &opened).await?;
    tx.commit().await?;
    Ok(opened.id)
}

/// A draft that begins with what is held.
pub(super) fn new(
    cx: &Cx,
    definition: &ProcedureDefinition,
    owner: PersonalNumber,
    filed_by: Option<PersonalNumber>,
    prefill: BTreeMap<String, Prefilled>,
) -> Draft {
    Draft {
        id: cx.new_id::<DraftId>(),
        procedure: definition.code.to_string(),
        procedure_version: definition.version().to_string(),
        owner,
        filed_by,
        answers: prefill.iter().map(|(key, held)| (key.clone(), held.value.clone())).collect(),
        prefill,
        version: 0,
        dossier: None,
        opened_at: cx.now(),
        updated_at: cx.now(),
    }
}

/// What the State holds for the fields of the form. Only the applicant's own data: what it holds of another party
/// is not shown to the applicant.
pub(super) async fn prefill(
    cx: &Cx,
    deps: &Deps,
    definition: &ProcedureDefinition,
    owner: PersonalNumber,
    known: Known,
) -> Result<BTreeMap<String, Prefilled>, Problem> {
    let Some(applicant) = definition.parties.first() else { return Ok(BTreeMap::new()) };
    let question = LookUp {
        subject: owner,
        fields: definition.form.groups_for(&applicant.key),
        purpose: purpose(definition, known.purpose),
    };
    let number_from = known.source;
    let (record, as_of, source) = match look_up(cx, deps, question).await? {
        Answer::Found { record, as_of } => (*record, as_of, "population"),
        Answer::Unknown | Answer::Unavailable { .. } => (known.record, cx.now(), known.source),
    };
    Ok(definition
        .form
        .fields()
        .filter_map(|field| {
            let from = field.prefill.as_ref().filter(|p| p.party == applicant.key)?;
            Some((field.key.clone(), held(from, owner, &record, (number_from, source), as_of)?))
        })
        .collect())
}

/// Asks the population database; one that is too slow is out of reach.
pub(super) async fn look_up(cx: &Cx, deps: &Deps, question: LookUp) -> Result<Answer, Problem> {
    match tokio::time::timeout(PATIENCE, deps.population.look_up(cx, question)).await {
        Ok(answer) => answer,
        Err(_) => Ok(Answer::Unavailable { reason: "timeout".to_owned(), retry_at: cx.now() }),
    }
}

/// Why the population database is asked, for the forms of a procedure.
pub(super) fn purpose(definition: &ProcedureDefinition, code: &str) -> Purpose {
    Purpose {
        code: code.to_owned(),
        dossier: None,
        reference: definition.code.to_string(),
        legal_basis: definition.legal_basis.first().map(ToString::to_string).unwrap_or_default(),
    }
}

/// What the sign-in itself says, when the population database does not answer.
fn signed_in(cx: &Cx, owner: PersonalNumber) -> Known {
    let name = cx.principal().filter(|p| p.number == owner).map(|p| p.name.clone());
    let record = PersonRecord { name, ..PersonRecord::default() };
    Known { record, source: "vneid", purpose: "dossier.prefill" }
}

fn held(
    prefill: &Prefill,
    owner: PersonalNumber,
    record: &PersonRecord,
    (number_from, source): (&str, &str),
    as_of: DateTime<Utc>,
) -> Option<Prefilled> {
    let (value, source) = match prefill.from {
        PrefillSource::Number => (owner.as_str().to_owned(), number_from),
        PrefillSource::Population(field) => (value_of(field, record)?, source),
        PrefillSource::RelatedName(field) => (related(field, record)?.name.clone(), source),
        PrefillSource::RelatedNumber(field) => (related(field, record)?.number?.as_str().to_owned(), source),
    };
    Some(Prefilled { value, source: source.to_owned(), as_of })
}

fn related(field: PersonField, record: &PersonRecord) -> Option<&RelatedPerson> {
    match field {
        PersonField::Father => record.father.as_ref(),
        PersonField::Mother => record.mother.as_ref(),
        PersonField::Spouse => record.spouse.as_ref(),
        PersonField::HouseholdHead => record.household_head.as_ref(),
        _ => None,
    }
}

fn value_of(field: PersonField, record: &PersonRecord) -> Option<String> {
    let line = |address: &Option<Address>| address.as_ref().map(|a| a.text.clone());
    match field {
        PersonField::Name => record.name.clone(),
        PersonField::BirthDate => record.birth_date.map(|date| date.vietnamese()),
        PersonField::Sex => record.sex.map(|sex| sex_name(sex).to_owned()),
        PersonField::Ethnicity => record.ethnicity.clone(),
        PersonField::Nationality => record.nationality.clone(),
        PersonField::BirthRegistrationPlace => line(&record.birth_registration_place),
        PersonField::Origin => line(&record.origin),
        PersonField::PermanentResidence => line(&record.permanent_residence),
        PersonField::TemporaryResidence => line(&record.temporary_residence),
        PersonField::CurrentResidence => line(&record.current_residence),
        PersonField::MaritalStatus => record.marital_status.and_then(marital_status_name).map(str::to_owned),
        PersonField::OldNumber => record.old_number.clone(),
        PersonField::Death => record.death_date.map(|date| date.vietnamese()),
        PersonField::Father
        | PersonField::Mother
        | PersonField::Spouse
        | PersonField::HouseholdHead
        | PersonField::HouseholdMembers
        | PersonField::IdentityCard => None,
    }
}

fn sex_name(sex: d06_kernel::person::Sex) -> &'static str {
    match sex {
        d06_kernel::person::Sex::Male => "male",
        d06_kernel::person::Sex::Female => "female",
    }
}

fn marital_status_name(status: MaritalStatus) -> Option<&'static str> {
    match status {
        MaritalStatus::Single => Some("single"),
        MaritalStatus::Married => Some("married"),
        MaritalStatus::Divorced => Some("divorced"),
        MaritalStatus::Widowed => Some("widowed"),
        MaritalStatus::Unknown => None,
    }
}
