//! What the chairman reads in ten seconds: late tasks and who has them, targets off course, reports missing, obstacles
//! unanswered, and what changed most since last week. Nothing is measured here: the readings of the hourly job are read,
//! and what units entered, so that the page is quick however much there is to count.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, AssignmentId, Standing};
use crate::model::plan::{PlanId, Task, TaskId};
use crate::model::report::item::Report;
use crate::model::rules::{Rules, SOON_DAYS};
use crate::ops::courses::{self, Change, Courses, OffCourse};
use crate::ops::holder::{Holder, Names};
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
    /// Its assignment.
    pub id: AssignmentId,
    /// Its number in the plan.
    pub reference: String,
    /// It in words.
    pub text: String,
    /// Who has it: the official in charge, the unit that leads.
    pub who: String,
    /// Its deadline.
    pub due: Option<NaiveDate>,
    /// Days past its deadline.
    pub days: i64,
}

impl LateTask {
    fn of(one: &Assignment, task: Option<&Task>, names: &Names, today: NaiveDate) -> Self {
        let (reference, text) =
            task.map(|task| (task.place.reference.clone(), task.text.clone())).unwrap_or_default();
        Self {
            id: one.id,
            reference,
            text,
            who: Holder::of(one, task).told(names),
            due: one.due.on,
            days: one.days_late(today).unwrap_or(0),
        }
    }
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
    let ids: Vec<TaskId> = late.iter().map(|one| one.task).collect();
    let words = task::list_by_id(&tx, &ids).await?;
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
    let leading = late.iter().filter_map(|one| one.unit.as_deref());
    let addressed = waiting.iter().map(|one| one.addressee.as_str());
    let names = Names::of(cx, deps, leading.chain(addressed).collect()).await;
    Ok(Board {
        office: name,
        plans: titles,
        tasks,
        late: late.iter().map(|one| LateTask::of(one, words.get(&one.task), &names, today)).collect(),
        off_course: off,
        off_count,
        measured,
        missing,
        missing_count,
        obstacles: waiting.into_iter().map(|one| obstacle(one, &names)).collect(),
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

async fn late(tx: &Tx, plans: &[PlanId], clock: Clock) -> Result<Vec<Assignment>, Problem> {
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let filter = AssignmentFilter {
        plans: plans.to_vec(),
        standing: Some(Standing::Overdue),
        ..AssignmentFilter::default()
    };
    assignment::list(tx, &filter, clock, Sort::Due, (0, LINES)).await
}

/// An obstacle with the name of the unit that can remove it.
fn obstacle(one: Waiting, names: &Names) -> Obstacle {
    Obstacle {
        id: one.id,
        reference: one.reference,
        text: one.text,
        addressee: names.name(&one.addressee),
        due_on: one.due_on,
    }
}
