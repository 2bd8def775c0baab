//! One task: the six clears, progress, evidence, obstacles, occurrences, history, and what the reader may do.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId, Standing, State, Step};
use crate::model::evidence::{Evidence, Happening};
use crate::model::obstacle::Obstacle;
use crate::model::rules::{Rule, Rules, SOON_DAYS};
use crate::ops::measure::{self, Measured};
use crate::ops::step_task;
use crate::ops::task_resource::{self, TaskInPlan};
use crate::store::{assignment, evidence, history, obstacle, plan};
use d06_authz::{Kind, Resource, act};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// A percentage, and what backs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Pieces of the product that evidence proves, of those wanted.
    Product {
        /// Proved.
        done: i64,
        /// Wanted.
        of: i64,
    },
    /// The value of a measure.
    Measure {
        /// Counted.
        done: i64,
        /// Out of.
        of: i64,
    },
}

impl Progress {
    /// In percent, whole, at most 100.
    pub fn percent(self) -> Option<i64> {
        let (Self::Product { done, of } | Self::Measure { done, of }) = self;
        (of > 0).then(|| done.saturating_mul(100) / of).map(|percent| percent.clamp(0, 100))
    }
}

/// What the reader may do.
#[derive(Clone, Debug, Default)]
pub struct May {
    /// Say who does it, by whom it is decided and with which product.
    pub steer: bool,
    /// Set or move the deadline.
    pub extend: bool,
    /// Report on it.
    pub update: bool,
    /// Raise an obstacle.
    pub raise: bool,
    /// The steps that are possible from here.
    pub steps: Vec<Step>,
}

/// A task and all that is known of it.
#[derive(Clone, Debug)]
pub struct TaskDetail {
    /// The task.
    pub found: TaskInPlan,
    /// The lines of the plan it was read from.
    pub quoted: String,
    /// How it stands against its deadline.
    pub standing: Standing,
    /// How far it is, if anything backs a percentage.
    pub progress: Option<Progress>,
    /// What proves the product.
    pub evidence: Vec<Evidence>,
    /// What stands or stood in the way.
    pub obstacles: Vec<Obstacle>,
    /// The occurrences of a recurring task, or the standing task of an occurrence.
    pub others: Vec<(Assignment, Standing)>,
    /// What happened, newest first.
    pub history: Vec<Happening>,
    /// What the reader may do.
    pub may: May,
}

/// The days of warning in force.
pub(crate) fn soon(cx: &Cx) -> Result<Rule, Problem> {
    Ok(Rules::shipped()?.on(SOON_DAYS, local_date(cx.now()))?.clone())
}

/// The task.
///
/// # Errors
/// "Not found" for a task that does not exist or may not be seen; the database's.
pub async fn run(cx: &Cx, deps: &Deps, id: AssignmentId) -> Result<TaskDetail, Problem> {
    let (found, quoted, proofs, obstacles, all, happened) = {
        let tx = deps.db.read().await?;
        let found = task_resource::load_in(&tx, id).await?;
        let _: d06_authz::Permit<act::ViewTask> = found.permit(cx, deps)?;
        let source = plan::source(&tx, found.plan.id).await?;
        let quoted =
            super::show_target::lines(&source, found.task.place.line_start, found.task.place.line_end);
        let proofs = evidence::list(&tx, &[id.0]).await?;
        let obstacles = obstacle::list_about(&tx, &[id.0]).await?;
        let all = assignment::list_of_task(&tx, found.assignment.task).await?;
        let happened = history::list(&tx, id.0).await?;
        (found, quoted, proofs, obstacles, all, happened)
    };
    let today = local_date(cx.now());
    let soon_days = soon(cx)?.value;
    let stuck = obstacles.iter().any(|obstacle| obstacle.answer.is_none());
    let standing = found.assignment.standing(today, soon_days, stuck);
    let progress = progress(cx, deps, &found, &proofs).await;
    let others = all.into_iter().filter(|one| one.id != id);
    let others = others.map(|one| {
        let standing = one.standing(today, soon_days, false);
        (one, standing)
    });
    let may = may(cx, deps, &found);
    Ok(TaskDetail {
        others: others.collect(),
        quoted,
        standing,
        progress,
        evidence: proofs,
        obstacles,
        history: happened,
        may,
        found,
    })
}

async fn progress(cx: &Cx, deps: &Deps, found: &TaskInPlan, proofs: &[Evidence]) -> Option<Progress> {
    if let Some(of) = found.assignment.quantity {
        let done = proofs.iter().filter_map(|one| one.quantity).fold(0, i64::saturating_add);
        return Some(Progress::Product { done, of });
    }
    let unit = found.responsible()?;
    let key = found.assignment.measure.as_deref()?;
    match measure::value(cx, deps, Some(key), measure::year_to_date(cx, &unit)).await {
        Measured::Value(value) => {
            Some(Progress::Measure { done: value.ratio.numerator, of: value.ratio.denominator })
        }
        _ => None,
    }
}

fn may(cx: &Cx, deps: &Deps, found: &TaskInPlan) -> May {
    let resource = found.resource();
    let assignment = &found.assignment;
    let steer = deps.authz.may::<act::SteerTask>(cx, &resource);
    let update = deps.authz.may::<act::UpdateTask>(cx, &resource);
    let accept = deps.authz.may::<act::AcceptTask>(cx, &resource) && step_task::decides(cx, assignment);
    let unit = found.responsible().unwrap_or_default();
    let hindered = Resource::new(Kind::Obstacle, assignment.id).in_unit(unit);
    let possible = Step::ALL.into_iter().filter(|step| assignment.state.after(*step).is_some());
    let allowed = |step: &Step| match step {
        Step::Begin | Step::Submit => update,
        Step::Accept | Step::Return => accept,
        Step::Trigger | Step::Reopen | Step::Cancel => steer,
    };
    let open = !matches!(assignment.state, State::Done | State::Cancelled);
    May {
        steer,
        extend: open && deps.authz.may::<act::ExtendTask>(cx, &resource),
        update: update && open,
        raise: open && deps.authz.may::<act::RaiseObstacle>(cx, &hindered),
        steps: possible.filter(allowed).collect(),
    }
}
