//! What tasks cost in a year: per task, per unit, in all.

use crate::deps::Deps;
use crate::model::assignment::AssignmentId;
use crate::model::budget::{Budget, Sums};
use crate::ops::change::{self, Change, Point};
use crate::ops::list_work::{self, MOST, WorkFilter, WorkItem};
use crate::ops::task_resource;
use crate::store::budget;
use d06_authz::{Kind, Permit, Resource, act};
use d06_kernel::{Cx, Problem};
use std::collections::{BTreeMap, HashMap};

/// The first and the last year a budget is kept for.
const YEARS: std::ops::RangeInclusive<i32> = 2022..=2050;

/// The budgets of an office as the policies see them.
pub fn resource(deps: &Deps) -> Resource {
    Resource::new(Kind::Budget, &deps.commune).in_unit(deps.commune.clone())
}

/// The budgets of a year.
#[derive(Clone, Debug)]
pub struct YearOfBudgets {
    /// Tasks with a budget.
    pub lines: Vec<(WorkItem, Budget)>,
    /// Per leading unit; the empty code for tasks without one.
    pub units: BTreeMap<String, Sums>,
    /// In all.
    pub total: Sums,
}

/// The budgets of a year of the plans in force.
///
/// # Errors
/// "Not found" if the reader may not see them; the database's.
pub async fn list(cx: &Cx, deps: &Deps, year: i32) -> Result<YearOfBudgets, Problem> {
    let _: Permit<act::ViewBudget> = deps.authz.permit(cx, &resource(deps))?;
    let mut kept: HashMap<_, _> = {
        let tx = deps.db.read().await?;
        budget::list_of_year(&tx, year).await?.into_iter().map(|one| (one.task, one)).collect()
    };
    let work = list_work::open(cx, deps).await?;
    let filter = WorkFilter { plan_order: true, ..WorkFilter::default() };
    let (mut lines, mut offset) = (Vec::new(), 0);
    while !kept.is_empty() {
        let (items, total) = work.list(cx, deps, &filter, (offset, MOST)).await?;
        // Occurrences share the budget of their task: the first seen takes it.
        lines.extend(items.into_iter().filter_map(|item| {
            let budget = kept.remove(&item.task.id)?;
            Some((item, budget))
        }));
        offset += MOST;
        if offset >= total {
            break;
        }
    }
    let mut units: BTreeMap<String, Sums> = BTreeMap::new();
    for (item, one) in &lines {
        let sums = units.entry(item.assignment.unit.clone().unwrap_or_default()).or_default();
        *sums = [*sums, one.sums].into_iter().sum();
    }
    let total = lines.iter().map(|(_, one)| one.sums).sum();
    Ok(YearOfBudgets { lines, units, total })
}

/// The budget of a task in a year; one that is not kept yet has version 0.
///
/// # Errors
/// "Not found".
pub async fn get(cx: &Cx, deps: &Deps, id: AssignmentId, year: i32) -> Result<Budget, Problem> {
    let _: Permit<act::ViewBudget> = deps.authz.permit(cx, &resource(deps))?;
    if !YEARS.contains(&year) {
        return Err(Problem::not_found());
    }
    let task = task_resource::load(deps, id).await?.task.id;
    let tx = deps.db.read().await?;
    let none = || Budget { id: cx.new_id(), task, year, sums: Sums::default(), source: None, version: 0 };
    Ok(budget::find(&tx, task, year).await?.unwrap_or_else(none))
}

/// Keeps the budget of a task in a year.
///
/// # Errors
/// What [`Sums::check`] refuses; `budget.changed-meanwhile`.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::KeepBudget>,
    (id, year, version): (AssignmentId, i32, i64),
    sums: Sums,
    source: Option<String>,
) -> Result<(), Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    sums.check()?;
    let before = get(cx, deps, id, year).await?;
    let found = task_resource::load(deps, id).await?;
    let after = Budget { sums, source, version, ..before.clone() };
    let tx = deps.db.begin().await?;
    budget::put(&tx, &after).await?;
    let sum = |what, old: d06_kernel::money::Dong, new: d06_kernel::money::Dong| {
        Point::of(what, Some(old), Some(new))
    };
    let points = [
        sum("budget-estimate", before.sums.estimate, sums.estimate),
        sum("budget-allocated", before.sums.allocated, sums.allocated),
        sum("budget-spent", before.sums.spent, sums.spent),
    ];
    let change = Change {
        owner: id.0,
        object: found.object(),
        unit: found.responsible(),
        action: "budget.keep",
        event: "budget.kept",
        points: points.into_iter().flatten().collect(),
        note: after.source,
    };
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await
}
