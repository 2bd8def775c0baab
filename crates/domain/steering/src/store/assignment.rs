//! Assignments.

use super::entity::assignment::{ActiveModel, Column, Entity, Model};
use super::entity::obstacle;
use crate::model::assignment::{Assignment, AssignmentId, Due, Person, Standing, State};
use crate::model::plan::{PlanId, Task, TaskId};
use crate::model::revision::{due_of, lead_of};
use crate::model::rhythm::Rhythm;
use chrono::{Days, NaiveDate};
use d06_db::sea_orm::ActiveValue::{NotSet, Set};
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, Query};
use d06_db::sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use d06_db::sql::{like_contains, nulls_last};
use d06_db::{DbResultExt, Tx};
use d06_kernel::text::search_key;
use d06_kernel::{Problem, Role};
use d06_plan::DueKind;
use std::collections::BTreeMap;

/// Rows written in one statement: SQLite takes 32,766 values.
const CHUNK: usize = 500;

/// The day that standings are judged on, and the days of warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// The day.
    pub(crate) today: NaiveDate,
    /// Days before a deadline from which a task counts as at risk.
    pub(crate) soon_days: i64,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Soonest deadline first, those without one last.
    #[default]
    Due,
    /// As in the plan.
    Plan,
}

/// Which assignments; what is not said is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AssignmentFilter {
    /// Of these plans; empty for all.
    pub(crate) plans: Vec<PlanId>,
    /// Led by this unit or one below it.
    pub(crate) unit: Option<String>,
    /// What an office answers for.
    pub(crate) office: Option<Office>,
    /// In the charge of the official of this number.
    pub(crate) person: Option<String>,
    /// In one of these states; empty for all.
    pub(crate) states: Vec<State>,
    /// Standing so against the deadline.
    pub(crate) standing: Option<Standing>,
    /// Due on this day or later.
    pub(crate) due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub(crate) due_to: Option<NaiveDate>,
    /// Whose reference or text holds these words.
    pub(crate) words: Option<String>,
    /// Lacking one of the six clears.
    pub(crate) unclear: bool,
}

/// What an office answers for: what stands in its own plans, and what others' plans give to it or to a unit below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Office {
    /// Its own plans.
    pub(crate) plans: Vec<PlanId>,
    /// Its code.
    pub(crate) unit: String,
}

/// At a unit or one below it.
fn within(unit: &str) -> Condition {
    Condition::any().add(Column::Unit.eq(unit)).add(Column::Unit.starts_with(format!("{unit}.")))
}

impl AssignmentFilter {
    fn select(&self, clock: Clock) -> Select<Entity> {
        let mut all = Condition::all();
        if !self.plans.is_empty() {
            all = all.add(Column::Plan.is_in(self.plans.iter().map(|plan| plan.0)));
        }
        if let Some(unit) = &self.unit {
            all = all.add(within(unit));
        }
        if let Some(office) = &self.office {
            all =
                all.add(within(&office.unit).add(Column::Plan.is_in(office.plans.iter().map(|plan| plan.0))));
        }
        if let Some(person) = &self.person {
            all = all.add(Column::Person.eq(person.as_str()));
        }
        if !self.states.is_empty() {
            all = all.add(Column::State.is_in(self.states.iter().map(|state| state.name())));
        }
        if let Some(day) = self.due_from {
            all = all.add(Column::DueOn.gte(day));
        }
        if let Some(day) = self.due_to {
            all = all.add(Column::DueOn.lte(day));
        }
        for word in self.words.iter().flat_map(|words| words.split_whitespace()) {
            all = all.add(Expr::col(Column::SearchKey).like(like_contains(&search_key(word))));
        }
        if self.unclear {
            let lacking = Condition::any()
                .add(Column::Person.is_null())
                .add(Column::Unit.is_null())
                .add(Column::Authority.is_null())
                .add(Column::Product.eq(""));
            all = all.add(lacking).add(Column::State.ne(State::Cancelled.name()));
        }
        if let Some(standing) = self.standing {
            all = all.add(stands(standing, clock));
        }
        Entity::find().filter(all)
    }
}

