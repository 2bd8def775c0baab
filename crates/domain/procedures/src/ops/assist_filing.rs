//! An officer of the one-stop shop opens a form for a person who stands at the counter and cannot file alone. The
//! person's card is seen, its code scanned or its number typed; why help is given is recorded, and every read of the
//! person's data with it, so that the person sees it later.

use super::open_draft::{self, Known};
use crate::deps::Deps;
use crate::model::definition::ProcedureDefinition;
use crate::store::assistance::{self, Assistance, Means};
use crate::store::draft::{self, DraftId};
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_events::NewEvent;
use d06_kernel::card::CardCode;
use d06_kernel::person::{PartialDate, PersonalNumber};
use d06_kernel::port::population::{Address, Answer, LookUp, PersonField, PersonRecord};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Who stands at the counter.
#[derive(Clone, Debug)]
pub enum Presented {
    /// What the scanner read off their card.
    Card(Box<CardCode>),
    /// What the officer typed off it.
    Typed {
        /// The number.
        number: PersonalNumber,
        /// The date of birth, against slips of typing: another person's data are not opened by mistake.
        birth: PartialDate,
    },
}

impl Presented {
    /// The person's number.
    pub fn number(&self) -> PersonalNumber {
        match self {
            Self::Card(card) => card.number,
            Self::Typed { number, .. } => *number,
        }
    }

    fn birth(&self) -> PartialDate {
        match self {
            Self::Card(card) => card.birth,
            Self::Typed { birth, .. } => *birth,
        }
    }

    fn means(&self) -> Means {
        match self {
            Self::Card(_) => Means::Card,
            Self::Typed { .. } => Means::Typed,
        }
    }

    /// What it says of the person, for when the population database is silent.
    fn record(&self) -> PersonRecord {
        let birth_date = Some(self.birth());
        match self {
            Self::Typed { .. } => PersonRecord { birth_date, ..PersonRecord::default() },
            Self::Card(card) => PersonRecord {
                name: Some(card.name.clone()),
                birth_date,
                sex: card.sex,
                old_number: card.old_number.clone(),
                permanent_residence: card
                    .address
                    .as_ref()
                    .map(|text| Address { text: text.clone(), ..Address::default() }),
                ..PersonRecord::default()
            },
        }
    }
}

/// Which form for whom, and why.
#[derive(Clone, Debug)]
pub struct AssistFiling {
    /// The procedure's code.
    pub procedure: String,
    /// The person.
    pub person: Presented,
    /// Key of the ground.
    pub ground: String,
}

/// Opens the form for the person. Gives the draft; the same one while it is open.
///
/// # Errors
/// "Not found" for a procedure that cannot be filed here today; fields `person` (`counter.own-case`), `birth`
/// (`counter.birth-differs`) and `ground` (`field.required`). An outage of the population database is none.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::AssistFiling>,
    command: AssistFiling,
) -> Result<DraftId, Problem> {
    if !permit.covers(open_draft::NEW) {
        return Err(Problem::not_found());
    }
    let today = local_date(cx.now());
    let definition = deps.definition(&command.procedure, today)?;
    if deps.grounds.on(today).all(|ground| ground.key != command.ground) {
        return Err(Problem::field("ground", "field.required"));
    }
    let helper = cx.require_principal()?;
    let owner = command.person.number();
    if helper.number == owner {
        return Err(Problem::field("person", "counter.own-case"));
    }
    identify(cx, deps, &definition, &command.person).await?;
    let read = deps.db.read().await?;
    if let Some(open) = draft::find_open(&read, &owner, &command.procedure, true).await? {
        return Ok(open.id);
    }
    drop(read);
    let known = Known {
        record: command.person.record(),
        source: command.person.means().name(),
        purpose: "counter.prefill",
    };
    let prefill = open_draft::prefill(cx, deps, &definition, owner, known).await?;
    let tx = deps.db.begin().await?;
    if let Some(open) = draft::find_open(&tx, &owner, &command.procedure, true).await? {
        return Ok(open.id);
    }
    let opened = open_draft::new(cx, &definition, owner, Some(helper.number), prefill);
    let given = Assistance {
        helper: helper.name.clone(),
        unit: helper.unit.clone().ok_or_else(Problem::forbidden)?,
        ground: command.ground,
        means: command.person.means().name().to_owned(),
        at: cx.now(),
    };
    draft::add(&tx, &opened).await?;
    assistance::add(&tx, opened.id, &given).await?;
    let details = json!({ "procedure": opened.procedure, "ground": given.ground, "means": given.means });
    let object = format!("draft:{}", opened.id);
    let unit = Some(given.unit);
    let entry = Entry {
        action: "draft.assist",
        subject: Some(owner),
        object: object.clone(),
        unit: unit.clone(),
        details: details.clone(),
    };
    d06_audit::append(cx, &tx, entry).await?;
    let event = NewEvent { kind: "draft.assisted", subject: object, unit, payload: details };
    d06_events::publish(cx, &tx, &deps.bus, event).await?;
    tx.commit().await?;
    Ok(opened.id)
}

/// Compares the date of birth with the population database, which is asked for nothing else yet.
async fn identify(
    cx: &Cx,
    deps: &Deps,
    definition: &ProcedureDefinition,
    person: &Presented,
) -> Result<(), Problem> {
    let question = LookUp {
        subject: person.number(),
        fields: [PersonField::BirthDate].into(),
        purpose: open_draft::purpose(definition, "counter.identify"),
    };
    let Answer::Found { record, .. } = open_draft::look_up(cx, deps, question).await? else { return Ok(()) };
    let same = record.birth_date.is_none_or(|held| is_same(held, person.birth()));
    if same { Ok(()) } else { Err(Problem::field("birth", "counter.birth-differs")) }
}

/// Whether two dates of which one may be known less exactly can be the same.
fn is_same(held: PartialDate, said: PartialDate) -> bool {
    match (held, said) {
        (PartialDate::Day(held), PartialDate::Day(said)) => held == said,
        _ => held.year() == said.year(),
    }
}
