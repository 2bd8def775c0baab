//! All targets of a plan with their values now.

use crate::deps::Deps;
use crate::model::goal::{Progress, goal_of_year};
use crate::model::plan::{Plan, Target};
use crate::ops::measure::{self, Measured};
use crate::store::target;
use chrono::Datelike;
use d06_authz::{Permit, act};
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
    /// How it stands against the goal of this year, if it is measured.
    pub progress: Option<Progress>,
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
    let targets = {
        let tx = deps.db.read().await?;
        target::list(&tx, plan.id).await?
    };
    let scope = measure::year_to_date(cx, &plan.unit);
    let mut values: HashMap<String, Measured> = HashMap::new();
    for key in targets.iter().filter_map(|target| target.measure.clone()) {
        if let Entry::Vacant(unasked) = values.entry(key) {
            let value = measure::value(cx, deps, Some(unasked.key()), scope.clone()).await;
            unasked.insert(value);
        }
    }
    let year = local_date(cx.now()).year();
    Ok(targets
        .into_iter()
        .map(|target| {
            let value = target.measure.as_ref().and_then(|key| values.get(key));
            let measured = value.cloned().unwrap_or(Measured::Unbound);
            let progress = progress(&target, &measured, year);
            TargetState { target, measured, progress }
        })
        .collect())
}

/// How a measured target stands against the goal of a year.
pub(crate) fn progress(target: &Target, measured: &Measured, year: i32) -> Option<Progress> {
    let Measured::Value(value) = measured else { return None };
    let goal = goal_of_year(&target.goals, year);
    Some(goal.map_or(Progress::NoNumber, |goal| goal.progress(value.ratio)))
}
