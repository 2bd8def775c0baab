//! Whether a target is reached, or will be by its deadline if it goes on as it does.
//!
//! The projection is a straight line through the first and the last value of the year and on to the deadline. It is
//! shown with the two values it rests on, so that the reader can judge it; two weeks of values are the least.

use crate::model::goal::{Comparison, Goal};
use crate::model::shape::Shape;
use chrono::{Datelike, NaiveDate};
use d06_kernel::port::measure::Ratio;
use serde::Serialize;

/// The least days between the two values of a projection.
const LEAST_DAYS: i64 = 14;

/// Where a target stands against its goal and its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// The goal is reached.
    Met,
    /// Not yet, but in time if it goes on so.
    OnCourse,
    /// Not in time if it goes on so.
    OffCourse,
    /// Not reached, and too few values to tell more.
    TooEarly,
    /// Nothing to count yet: the denominator is zero.
    NothingCounted,
    /// The plan names no number to compare with.
    NoNumber,
    /// Neither measured nor entered.
    NotMeasured,
}

impl Course {
    /// Every course, those that want a leader's eye first.
    pub const ALL: [Self; 7] = [
        Self::OffCourse,
        Self::NotMeasured,
        Self::TooEarly,
        Self::OnCourse,
        Self::Met,
        Self::NothingCounted,
        Self::NoNumber,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::OnCourse => "on-course",
            Self::OffCourse => "off-course",
            Self::TooEarly => "too-early",
            Self::NothingCounted => "nothing-counted",
            Self::NoNumber => "no-number",
            Self::NotMeasured => "not-measured",
        }
    }
}

/// A value on a day, in the target's unit: percent for a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub day: NaiveDate,
    /// The value.
    pub value: f64,
}

/// The points of values; days on which nothing was counted give none.
pub fn points(shape: Shape, values: &[(NaiveDate, Ratio)]) -> Vec<Point> {
    let point = |(day, ratio): &(NaiveDate, Ratio)| Some(Point { day: *day, value: shape.value(*ratio)? });
    values.iter().filter_map(point).collect()
}

/// What a target will stand at on its deadline if it goes on as it does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Projection {
    /// The first day of the line, and the value then.
    pub from: NaiveDate,
    /// The value on that day.
    pub then: f64,
    /// The last day of the line.
    pub to: NaiveDate,
    /// The value on that day.
    pub now: f64,
    /// The deadline.
    pub deadline: NaiveDate,
    /// The value by then.
    pub value: f64,
}

/// Where a target stands. `values` are those of the year, of any order; the one of today is `now`.
pub fn judge(
    shape: Shape,
    goal: Option<&Goal>,
    now: Ratio,
    values: &[(NaiveDate, Ratio)],
    today: NaiveDate,
) -> (Course, Option<Projection>) {
    let Some((goal, comparison)) = goal.and_then(|goal| Some((goal, goal.comparison?))) else {
        return (Course::NoNumber, None);
    };
    let Some(wanted) = goal.hundredths else { return (Course::NoNumber, None) };
    let Some((n, d)) = shape.hundredths(now) else { return (Course::NothingCounted, None) };
    let wanted_by_counts = i128::from(wanted) * d;
    let projection = project(shape, now, values, today, deadline(goal, today));
    if compare(comparison, n, wanted_by_counts) {
        return (Course::Met, projection);
    }
    let course = match projection {
        None => Course::TooEarly,
        Some(line) => {
            // The projection is an estimate; it is compared as it is shown, in hundredths.
            let reached = (line.value * 100.0).round() as i128;
            if compare(comparison, reached, i128::from(wanted)) {
                Course::OnCourse
            } else {
                Course::OffCourse
            }
        }
    };
    (course, projection)
}

fn compare(comparison: Comparison, counted: i128, wanted: i128) -> bool {
    match comparison {
        Comparison::AtLeast => counted >= wanted,
        Comparison::MoreThan => counted > wanted,
        Comparison::AtMost => counted <= wanted,
        Comparison::LessThan => counted < wanted,
    }
}

/// The last day of a goal's period: the end of its year, else of the present one.
fn deadline(goal: &Goal, today: NaiveDate) -> NaiveDate {
    let year = goal.period.parse().unwrap_or(today.year());
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today)
}

