//! Entries of the registers of steering: added, changed, taken from stage to stage; and the coverage of inspections.

use crate::deps::Deps;
use crate::model::evidence::Happening;
use crate::model::register::{INSPECTED, INSPECTION, Record, RecordId, Register, Registers};
use crate::model::report::cycle::Level;
use crate::model::rules::{COVERAGE, Rule, Rules};
use crate::ops::assign_task::unit_of;
use crate::ops::change::{self, Change, Point};
use crate::store::{history, record};
use chrono::{Datelike, NaiveDate};
use d06_authz::{Kind, Permit, Resource, act};
use d06_kernel::port::measure::Ratio;
use d06_kernel::port::unit::Unit;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// A register of the office as the policies see it.
pub fn resource_of_register(deps: &Deps, key: &str) -> Resource {
    Resource::new(Kind::Register, key).in_unit(deps.commune.clone())
}

/// An entry as the policies see it: it lies in the unit that must act.
pub fn resource_of(record: &Record) -> Resource {
    Resource::new(Kind::Register, record.id).in_unit(record.unit.clone())
}

/// What an entry says.
#[derive(Clone, Debug)]
pub struct Content {
    /// What it is called.
    pub title: String,
    /// The unit that must act.
    pub unit: String,
    /// Last day.
    pub due_on: Option<NaiveDate>,
    /// The fields of the register, those that are filled in.
    pub fields: BTreeMap<String, String>,
}

/// An entry with what belongs to it.
#[derive(Clone, Debug)]
pub struct RecordDetail {
    /// The register.
    pub register: Register,
    /// The entry.
    pub record: Record,
    /// The entry it belongs to.
    pub parent: Option<Record>,
    /// Entries that belong to it.
    pub children: Vec<Record>,
    /// What happened, newest first.
    pub history: Vec<Happening>,
    /// Whether the reader may change what it says.
    pub may_keep: bool,
    /// The stages that the reader may take it to.
    pub steps: Vec<String>,
}

/// How much of the units was inspected in a year, against the least wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Units inspected, of all units of the office.
    pub ratio: Ratio,
    /// The rule in force.
    pub rule: Rule,
}

/// The entries of a register.
///
/// # Errors
/// "Not found" for a register that does not exist or may not be seen.
pub async fn list(cx: &Cx, deps: &Deps, key: &str) -> Result<(Register, Vec<Record>), Problem> {
    let register = Registers::shipped()?.get(key)?.clone();
    let _: Permit<act::ViewRegister> = deps.authz.permit(cx, &resource_of_register(deps, key))?;
    let tx = deps.db.read().await?;
    let records = record::list(&tx, &deps.commune, key, None).await?;
    Ok((register, records))
}

/// The coverage of inspections in the present year: of the units of the office, those that were inspected. A hamlet is no
/// agency and is not inspected.
///
/// # Errors
/// The database's or the directory's.
pub async fn coverage(cx: &Cx, deps: &Deps) -> Result<Coverage, Problem> {
    let today = local_date(cx.now());
    let units = deps.units.subtree(cx, &deps.commune).await?;
    let is_inspected =
        |unit: &Unit| unit.code != deps.commune && Level::of_kind(&unit.kind) != Some(Level::Hamlet);
    let below: BTreeSet<String> = units.into_iter().filter(is_inspected).map(|unit| unit.code).collect();
    let tx = deps.db.read().await?;
    let held = record::list(&tx, &deps.commune, INSPECTION, None).await?;
    let of_year = |day: NaiveDate| day.year() == today.year();
    let inspected: BTreeSet<String> = held
        .into_iter()
        .filter(|one| INSPECTED.contains(&one.stage.as_str()) && one.done_on.is_some_and(of_year))
        .map(|one| one.unit)
        .filter(|unit| below.contains(unit))
        .collect();
    let count = |units: &BTreeSet<String>| i64::try_from(units.len()).unwrap_or(i64::MAX);
    let ratio = Ratio { numerator: count(&inspected), denominator: count(&below) };
    Ok(Coverage { ratio, rule: Rules::shipped()?.on(COVERAGE, today)?.clone() })
}

/// An entry.
///
/// # Errors
/// "Not found" for one that does not exist or may not be seen.
pub async fn show(cx: &Cx, deps: &Deps, id: RecordId) -> Result<RecordDetail, Problem> {
    let tx = deps.db.read().await?;
    let found = record::get(&tx, id).await?;
    let resource = resource_of(&found);
    let _: Permit<act::ViewRegister> = deps.authz.permit(cx, &resource)?;
    let register = Registers::shipped()?.get(&found.register)?.clone();
    let parent = match found.parent {
        Some(parent) => Some(record::get(&tx, parent).await?),
        None => None,
    };
    let children = match &register.child {
        Some(child) => record::list(&tx, &found.office, child, Some(id)).await?,
        None => Vec::new(),
    };
    let may_keep = deps.authz.may::<act::KeepRegister>(cx, &resource);
    let may_work = deps.authz.may::<act::UpdateRegister>(cx, &resource);
    let next = register.stage(&found.stage).map(|stage| stage.to.clone()).unwrap_or_default();
    let allowed =
        |key: &String| may_keep || (may_work && register.stage(key).is_some_and(|stage| stage.work));
    Ok(RecordDetail {
        steps: next.into_iter().filter(allowed).collect(),
        history: history::list(&tx, id.0).await?,
        register,
        record: found,
        parent,
        children,
        may_keep,
    })
}