/// The standing of [`Assignment::standing`] as a condition.
fn stands(standing: Standing, clock: Clock) -> Condition {
    let state = |state: State| Column::State.eq(state.name());
    let due = || Expr::col(Column::DueOn);
    let worked_on = || Condition::any().add(state(State::NotStarted)).add(state(State::InProgress));
    let handed_in_late = || Condition::all().add(Expr::col(Column::SubmittedOn).gt(due()));
    let overdue = || {
        Condition::any()
            .add(Condition::all().add(worked_on()).add(Column::DueOn.lt(clock.today)))
            .add(handed_in_late().add(state(State::Submitted)))
    };
    let soon = clock.today + Days::new(clock.soon_days.unsigned_abs());
    let stuck = Query::select()
        .column(obstacle::Column::About)
        .from(obstacle::Entity)
        .and_where(obstacle::Column::AnsweredAt.is_null())
        .to_owned();
    let at_risk = || {
        Condition::all()
            .add(worked_on())
            .add(Condition::any().add(Column::DueOn.is_null()).add(Column::DueOn.gte(clock.today)))
            .add(Condition::any().add(Column::DueOn.lte(soon)).add(Column::Id.in_subquery(stuck.clone())))
    };
    // Late by what was handed in, or by acceptance where nothing was.
    let done_late = || {
        let by_acceptance =
            Condition::all().add(Column::SubmittedOn.is_null()).add(Expr::col(Column::DoneOn).gt(due()));
        Condition::all()
            .add(state(State::Done))
            .add(Condition::any().add(handed_in_late()).add(by_acceptance))
    };
    match standing {
        Standing::Overdue => overdue(),
        Standing::AtRisk => at_risk(),
        Standing::Cancelled => Condition::all().add(state(State::Cancelled)),
        Standing::DoneLate => done_late(),
        Standing::DoneOnTime => {
            let in_time = Condition::any()
                .add(Column::DueOn.is_null())
                .add(Expr::col(Column::SubmittedOn).lte(due()))
                .add(
                    Condition::all()
                        .add(Column::SubmittedOn.is_null())
                        .add(Expr::col(Column::DoneOn).lte(due())),
                );
            Condition::all().add(state(State::Done)).add(in_time)
        }
        Standing::OnTrack => {
            let in_time = Condition::any()
                .add(Column::DueOn.is_null())
                .add(Column::SubmittedOn.is_null())
                .add(Expr::col(Column::SubmittedOn).lte(due()));
            let handed_in = Condition::all().add(state(State::Submitted)).add(in_time);
            let far = Condition::all()
                .add(worked_on())
                .add(Column::DueOn.gt(soon))
                .add(Column::Id.not_in_subquery(stuck));
            Condition::any().add(handed_in).add(far)
        }
        Standing::NoDeadline => {
            let free = Condition::all()
                .add(worked_on())
                .add(Column::DueOn.is_null())
                .add(Column::Id.not_in_subquery(stuck));
            Condition::any().add(state(State::Waiting)).add(state(State::Recurring)).add(free)
        }
    }
}

