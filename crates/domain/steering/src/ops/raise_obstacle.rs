//! Raises an obstacle to a task or a target and sends it to the unit that can remove it.

use crate::deps::Deps;
use crate::model::assignment::AssignmentId;
use crate::model::obstacle::{About, Obstacle, ObstacleId};
use crate::model::plan::{Plan, TargetId};
use crate::model::rules::{ANSWER_DAYS, Rules};
use crate::ops::assign_task::unit_of;
use crate::ops::change::{self, Change, Point, who};
use crate::ops::compile_plan::levels;
use crate::ops::task_resource::{self, lies_in};
use crate::store::{history, obstacle, plan, target};
use chrono::NaiveDate;
use d06_authz::{Kind, Permit, Resource, act};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// What an obstacle stands in the way of, with its plan and the unit that must act.
#[derive(Clone, Debug)]
pub struct Hindered {
    /// Which.
    pub about: About,
    /// Its reference in the plan.
    pub reference: String,
    /// Its words.
    pub text: String,
    /// The unit that must act on it.
    pub unit: String,
    /// The plan.
    pub plan: Plan,
}

impl Hindered {
    /// The permit to raise an obstacle to it.
    ///
    /// # Errors
    /// As [`d06_authz::Authz::permit`].
    pub fn permit(&self, cx: &Cx, deps: &Deps) -> Result<Permit<act::RaiseObstacle>, Problem> {
        let resource = Resource::new(Kind::Obstacle, self.about.id()).in_unit(self.unit.clone());
        deps.authz.permit(cx, &resource)
    }
}

/// Loads what an obstacle shall be raised to.
///
/// # Errors
/// "Not found".
pub async fn load(cx: &Cx, deps: &Deps, about: About) -> Result<Hindered, Problem> {
    match about {
        About::Task(id) => of_task(deps, id).await,
        About::Target(id) => of_target(cx, deps, id).await,
    }
}

async fn of_task(deps: &Deps, id: AssignmentId) -> Result<Hindered, Problem> {
    let found = task_resource::load(deps, id).await?;
    let leads = found.assignment.unit.clone().filter(|unit| lies_in(unit, &found.plan.unit));
    Ok(Hindered {
        about: About::Task(id),
        reference: found.task.place.reference,
        text: found.task.text,
        unit: leads.unwrap_or_else(|| found.plan.unit.clone()),
        plan: found.plan,
    })
}

/// A target is followed by several units: the reader's, if it is one of them.
async fn of_target(cx: &Cx, deps: &Deps, id: TargetId) -> Result<Hindered, Problem> {
    let tx = deps.db.read().await?;
    let (plan, target) = target::get(&tx, id).await?;
    let plan = plan::get(&tx, plan).await?;
    let own = cx.principal().and_then(|person| person.unit.clone());
    let follows = |unit: &String| target.tracking.iter().any(|named| named.code.as_ref() == Some(unit));
    Ok(Hindered {
        about: About::Target(id),
        reference: target.place.reference.clone(),
        text: target.text.clone(),
        unit: own.filter(follows).unwrap_or_else(|| plan.unit.clone()),
        plan,
    })
}

/// An obstacle to be raised.
#[derive(Clone, Debug)]
pub struct RaiseObstacle {
    /// What it is.
    pub text: String,
    /// What the unit proposes.
    pub proposal: Option<String>,
    /// Code of the unit that can remove it.
    pub addressee: String,
}

/// Raises it. The last day to answer follows from the rule in force.
///
/// # Errors
/// `task.unit-unknown` at `addressee`; the database's.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::RaiseObstacle>,
    hindered: Hindered,
    command: RaiseObstacle,
) -> Result<ObstacleId, Problem> {
    if !permit.covers(hindered.about.id()) {
        return Err(Problem::not_found());
    }
    addressee_of(cx, deps, &hindered.plan.unit, &command.addressee).await?;
    let (by, unit) = who(cx);
    let raised = Obstacle {
        id: cx.new_id(),
        plan: hindered.plan.id,
        about: hindered.about,
        reference: hindered.reference,
        unit: unit.unwrap_or(hindered.unit),
        addressee: command.addressee.clone(),
        text: command.text,
        proposal: command.proposal,
        raised_at: cx.now(),
        raised_by: by,
        due_on: answer_by(cx, deps)?,
        level: 0,
        answer: None,
        version: 1,
    };
    let tx = deps.db.begin().await?;
    obstacle::add(&tx, &raised).await?;
    let points = vec![Point { what: "raised", before: None, after: Some(command.addressee) }];
    change::record(cx, deps, &tx, changed(&raised, "obstacle.raise", "obstacle.raised", points, None))
        .await?;
    let seen = Point { what: "obstacle", before: None, after: Some(raised.text.clone()) };
    history::add_all(cx, &tx, vec![change::happening(cx, hindered.about.id(), &seen, None)]).await?;
    tx.commit().await?;
    Ok(raised.id)
}

/// A unit that can be asked to remove an obstacle: one of the office, or one above it.
///
/// # Errors
/// `task.unit-unknown` at `addressee`.
pub(crate) async fn addressee_of(cx: &Cx, deps: &Deps, office: &str, code: &str) -> Result<(), Problem> {
    if levels(office).iter().any(|above| above == code) {
        return Ok(());
    }
    unit_of(cx, deps, office, "addressee", code).await
}

/// The last day to answer from today on.
pub(crate) fn answer_by(cx: &Cx, deps: &Deps) -> Result<NaiveDate, Problem> {
    let today = local_date(cx.now());
    let days = Rules::shipped()?.value(ANSWER_DAYS, today)?;
    Ok(deps.calendar.add_working_days(today, u32::try_from(days).unwrap_or(0)))
}

/// A change of an obstacle.
pub(crate) fn changed(
    obstacle: &Obstacle,
    action: &'static str,
    event: &'static str,
    points: Vec<Point>,
    note: Option<String>,
) -> Change {
    Change {
        owner: obstacle.id.0,
        object: format!("obstacle:{}", obstacle.id),
        unit: Some(obstacle.addressee.clone()),
        action,
        event,
        points,
        note,
    }
}
