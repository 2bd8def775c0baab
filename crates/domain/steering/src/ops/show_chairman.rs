//! What the chairman reads in ten seconds: late tasks and who has them, targets off course, reports missing, obstacles
//! unanswered, and what changed most since last week. Nothing is measured here: the readings of the hourly job are read,
//! and what units entered, so that the page is quick however much there is to count.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, Standing};
use crate::model::plan::{PlanId, Task, TaskId};
use crate::model::report::item::Report;
use crate::model::rules::{Rules, SOON_DAYS};
use crate::ops::courses::{self, Change, Courses, OffCourse};
use crate::ops::report::chain::{name_holders, own_unit};
use crate::store::assignment::{self, AssignmentFilter, Clock, Sort};
use crate::store::chairman::{self, Waiting};
use crate::store::report::item;
use crate::store::task;
use chrono::NaiveDate;
use d06_authz::{Kind, Permit, Resource, act};
use d06_db::Tx;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// Lines of each list: what fits one sheet of paper.
const LINES: u64 = 5;

/// A late task.
#[derive(Clone, Debug)]
pub struct LateTask {
    /// It.
    pub assignment: Assignment,
    /// Its words.
    pub task: Option<Task>,
    /// Days past its deadline.
    pub days: i64,
}

/// An obstacle that waits.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// Its id.
    pub id: uuid::Uuid,
    /// What it stands in the way of.
    pub reference: String,
    /// What it is.
    pub text: String,
    /// The unit that can remove it.
    pub addressee: String,
    /// Last day to answer.
    pub due_on: NaiveDate,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Board {
    /// The office's name.
    pub office: String,
    /// The titles of the office's plans.
    pub plans: Vec<String>,
    /// Tasks by standing: overdue, at risk, on track, done on time, done late.
    pub tasks: Vec<(Standing, u64)>,
    /// The latest tasks, longest first.
    pub late: Vec<LateTask>,
    /// Targets that miss their goal if they go on so, the widest gap first.
    pub off_course: Vec<OffCourse>,
    /// How many targets miss theirs.
    pub off_count: usize,
    /// How many targets have a value at all.
    pub measured: usize,
    /// Reports missing, the longest first.
    pub missing: Vec<Report>,
    /// How many are missing.
    pub missing_count: u64,
    /// Obstacles without an answer, the longest first.
    pub obstacles: Vec<Obstacle>,
    /// How many have none.
    pub obstacle_count: u64,
    /// The biggest change since last week.
    pub change: Option<Change>,
}

/// The page of the caller's office.
///
/// # Errors
/// "Not found" for somebody who does not see the office's targets; the database's.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<Board, Problem> {
    let office = own_unit(cx)?.to_owned();
    let resource = Resource::new(Kind::Target, &office).in_unit(office.clone());
    let _: Permit<act::ViewTarget> = deps.authz.permit(cx, &resource)?;
    let name = deps.units.get(cx, &office).await?.name;
    let today = local_date(cx.now());
    let clock = Clock { today, soon_days: Rules::shipped()?.on(SOON_DAYS, today)?.value };
    let tx = deps.db.read().await?;
    let plans = chairman::plans(&tx, &office).await?;
    let own = chairman::own_plans(&tx, &office).await?;
    let tasks = counts(&tx, &plans, clock).await?;
    let late = late(&tx, &plans, clock).await?;
    let (own, titles): (Vec<PlanId>, Vec<String>) = own.into_iter().unzip();
    let Courses { mut off, measured, change } = courses::of_plans(&tx, &office, &own, today).await?;
    let off_count = off.len();
    off.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let mut missing = item::late(&tx, &office, cx.now(), LINES).await?;
    let missing_count = item::count_late(&tx, &office, cx.now()).await?;
    let waiting = chairman::waiting(&tx, &office, LINES).await?;
    let obstacle_count = chairman::count_waiting(&tx, &office).await?;
    drop(tx);
    name_holders(cx, deps, &mut missing).await?;
    Ok(Board {
        office: name,
        plans: titles,
        tasks,
        late,
        off_course: off,
        off_count,
        measured,
        missing,
        missing_count,
        obstacles: obstacles(cx, deps, waiting).await?,
        obstacle_count,
        change,
    })
}

async fn counts(tx: &Tx, plans: &[PlanId], clock: Clock) -> Result<Vec<(Standing, u64)>, Problem> {
    let mut counts = Vec::new();
    for standing in Standing::ALL.into_iter().filter(|standing| *standing != Standing::Cancelled) {
        let filter = AssignmentFilter {
            plans: plans.to_vec(),
            standing: Some(standing),
            ..AssignmentFilter::default()
        };
        // Without a plan there is nothing to count; an empty filter would mean every plan.
        let count = if plans.is_empty() { 0 } else { assignment::count(tx, &filter, clock).await? };
        counts.push((standing, count));
    }
    Ok(counts)
}

async fn late(tx: &Tx, plans: &[PlanId], clock: Clock) -> Result<Vec<LateTask>, Problem> {
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let filter = AssignmentFilter {
        plans: plans.to_vec(),
        standing: Some(Standing::Overdue),
        ..AssignmentFilter::default()
    };
    let found = assignment::list(tx, &filter, clock, Sort::Due, (0, LINES)).await?;
    let ids: Vec<TaskId> = found.iter().map(|one| one.task).collect();
    let mut words = task::list_by_id(tx, &ids).await?;
    Ok(found
        .into_iter()
        .map(|one| LateTask {
            days: one.days_late(clock.today).unwrap_or(0),
            task: words.remove(&one.task),
            assignment: one,
        })
        .collect())
}

/// Obstacles with the names of the units that can remove them.
async fn obstacles(cx: &Cx, deps: &Deps, waiting: Vec<Waiting>) -> Result<Vec<Obstacle>, Problem> {
    let mut all = Vec::with_capacity(waiting.len());
    for one in waiting {
        let unit = deps.units.get(cx, &one.addressee).await;
        all.push(Obstacle {
            id: one.id,
            reference: one.reference,
            text: one.text,
            addressee: unit.map_or(one.addressee, |unit| unit.name),
            due_on: one.due_on,
        });
    }
    Ok(all)
}