/// Opens the standing assignment of each task of a plan.
pub(crate) async fn open_all(tx: &Tx, plan: PlanId, tasks: &[Task]) -> Result<(), Problem> {
    let rows: Vec<ActiveModel> = tasks.iter().map(|task| row(&opened(plan, task), key_of(task))).collect();
    for chunk in rows.chunks(CHUNK) {
        Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// A task as it is before anybody has taken it in hand.
fn opened(plan: PlanId, task: &Task) -> Assignment {
    let (due, state) = due_of(task);
    Assignment {
        id: AssignmentId(task.id.0),
        task: task.id,
        plan,
        occurrence: String::new(),
        position: task.place.position,
        unit: lead_of(task),
        person: None,
        monitor: None,
        authority: None,
        due,
        product: task.product.clone(),
        quantity: None,
        measure: None,
        state,
        submitted_on: None,
        done_on: None,
        version: 1,
    }
}

/// Adds occurrences of a recurring task; those that are there already stay as they are.
pub(crate) async fn add_occurrences(tx: &Tx, new: &[Assignment], task: &Task) -> Result<(), Problem> {
    for assignment in new {
        let found = Entity::find()
            .filter(Column::Task.eq(assignment.task.0))
            .filter(Column::Occurrence.eq(assignment.occurrence.as_str()));
        if found.count(tx).await.or_problem()? == 0 {
            let new = row(assignment, key_of(task));
            Entity::insert(new).exec_without_returning(tx).await.or_problem()?;
        }
    }
    Ok(())
}

/// An assignment.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: AssignmentId) -> Result<Assignment, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    assignment(row.ok_or_else(Problem::not_found)?)
}

/// The assignments of a task, the standing one first, then its occurrences by deadline.
pub(crate) async fn list_of_task(tx: &Tx, task: TaskId) -> Result<Vec<Assignment>, Problem> {
    let found = Entity::find().filter(Column::Task.eq(task.0)).order_by_asc(Column::Occurrence);
    let mut all: Vec<Assignment> =
        found.all(tx).await.or_problem()?.into_iter().map(assignment).collect::<Result<_, _>>()?;
    all.sort_by_key(|one| (!one.occurrence.is_empty(), one.due.on));
    Ok(all)
}

/// Every assignment of a plan.
pub(crate) async fn list_of_plan(tx: &Tx, plan: PlanId) -> Result<Vec<Assignment>, Problem> {
    let found = Entity::find().filter(Column::Plan.eq(plan.0)).order_by_asc(Column::Position);
    found.all(tx).await.or_problem()?.into_iter().map(assignment).collect()
}

/// The recurring tasks of some plans.
pub(crate) async fn list_recurring(tx: &Tx, plans: &[PlanId]) -> Result<Vec<Assignment>, Problem> {
    let plans = plans.iter().map(|plan| plan.0);
    let found =
        Entity::find().filter(Column::Plan.is_in(plans)).filter(Column::State.eq(State::Recurring.name()));
    found.all(tx).await.or_problem()?.into_iter().map(assignment).collect()
}

/// The assignments that a filter finds, some of them.
pub(crate) async fn list(
    tx: &Tx,
    filter: &AssignmentFilter,
    clock: Clock,
    sort: Sort,
    (offset, limit): (u64, u64),
) -> Result<Vec<Assignment>, Problem> {
    let found = filter.select(clock);
    let sorted = match sort {
        Sort::Due => nulls_last(found, Column::DueOn, Order::Asc).order_by_asc(Column::Position),
        Sort::Plan => found.order_by_asc(Column::Plan).order_by_asc(Column::Position),
    };
    let rows = sorted.order_by_asc(Column::Id).offset(offset).limit(limit).all(tx).await.or_problem()?;
    rows.into_iter().map(assignment).collect()
}

/// How many assignments a filter finds.
pub(crate) async fn count(tx: &Tx, filter: &AssignmentFilter, clock: Clock) -> Result<u64, Problem> {
    filter.select(clock).count(tx).await.or_problem()
}

/// How many assignments of a filter are in each state.
pub(crate) async fn count_states(
    tx: &Tx,
    filter: &AssignmentFilter,
    clock: Clock,
) -> Result<BTreeMap<&'static str, u64>, Problem> {
    let rows: Vec<(String, i64)> = filter
        .select(clock)
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(tx)
        .await
        .or_problem()?;
    let mut counts = BTreeMap::new();
    for (name, count) in rows {
        if let Some(state) = State::from_name(&name) {
            counts.insert(state.name(), u64::try_from(count).unwrap_or(0));
        }
    }
    Ok(counts)
}

