//! All targets of a plan with their values now.

use crate::deps::Deps;
use crate::model::course::{Course, Projection, judge};
use crate::model::figure::Month;
use crate::model::goal::{Progress, goal_of_year};
use crate::model::plan::{Plan, Target};
use crate::model::shape::{Shape, TargetShape};
use crate::ops::entered::Book;
use crate::ops::measure::{self, Measured};
use crate::store::{reading, target};
use chrono::{Datelike, NaiveDate};
use d06_authz::{Permit, act};
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A target and where it stands.
#[derive(Clone, Debug)]
pub struct TargetState {
    /// The target.
    pub target: Target,
    /// Its value now.
    pub measured: Measured,
    /// How it stands against the goal of this year, if it is measured or entered.
    pub progress: Option<Progress>,
    /// How it is counted.
    pub shape: TargetShape,
    /// Where it stands against goal and deadline.
    pub course: Course,
    /// Where it will stand by the deadline if it goes on so.
    pub projection: Option<Projection>,
}

/// The targets in the order of the plan. Each measure is asked once.
///
/// # Errors
/// "Not found" if the permit is for another plan; the database's.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: &Permit<act::ViewTarget>,
    plan: &Plan,
) -> Result<Vec<TargetState>, Problem> {
    if !permit.covers(plan.id) {
        return Err(Problem::not_found());
    }
    let today = local_date(cx.now());
    let (targets, book, readings) = {
        let tx = deps.db.read().await?;
        let targets = target::list(&tx, plan.id).await?;
        let book = Book::open(&tx, &targets, Month::of(today)).await?;
        let mut readings: HashMap<String, Vec<(NaiveDate, Ratio)>> = HashMap::new();
        for key in target::bound_measures(&tx, plan.id).await? {
            let of_year = reading::of_year(&tx, &key, &plan.unit, today.year()).await?;
            let _ = readings.insert(key, of_year.iter().map(|one| (one.day, one.ratio)).collect());
        }
        (targets, book, readings)
    };
    let scope = measure::year_to_date(cx, &plan.unit);
    let mut values: HashMap<String, Measured> = HashMap::new();
    for key in targets.iter().filter_map(|target| target.measure.clone()) {
        if let Entry::Vacant(unasked) = values.entry(key) {
            let value = measure::value(cx, deps, Some(unasked.key()), scope.clone()).await;
            unasked.insert(value);
        }
    }
    Ok(targets
        .into_iter()
        .map(|target| {
            let counted = target.measure.as_ref().and_then(|key| values.get(key)).cloned();
            let of_measure = target.measure.as_ref().and_then(|key| readings.get(key));
            state(target, counted, of_measure.map_or(&[], Vec::as_slice), &book, today)
        })
        .collect())
}

/// Where a target stands: by its measure, or by what units entered.
pub(crate) fn state(
    target: Target,
    counted: Option<Measured>,
    readings: &[(NaiveDate, Ratio)],
    book: &Book,
    today: NaiveDate,
) -> TargetState {
    let shape = book.shape(&target);
    let entered = || book.entered(&target).map(|entered| Measured::Entered(Box::new(entered)));
    let measured = counted.or_else(entered).unwrap_or(Measured::Unbound);
    // Records give a part of a whole, whatever sort of number units would enter.
    let sort = if matches!(measured, Measured::Entered(_)) { shape.shape } else { Shape::Share };
    let goal = goal_of_year(&target.goals, today.year());
    let (course, projection) = match measured.ratio() {
        None => (Course::NotMeasured, None),
        Some(ratio) if matches!(measured, Measured::Entered(_)) => {
            judge(sort, goal, ratio, &book.values(&target), today)
        }
        Some(ratio) => judge(sort, goal, ratio, readings, today),
    };
    let progress =
        measured.ratio().map(|ratio| goal.map_or(Progress::NoNumber, |goal| goal.progress_of(sort, ratio)));
    TargetState { target, measured, progress, shape, course, projection }
}