fn project(
    shape: Shape,
    now: Ratio,
    values: &[(NaiveDate, Ratio)],
    today: NaiveDate,
    deadline: NaiveDate,
) -> Option<Projection> {
    let first = values.iter().filter(|(day, _)| day.year() == today.year()).min_by_key(|(day, _)| *day)?;
    let (from, then) = (first.0, shape.value(first.1)?);
    let days = (today - from).num_days();
    if days < LEAST_DAYS || deadline <= today {
        return None;
    }
    let value_now = shape.value(now)?;
    let ahead = (deadline - today).num_days();
    let line = value_now + (value_now - then) / days as f64 * ahead as f64;
    // A share is not more than the whole, and nothing counted is below zero.
    let most = if shape.is_percent() || shape == Shape::YesNo { 100.0 } else { f64::MAX };
    let least = if shape == Shape::Reduction { f64::MIN } else { 0.0 };
    let value = (line.clamp(least, most) * 100.0).round() / 100.0;
    Some(Projection { from, then, to: today, now: value_now, deadline, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ratio(numerator: i64, denominator: i64) -> Ratio {
        Ratio { numerator, denominator }
    }

    fn goal(comparison: Comparison, hundredths: i64) -> Goal {
        Goal {
            period: "2026".to_owned(),
            raw: String::new(),
            comparison: Some(comparison),
            hundredths: Some(hundredths),
        }
    }

    fn course(shape: Shape, goal: &Goal, then: Ratio, now: Ratio) -> Course {
        judge(shape, Some(goal), now, &[(day("2026-01-31"), then)], day("2026-06-30")).0
    }

    #[test]
    fn a_line_tells_whether_it_will_be_in_time() {
        let eighty = goal(Comparison::AtLeast, 8_000);
        // 10 points in five months: 12 more in the six to come.
        assert_eq!(course(Shape::Share, &eighty, ratio(60, 100), ratio(70, 100)), Course::OnCourse);
        assert_eq!(course(Shape::Share, &eighty, ratio(60, 100), ratio(62, 100)), Course::OffCourse);
        assert_eq!(course(Shape::Share, &eighty, ratio(60, 100), ratio(80, 100)), Course::Met);
        assert_eq!(course(Shape::Share, &eighty, ratio(60, 100), ratio(0, 0)), Course::NothingCounted);
    }

    #[test]
    fn direction_and_shape_are_respected() {
        let fewer = goal(Comparison::MoreThan, 7_000);
        assert_eq!(
            course(Shape::Reduction, &fewer, ratio(9, 10), ratio(3, 10)),
            Course::OnCourse,
            "exactly 70"
        );
        assert_eq!(course(Shape::Reduction, &fewer, ratio(9, 10), ratio(2, 10)), Course::Met);
        let times = goal(Comparison::AtLeast, 2_700);
        assert_eq!(course(Shape::Multiple, &times, ratio(20, 1), ratio(27, 1)), Course::Met);
        let at_most = goal(Comparison::AtMost, 500);
        assert_eq!(course(Shape::Share, &at_most, ratio(20, 100), ratio(10, 100)), Course::OnCourse);
        assert_eq!(course(Shape::Share, &at_most, ratio(10, 100), ratio(20, 100)), Course::OffCourse);
    }

    #[test]
    fn too_few_values_are_said_to_be_too_few() {
        let eighty = goal(Comparison::AtLeast, 8_000);
        let now = ratio(50, 100);
        let of = |values: &[(NaiveDate, Ratio)]| {
            judge(Shape::Share, Some(&eighty), now, values, day("2026-06-15"))
        };
        assert_eq!(of(&[]).0, Course::TooEarly);
        assert_eq!(of(&[(day("2026-06-10"), ratio(1, 100))]).0, Course::TooEarly);
        assert_eq!(
            of(&[(day("2025-06-10"), ratio(1, 100))]).0,
            Course::TooEarly,
            "last year is another line"
        );
        assert_eq!(judge(Shape::Share, None, now, &[], day("2026-06-15")).0, Course::NoNumber);
    }

    #[test]
    fn a_projection_stays_within_the_whole() {
        let eighty = goal(Comparison::AtLeast, 8_000);
        let values = [(day("2026-01-31"), ratio(0, 100))];
        let (_, line) = judge(Shape::Share, Some(&eighty), ratio(79, 100), &values, day("2026-06-30"));
        assert_eq!(line.unwrap().value, 100.0);
    }
}