/// Writes an assignment anew, if it still has the version it was read with.
///
/// # Errors
/// `task.changed-meanwhile`.
pub(crate) async fn update(tx: &Tx, assignment: &Assignment) -> Result<(), Problem> {
    write(tx, assignment, ActiveModel { search_key: NotSet, ..row(assignment, String::new()) }).await
}

/// Writes an assignment anew, of a task whose words changed.
///
/// # Errors
/// `task.changed-meanwhile`.
pub(crate) async fn revise(tx: &Tx, assignment: &Assignment, task: &Task) -> Result<(), Problem> {
    write(tx, assignment, row(assignment, key_of(task))).await
}

async fn write(tx: &Tx, assignment: &Assignment, row: ActiveModel) -> Result<(), Problem> {
    let new = ActiveModel { id: NotSet, version: Set(assignment.version + 1), ..row };
    let done = Entity::update_many()
        .set(new)
        .filter(Column::Id.eq(assignment.id.0))
        .filter(Column::Version.eq(assignment.version))
        .exec(tx)
        .await
        .or_problem()?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("task.changed-meanwhile")) }
}

fn key_of(task: &Task) -> String {
    search_key(&format!("{} {}", task.place.reference, task.text))
}

fn row(assignment: &Assignment, search_key: String) -> ActiveModel {
    let due = &assignment.due;
    let person = assignment.person.as_ref();
    ActiveModel {
        id: Set(assignment.id.0),
        task: Set(assignment.task.0),
        plan: Set(assignment.plan.0),
        occurrence: Set(assignment.occurrence.clone()),
        position: Set(assignment.position),
        search_key: Set(search_key),
        unit: Set(assignment.unit.clone()),
        person: Set(person.map(|person| person.number.clone())),
        person_name: Set(person.map(|person| person.name.clone())),
        monitor: Set(assignment.monitor.clone()),
        authority: Set(assignment.authority.map(|role| role.name().to_owned())),
        due_kind: Set(due.kind.name().to_owned()),
        due_on: Set(due.on),
        first_due_on: Set(due.first_on),
        condition: Set(due.condition.clone()),
        condition_met_on: Set(due.condition_met_on),
        rhythm: Set(due.rhythm.as_ref().map(Rhythm::to_string)),
        product: Set(assignment.product.clone()),
        quantity: Set(assignment.quantity),
        measure: Set(assignment.measure.clone()),
        state: Set(assignment.state.name().to_owned()),
        submitted_on: Set(assignment.submitted_on),
        done_on: Set(assignment.done_on),
        version: Set(assignment.version),
    }
}

fn assignment(row: Model) -> Result<Assignment, Problem> {
    let state = State::from_name(&row.state);
    Ok(Assignment {
        id: AssignmentId(row.id),
        task: TaskId(row.task),
        plan: PlanId(row.plan),
        occurrence: row.occurrence,
        position: row.position,
        unit: row.unit,
        person: row.person.map(|number| Person { number, name: row.person_name.unwrap_or_default() }),
        monitor: row.monitor,
        authority: row.authority.as_deref().and_then(Role::from_name),
        due: Due {
            kind: DueKind::from_name(&row.due_kind).unwrap_or_default(),
            on: row.due_on,
            first_on: row.first_due_on,
            condition: row.condition,
            condition_met_on: row.condition_met_on,
            rhythm: row.rhythm.map(|text| text.parse()).transpose().map_err(Problem::internal)?,
        },
        product: row.product,
        quantity: row.quantity,
        measure: row.measure,
        state: state.ok_or_else(|| Problem::internal(format!("no state {}", row.state)))?,
        submitted_on: row.submitted_on,
        done_on: row.done_on,
        version: row.version,
    })
}
