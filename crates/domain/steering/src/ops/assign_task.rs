//! Says who does a task, who answers for it and follows it, who decides, and with which product.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId, Person};
use crate::ops::change::{self, Change, Point};
use crate::ops::task_resource::{self, TaskInPlan, lies_in};
use crate::store::assignment;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_kernel::{Cx, Problem, Role};

/// The roles that may decide on a product.
pub const AUTHORITIES: [Role; 3] = [Role::Chairman, Role::ApprovingLeader, Role::StandingOffice];

/// The most pieces of a product.
const MOST_PIECES: i64 = 1_000_000_000;

/// What a task is given with; what is `None` is left open.
#[derive(Clone, Debug, Default)]
pub struct AssignTask {
    /// Code of the unit that leads.
    pub unit: Option<String>,
    /// Personal number of the official in charge.
    pub person: Option<String>,
    /// Code of the unit that follows it.
    pub monitor: Option<String>,
    /// The role that decides.
    pub authority: Option<Role>,
    /// The product.
    pub product: String,
    /// How many pieces of it.
    pub quantity: Option<i64>,
    /// Key of the measure whose value is the progress.
    pub measure: Option<String>,
}

/// Assigns.
///
/// # Errors
/// By field: `task.unit-unknown`, `task.person-not-in-unit`, `task.authority-unfit`, `task.quantity-range`,
/// `target.measure-unknown`; `task.changed-meanwhile` if somebody was faster.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::SteerTask>,
    (id, version): (AssignmentId, i64),
    command: AssignTask,
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let office = task_resource::load(deps, id).await?.plan.unit;
    let wanted = checked(cx, deps, &office, command).await?;
    let tx = deps.db.begin().await?;
    let found = task_resource::load_in(&tx, id).await?;
    let after = Assignment {
        unit: wanted.unit,
        person: wanted.person,
        monitor: wanted.monitor,
        authority: wanted.authority,
        product: wanted.product,
        quantity: wanted.quantity,
        measure: wanted.measure,
        version,
        ..found.assignment.clone()
    };
    keep(cx, deps, &tx, &found, &after).await?;
    tx.commit().await
}

/// What was asked for, with everything looked up.
pub(crate) struct Wanted {
    unit: Option<String>,
    person: Option<Person>,
    monitor: Option<String>,
    authority: Option<Role>,
    product: String,
    quantity: Option<i64>,
    measure: Option<String>,
}

/// Looks up what a command names. Ports are asked here, before a write begins.
async fn checked(cx: &Cx, deps: &Deps, office: &str, command: AssignTask) -> Result<Wanted, Problem> {
    for (field, code) in [("unit", &command.unit), ("monitor", &command.monitor)] {
        if let Some(code) = code {
            unit_of(cx, deps, office, field, code).await?;
        }
    }
    if command.authority.is_some_and(|role| !AUTHORITIES.contains(&role)) {
        return Err(Problem::field("authority", "task.authority-unfit"));
    }
    if command.quantity.is_some_and(|pieces| !(1..=MOST_PIECES).contains(&pieces)) {
        return Err(Problem::field("quantity", "task.quantity-range"));
    }
    if command.measure.as_deref().is_some_and(|key| deps.measures.find(key).is_none()) {
        return Err(Problem::field("measure", "target.measure-unknown"));
    }
    let person = match &command.person {
        Some(number) => Some(person_of(cx, deps, office, command.unit.as_deref(), number).await?),
        None => None,
    };
    Ok(Wanted {
        unit: command.unit,
        person,
        monitor: command.monitor,
        authority: command.authority,
        product: command.product,
        quantity: command.quantity,
        measure: command.measure,
    })
}

/// Asks that a code names a unit of an office.
pub(crate) async fn unit_of(
    cx: &Cx,
    deps: &Deps,
    office: &str,
    field: &'static str,
    code: &str,
) -> Result<(), Problem> {
    let units = deps.units.subtree(cx, office).await?;
    if units.iter().any(|unit| unit.code == code) {
        Ok(())
    } else {
        Err(Problem::field(field, "task.unit-unknown"))
    }
}

/// The official of a number, who works in the leading unit or above it.
async fn person_of(
    cx: &Cx,
    deps: &Deps,
    office: &str,
    unit: Option<&str>,
    number: &str,
) -> Result<Person, Problem> {
    let holders = deps.officials.holders(cx, office).await?;
    let fits = |works_in: &str| unit.is_none_or(|unit| lies_in(unit, works_in));
    let mut held = holders.into_iter().filter(|holder| holder.number.as_str() == number);
    let found = held.find(|holder| fits(&holder.unit));
    let found = found.ok_or_else(|| Problem::field("person", "task.person-not-in-unit"))?;
    Ok(Person { number: number.to_owned(), name: found.name.unwrap_or_default() })
}

/// Writes an assignment with what changed against the one found, and says so. Nothing happens if nothing changed.
pub(crate) async fn keep(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    found: &TaskInPlan,
    after: &Assignment,
) -> Result<(), Problem> {
    let before = &found.assignment;
    let names = |one: &Assignment| one.person.as_ref().map(|person| person.name.clone());
    let role = |one: &Assignment| one.authority.map(Role::name);
    let product = |one: &Assignment| Some(one.product.clone()).filter(|product| !product.is_empty());
    let person_changed = before.person != after.person;
    let points: Vec<Point> = [
        Point::of("unit", before.unit.clone(), after.unit.clone()),
        person_changed.then(|| Point { what: "person", before: names(before), after: names(after) }),
        Point::of("monitor", before.monitor.clone(), after.monitor.clone()),
        Point::of("authority", role(before), role(after)),
        Point::of("product", product(before), product(after)),
        Point::of("quantity", before.quantity, after.quantity),
        Point::of("measure", before.measure.clone(), after.measure.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if points.is_empty() {
        return Ok(());
    }
    assignment::update(tx, after).await?;
    let change = Change {
        owner: after.id.0,
        object: found.object(),
        unit: after.unit.clone().or_else(|| found.responsible()),
        action: "task.assign",
        event: "task.assigned",
        points,
        note: None,
    };
    change::record(cx, deps, tx, change).await
}
