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
    /// The officer who helps at the counter.
    pub helper: Option<PersonalNumber>,
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
    if let Some(open) = draft::find_open(&read, &command.owner, &command.procedure).await? {
        return Ok(open.id);
    }
    drop(read);
    let prefill = prefill(cx, deps, &definition, command.owner).await?;
    let tx = deps.db.begin().await?;
    if let Some(open) = draft::find_open(&tx, &command.owner, &command.procedure).await? {
        return Ok(open.id);
    }
    let id = cx.new_id::<DraftId>();
    let opened = Draft {
        id,
        procedure: command.procedure,
        procedure_version: definition.version().to_string(),
        owner: command.owner,
        filed_by: command.helper,
        answers: prefill.iter().map(|(key, held)| (key.clone(), held.value.clone())).collect(),
        prefill,
        version: 0,
        dossier: None,
        opened_at: cx.now(),
        updated_at: cx.now(),
    };
    draft::add(&tx, &opened).await?;
    tx.commit().await?;
    Ok(id)
}

/// What the State holds for the fields of the form. Only the applicant's own data: what it holds of another party
/// is not shown to the applicant.
async fn prefill(
    cx: &Cx,
    deps: &Deps,
    definition: &ProcedureDefinition,
    owner: PersonalNumber,
) -> Result<BTreeMap<String, Prefilled>, Problem> {
    let Some(applicant) = definition.parties.first() else { return Ok(BTreeMap::new()) };
    let question = LookUp {
        subject: owner,
        fields: definition.form.groups_for(&applicant.key),
        purpose: Purpose {
            code: "dossier.prefill".to_owned(),
            dossier: None,
            reference: definition.code.to_string(),
            legal_basis: definition.legal_basis.first().map(ToString::to_string).unwrap_or_default(),
        },
    };
    let (record, as_of) = match tokio::time::timeout(PATIENCE, deps.population.look_up(cx, question)).await {
        Ok(answer) => match answer? {
            Answer::Found { record, as_of } => (*record, as_of),
            Answer::Unknown | Answer::Unavailable { .. } => signed_in(cx, owner),
        },
        Err(_) => signed_in(cx, owner),
    };
    let source = if record.birth_date.is_some() || record.permanent_residence.is_some() {
        "population"
    } else {
        "vneid"
    };
    Ok(definition
        .form
        .fields()
        .filter_map(|field| {
            let from = field.prefill.as_ref().filter(|p| p.party == applicant.key)?;
            Some((field.key.clone(), held(from, owner, &record, source, as_of)?))
        })
        .collect())
}

/// What the sign-in itself says, when the population database does not answer.
fn signed_in(cx: &Cx, owner: PersonalNumber) -> (PersonRecord, DateTime<Utc>) {
    let name = cx.principal().filter(|p| p.number == owner).map(|p| p.name.clone());
    (PersonRecord { name, ..PersonRecord::default() }, cx.now())
}

fn held(
    prefill: &Prefill,
    owner: PersonalNumber,
    record: &PersonRecord,
    source: &str,
    as_of: DateTime<Utc>,
) -> Option<Prefilled> {
    let (value, source) = match prefill.from {
        PrefillSource::Number => (owner.as_str().to_owned(), "vneid"),
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
