//! The courses of the targets of an office's plans from what was read and entered, without asking a measure: quick
//! however much there is to count.

use crate::model::course::{self, Point, Projection, judge, points};
use crate::model::figure::Month;
use crate::model::goal::{Comparison, goal_of_year};
use crate::model::plan::{PlanId, Target};
use crate::model::shape::Shape;
use crate::ops::entered::Book;
use crate::store::{chairman, target};
use chrono::{Datelike, Days, NaiveDate};
use d06_db::Tx;
use d06_kernel::Problem;
use d06_kernel::port::measure::Ratio;
use std::collections::HashMap;

/// Days that a change is looked for in, and drawn.
const DAYS: u64 = 31;
/// Days of "since last week".
const WEEK: u64 = 7;

/// A target that will miss its goal if it goes on so.
#[derive(Clone, Debug)]
pub struct OffCourse {
    /// The target.
    pub target: Target,
    /// The sort of number it is.
    pub shape: Shape,
    /// The value now, in the target's unit.
    pub now: f64,
    /// What it was counted from.
    pub ratio: Ratio,
    /// How it compares with the goal, in hundredths of the target's unit.
    pub goal: (Comparison, i64),
    /// The line to its deadline.
    pub line: Projection,
}

impl OffCourse {
    /// How far it will stay behind its goal, as a part of the goal.
    fn gap(&self) -> f64 {
        let goal = self.goal.1 as f64 / 100.0;
        (goal - self.line.value).abs() / goal.abs().max(1.0)
    }
}

/// A value in percent that moved.
#[derive(Clone, Debug)]
pub struct Change {
    /// The target.
    pub target: Target,
    /// A week ago, or the first value since.
    pub before: Point,
    /// Now.
    pub now: Point,
    /// The values of the last weeks.
    pub points: Vec<Point>,
}

/// What the targets of an office's plans come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Courses {
    /// Those that will miss their goal, the widest gap first.
    pub(crate) off: Vec<OffCourse>,
    /// How many have a value at all.
    pub(crate) measured: usize,
    /// The one in percent that moved most since last week.
    pub(crate) change: Option<Change>,
}

/// The courses of the targets of an office's plans.
pub(crate) async fn of_plans(
    tx: &Tx,
    office: &str,
    plans: &[PlanId],
    today: NaiveDate,
) -> Result<Courses, Problem> {
    let targets = target::list_of(tx, plans).await?;
    let book = Book::open(tx, &targets, Month::of(today)).await?;
    let mut keys: Vec<String> = targets.iter().filter_map(|target| target.measure.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let mut readings: HashMap<String, Vec<(NaiveDate, Ratio)>> = HashMap::new();
    for reading in chairman::readings(tx, office, &keys, (today.year(), from)).await? {
        readings.entry(reading.measure).or_default().push((reading.day, reading.ratio));
    }
    let mut courses = Courses::default();
    for target in targets {
        let (shape, values) = match target.measure.as_ref() {
            // Records give a part of a whole.
            Some(key) => (Shape::Share, readings.get(key).cloned().unwrap_or_default()),
            None => (book.shape(&target).shape, book.values(&target)),
        };
        courses.add(target, shape, &values, today);
    }
    courses.off.sort_by(|a, b| b.gap().total_cmp(&a.gap()));
    Ok(courses)
}

impl Courses {
    fn add(&mut self, target: Target, shape: Shape, values: &[(NaiveDate, Ratio)], today: NaiveDate) {
        let Some((_, ratio)) = values.last().copied() else { return };
        let Some(now) = shape.value(ratio) else { return };
        self.measured += 1;
        if shape.is_percent() {
            self.moved(&target, &points(shape, values), today);
        }
        let goal = goal_of_year(&target.goals, today.year());
        let (course, line) = judge(shape, goal, ratio, values, today);
        let compared = goal.and_then(|goal| Some((goal.comparison?, goal.hundredths?)));
        if let (course::Course::OffCourse, Some(line), Some(goal)) = (course, line, compared) {
            self.off.push(OffCourse { target, shape, now, ratio, goal, line });
        }
    }

    /// Keeps what moved most.
    fn moved(&mut self, target: &Target, points: &[Point], today: NaiveDate) {
        let week_ago = today.checked_sub_days(Days::new(WEEK)).unwrap_or(today);
        let before = points.iter().rfind(|point| point.day <= week_ago).or(points.first()).copied();
        let (Some(before), Some(now)) = (before, points.last().copied()) else { return };
        let moved = (now.value - before.value).abs();
        let most = self.change.as_ref().map_or(0.0, |other| (other.now.value - other.before.value).abs());
        // What did not move since last week is no news, whenever it moved before.
        if before.day < now.day && now.day > week_ago && moved > most {
            let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
            let points = points.iter().filter(|point| point.day >= from.min(before.day)).copied().collect();
            self.change = Some(Change { target: target.clone(), before, now, points });
        }
    }
}