/// Adds an entry.
///
/// # Errors
/// `task.unit-unknown` at `unit`; "not found" for a parent of another register.
pub async fn add(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::KeepRegister>,
    key: &str,
    parent: Option<RecordId>,
    content: Content,
) -> Result<RecordId, Problem> {
    if !permit.covers(key) {
        return Err(Problem::not_found());
    }
    let register = Registers::shipped()?.get(key)?.clone();
    unit_of(cx, deps, &deps.commune, "unit", &content.unit).await?;
    let tx = deps.db.begin().await?;
    match (&register.parent, parent) {
        (None, None) => {}
        (Some(of), Some(parent)) if record::get(&tx, parent).await?.register == *of => {}
        _ => return Err(Problem::not_found()),
    }
    let new = Record {
        id: cx.new_id(),
        register: register.key.clone(),
        office: deps.commune.clone(),
        parent,
        title: content.title,
        unit: content.unit,
        stage: register.first().to_owned(),
        due_on: content.due_on,
        done_on: None,
        fields: content.fields,
        version: 1,
    };
    record::add(&tx, &new).await?;
    let point = Point { what: "record-added", before: None, after: Some(new.title.clone()) };
    let change = changed(&new, "register.add", "register.added", vec![point], None);
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Changes what an entry says.
///
/// # Errors
/// `task.unit-unknown` at `unit`; `record.changed-meanwhile`.
pub async fn update(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::KeepRegister>,
    (id, version): (RecordId, i64),
    content: Content,
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    unit_of(cx, deps, &deps.commune, "unit", &content.unit).await?;
    let tx = deps.db.begin().await?;
    let before = record::get(&tx, id).await?;
    let after = Record {
        title: content.title,
        unit: content.unit,
        due_on: content.due_on,
        fields: content.fields,
        version,
        ..before.clone()
    };
    let fields = (before.fields != after.fields).then(|| Point { what: "record-fields", ..Point::default() });
    let points: Vec<Point> = [
        Point::of("record-title", Some(before.title), Some(after.title.clone())),
        Point::of("unit", Some(before.unit), Some(after.unit.clone())),
        Point::of("due", before.due_on, after.due_on),
        fields,
    ]
    .into_iter()
    .flatten()
    .collect();
    record::update(&tx, &after).await?;
    let change = changed(&after, "register.change", "register.changed", points, None);
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await
}

/// The permit that a stage asks for.
#[derive(Debug)]
pub enum StagePermit {
    /// The standing office's.
    Keep(Permit<act::KeepRegister>),
    /// That of the unit that must act.
    Work(Permit<act::UpdateRegister>),
}

impl StagePermit {
    /// The permit of a reader for an entry.
    ///
    /// # Errors
    /// As [`d06_authz::Authz::permit`].
    pub fn ask(cx: &Cx, deps: &Deps, record: &Record) -> Result<Self, Problem> {
        let resource = resource_of(record);
        match deps.authz.permit(cx, &resource) {
            Ok(permit) => Ok(Self::Keep(permit)),
            Err(_) => deps.authz.permit(cx, &resource).map(Self::Work),
        }
    }

    fn covers(&self, id: RecordId) -> bool {
        match self {
            Self::Keep(permit) => permit.covers(id),
            Self::Work(permit) => permit.covers(id),
        }
    }
}

/// Takes an entry to another stage.
///
/// # Errors
/// `record.stage-impossible`; `forbidden` for a stage that is the standing office's; `record.changed-meanwhile`.
pub async fn step(
    cx: &Cx,
    deps: &Deps,
    permit: StagePermit,
    (id, version): (RecordId, i64),
    to: &str,
    note: Option<String>,
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let before = record::get(&tx, id).await?;
    let register = Registers::shipped()?.get(&before.register)?.clone();
    let stage =
        register.step(&before.stage, to).ok_or_else(|| Problem::conflict("record.stage-impossible"))?;
    if matches!(permit, StagePermit::Work(_)) && !stage.work {
        return Err(Problem::forbidden());
    }
    let today = local_date(cx.now());
    // An inspection is counted in the year in which it took place, not in which it was concluded.
    let settles = stage.done || INSPECTED.contains(&to);
    let done_on = if settles { before.done_on.or(Some(today)) } else { None };
    let after = Record { stage: to.to_owned(), done_on, version, ..before.clone() };
    record::update(&tx, &after).await?;
    let point = Point { what: "stage", before: Some(before.stage), after: Some(to.to_owned()) };
    let change = changed(&after, "register.step", "register.stepped", vec![point], note);
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await
}

fn changed(
    record: &Record,
    action: &'static str,
    event: &'static str,
    points: Vec<Point>,
    note: Option<String>,
) -> Change {
    Change {
        owner: record.id.0,
        object: format!("{}:{}", record.register, record.id),
        unit: Some(record.unit.clone()),
        action,
        event,
        points,
        note,
    }
}
