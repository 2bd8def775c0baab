//! What the chairman reads in ten seconds: late tasks and who has them, targets off course, reports missing, obstacles
//! unanswered, and what changed most since last week. Nothing is measured here: the readings of the hourly job are read,
//! so that the page is quick however much there is to count.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, Standing};
use crate::model::goal::{Comparison, goal_of_year};
use crate::model::plan::{PlanId, Target, Task, TaskId};
use crate::model::projection::{self, Point};
use crate::model::report::item::Report;
use crate::model::rules::{Rules, SOON_DAYS};
use crate::ops::report::chain::own_unit;
use crate::store::assignment::{self, AssignmentFilter, Clock, Sort};
use crate::store::chairman::{self, Waiting};
use crate::store::report::item;
use crate::store::{target, task};
use chrono::{Datelike, Days, NaiveDate};
use d06_authz::{Kind, Permit, Resource, act};
use d06_db::Tx;
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;

/// Lines of each list: what fits one sheet of paper.
const LINES: u64 = 5;
/// Days of "since last week".
const WEEK: u64 = 7;

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

/// A target with its course.
#[derive(Clone, Debug)]
pub struct Course {
    /// The target.
    pub target: Target,
    /// The value now, in percent.
    pub now: f64,
    /// What it was counted from.
    pub ratio: Ratio,
    /// The goal's value, in hundredths, and how it compares.
    pub goal: (Comparison, i64),
    /// The goal as the plan writes it.
    pub raw: String,
    /// The last day.
    pub by: NaiveDate,
    /// Expected on that day, in percent.
    pub expected: f64,
    /// The readings it rests on.
    pub points: Vec<Point>,
}

/// The biggest change since last week.
#[derive(Clone, Debug)]
pub struct Change {
    /// The target.
    pub target: Target,
    /// A week ago, or the first reading since.
    pub before: Point,
    /// Now.
    pub now: Point,
    /// The readings between.
    pub points: Vec<Point>,
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
    /// The plan's title.
    pub plan: Option<String>,
    /// Tasks by standing: overdue, at risk, on track, done on time, done late.
    pub tasks: Vec<(Standing, u64)>,
    /// The latest tasks, longest first.
    pub late: Vec<LateTask>,
    /// Targets that miss their goal if they go on so, the widest gap first.
    pub off_course: Vec<Course>,
    /// How many targets miss theirs.
    pub off_count: usize,
    /// How many targets have a course at all.
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
    let own = chairman::own_plan(&tx, &office).await?;
    let tasks = counts(&tx, &plans, clock).await?;
    let late = late(&tx, &plans, clock).await?;
    let (mut courses, change) = match &own {
        Some((plan, _)) => courses(&tx, &office, *plan, today).await?,
        None => (Vec::new(), None),
    };
    let measured = courses.len();
    courses.retain(|course| !projection::meets(course.expected, course.goal.0, course.goal.1));
    courses.sort_by(|a, b| gap(b).total_cmp(&gap(a)));
    let off_count = courses.len();
    courses.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let missing = item::late(&tx, &office, cx.now(), LINES).await?;
    let missing_count = item::count_late(&tx, &office, cx.now()).await?;
    let waiting = chairman::waiting(&tx, &office, LINES).await?;
    let obstacle_count = chairman::count_waiting(&tx, &office).await?;
    drop(tx);
    Ok(Board {
        office: name,
        plan: own.map(|(_, title)| title),
        tasks,
        late,
        off_course: courses,
        off_count,
        measured,
        missing,
        missing_count,
        obstacles: obstacles(cx, deps, waiting).await?,
        obstacle_count,
        change,
    })
}

/// How far a target stays behind its goal, in percentage points.
fn gap(course: &Course) -> f64 {
    (course.goal.1 as f64 / 100.0 - course.expected).abs()
}

async fn counts(tx: &Tx, plans: &[PlanId], clock: Clock) -> Result<Vec<(Standing, u64)>, Problem> {
    let mut counts = Vec::new();
    let standings =
        [Standing::Overdue, Standing::AtRisk, Standing::OnTrack, Standing::DoneLate, Standing::DoneOnTime];
    for standing in standings {
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

/// The targets of a plan that have readings and a goal in percent, and the one that moved most in a week.
async fn courses(
    tx: &Tx,
    office: &str,
    plan: PlanId,
    today: NaiveDate,
) -> Result<(Vec<Course>, Option<Change>), Problem> {
    let targets = target::list(tx, plan).await?;
    let mut keys: Vec<String> = targets.iter().filter_map(|target| target.measure.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let from = today.checked_sub_days(Days::new(projection::DAYS)).unwrap_or(today);
    let mut readings: HashMap<String, Vec<_>> = HashMap::new();
    for reading in chairman::readings(tx, office, &keys, from).await? {
        readings.entry(reading.measure.clone()).or_default().push(reading);
    }
    let week_ago = today.checked_sub_days(Days::new(WEEK)).unwrap_or(today);
    let mut courses = Vec::new();
    let mut change: Option<Change> = None;
    for target in targets {
        let Some(of_target) = target.measure.as_ref().and_then(|key| readings.get(key)) else { continue };
        let points = projection::points(of_target);
        let (Some(last), Some(reading)) = (points.last().copied(), of_target.last()) else { continue };
        let before = points.iter().rfind(|point| point.day <= week_ago).or(points.first()).copied();
        if let Some(before) = before.filter(|before| before.day < last.day) {
            let moved = (last.percent - before.percent).abs();
            let most = change.as_ref().map_or(0.0, |other| (other.now.percent - other.before.percent).abs());
            if moved > most {
                change = Some(Change { target: target.clone(), before, now: last, points: points.clone() });
            }
        }
        if let Some(course) = course(target, &points, last, reading.ratio, today) {
            courses.push(course);
        }
    }
    Ok((courses, change))
}

fn course(target: Target, points: &[Point], last: Point, ratio: Ratio, today: NaiveDate) -> Option<Course> {
    let goal = goal_of_year(&target.goals, today.year())?;
    let compared = (goal.comparison?, goal.hundredths?);
    let year = goal.period.parse().unwrap_or_else(|_| today.year());
    let by = NaiveDate::from_ymd_opt(year, 12, 31)?;
    let expected = projection::expected(points, by)?;
    let raw = format!("{}: {} {}", goal.period, goal.raw, target.unit).trim().to_owned();
    Some(Course {
        now: last.percent,
        ratio,
        goal: compared,
        raw,
        by,
        expected,
        points: points.to_vec(),
        target,
    })
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
