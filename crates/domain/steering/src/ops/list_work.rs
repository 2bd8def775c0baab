//! The tasks that a reader looks for: as a list, as columns by state, by the days of a month, along a line of time.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, Standing, State};
use crate::model::plan::{Plan, Task};
use crate::ops::show_task::soon;
use crate::ops::task_resource::lies_in;
use crate::store::assignment::{self, AssignmentFilter, Clock, Sort};
use crate::store::{obstacle, plan, task};
use chrono::NaiveDate;
use d06_authz::{Kind, Permit, Resource, act};
use d06_db::Tx;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::{BTreeMap, HashSet};

/// Tasks on a page of a list.
pub const PAGE: u64 = 50;
/// Tasks in a column of the board.
pub const COLUMN: u64 = 25;
/// Tasks in a month of the calendar and on the line of time.
pub const MOST: u64 = 400;

/// What the reader looks for; what is not said is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkFilter {
    /// Key of the plan.
    pub plan: Option<String>,
    /// Led by this unit or one below it.
    pub unit: Option<String>,
    /// In the charge of the reader.
    pub mine: bool,
    /// In this state.
    pub state: Option<State>,
    /// Standing so against the deadline.
    pub standing: Option<Standing>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Whose reference or text holds these words.
    pub words: Option<String>,
    /// Lacking one of the six clears.
    pub unclear: bool,
    /// In the order of the plan instead of that of deadlines.
    pub plan_order: bool,
}

/// A task in a list.
#[derive(Clone, Debug)]
pub struct WorkItem {
    /// The assignment.
    pub assignment: Assignment,
    /// The task.
    pub task: Task,
    /// How it stands against its deadline.
    pub standing: Standing,
    /// Whether an obstacle waits for an answer.
    pub stuck: bool,
}

/// How many there are of each sort, in the plans and units of the filter, whatever else it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCounts {
    /// By state.
    pub states: BTreeMap<&'static str, u64>,
    /// Past their deadline.
    pub overdue: u64,
    /// At risk.
    pub at_risk: u64,
    /// Lacking one of the six clears.
    pub unclear: u64,
}

/// An assignment as the policies see it.
pub(crate) fn resource(assignment: &Assignment, plan: &Plan) -> Resource {
    let leads = assignment.unit.as_deref().filter(|unit| lies_in(unit, &plan.unit));
    Resource::new(Kind::Task, assignment.id).in_unit(leads.unwrap_or(&plan.unit))
}

/// What the pages of tasks stand on: the plans in force that the reader may see.
#[derive(Clone, Debug)]
pub struct Work {
    plans: Vec<Plan>,
    clock: Clock,
}

/// The plans in force whose tasks the reader may see.
///
/// # Errors
/// "Not found" if there is none; the database's.
pub async fn open(cx: &Cx, deps: &Deps) -> Result<Work, Problem> {
    let tx = deps.db.read().await?;
    let all = plan::list_in_force(&tx).await?;
    let mut refused = Problem::not_found();
    let mut plans = Vec::new();
    for plan in all {
        let resource = Resource::new(Kind::Task, plan.id).in_unit(plan.unit.clone());
        let permit: Result<Permit<act::ViewTask>, Problem> = deps.authz.permit(cx, &resource);
        match permit {
            Ok(_) => plans.push(plan),
            Err(problem) => refused = problem,
        }
    }
    if plans.is_empty() {
        return Err(refused);
    }
    let clock = Clock { today: local_date(cx.now()), soon_days: soon(cx)?.value };
    Ok(Work { plans, clock })
}

impl Work {
    /// The plans, oldest first.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The day that standings are judged on.
    pub fn today(&self) -> NaiveDate {
        self.clock.today
    }

    fn filter(&self, cx: &Cx, filter: &WorkFilter) -> AssignmentFilter {
        let plans = self.plans.iter().filter(|plan| filter.plan.as_ref().is_none_or(|key| plan.key == *key));
        let person = cx.principal().filter(|_| filter.mine).map(|person| person.number.as_str().to_owned());
        let mut plans: Vec<_> = plans.map(|plan| plan.id).collect();
        if plans.is_empty() {
            // A plan that is not in force finds nothing; an empty list would find everything.
            plans.push(crate::model::plan::PlanId(uuid::Uuid::nil()));
        }
        AssignmentFilter {
            plans,
            unit: filter.unit.clone(),
            person,
            states: filter.state.into_iter().collect(),
            standing: filter.standing,
            due_from: filter.due_from,
            due_to: filter.due_to,
            words: filter.words.clone(),
            unclear: filter.unclear,
            ..AssignmentFilter::default()
        }
    }

    /// Some tasks of a filter, and how many it finds.
    ///
    /// # Errors
    /// The database's.
    pub async fn list(
        &self,
        cx: &Cx,
        deps: &Deps,
        filter: &WorkFilter,
        (offset, limit): (u64, u64),
    ) -> Result<(Vec<WorkItem>, u64), Problem> {
        let tx = deps.db.read().await?;
        let wanted = self.filter(cx, filter);
        let sort = if filter.plan_order { Sort::Plan } else { Sort::Due };
        let found = assignment::list(&tx, &wanted, self.clock, sort, (offset, limit)).await?;
        let total = assignment::count(&tx, &wanted, self.clock).await?;
        Ok((self.items(&tx, found).await?, total))
    }

    /// How many tasks there are of each sort.
    ///
    /// # Errors
    /// The database's.
    pub async fn counts(&self, cx: &Cx, deps: &Deps, filter: &WorkFilter) -> Result<WorkCounts, Problem> {
        let tx = deps.db.read().await?;
        let base = WorkFilter {
            plan: filter.plan.clone(),
            unit: filter.unit.clone(),
            mine: filter.mine,
            ..WorkFilter::default()
        };
        let count = async |narrowed: WorkFilter| {
            assignment::count(&tx, &self.filter(cx, &narrowed), self.clock).await
        };
        Ok(WorkCounts {
            states: assignment::count_states(&tx, &self.filter(cx, &base), self.clock).await?,
            overdue: count(WorkFilter { standing: Some(Standing::Overdue), ..base.clone() }).await?,
            at_risk: count(WorkFilter { standing: Some(Standing::AtRisk), ..base.clone() }).await?,
            unclear: count(WorkFilter { unclear: true, ..base.clone() }).await?,
        })
    }

    async fn items(&self, tx: &Tx, found: Vec<Assignment>) -> Result<Vec<WorkItem>, Problem> {
        let tasks = task::list_by_id(tx, &found.iter().map(|one| one.task).collect::<Vec<_>>()).await?;
        let ids: Vec<_> = found.iter().map(|one| one.id.0).collect();
        let waiting = obstacle::list_about(tx, &ids).await?;
        let stuck: HashSet<_> =
            waiting.iter().filter(|one| one.answer.is_none()).map(|one| one.about.id()).collect();
        let item = |assignment: Assignment| {
            let stuck = stuck.contains(&assignment.id.0);
            Some(WorkItem {
                task: tasks.get(&assignment.task)?.clone(),
                standing: assignment.standing(self.clock.today, self.clock.soon_days, stuck),
                stuck,
                assignment,
            })
        };
        Ok(found.into_iter().filter_map(item).collect())
    }
}
