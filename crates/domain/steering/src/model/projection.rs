//! Where a measured share will stand on its last day if it goes on as it went.

use crate::model::goal::Comparison;
use crate::model::reading::Reading;
use chrono::NaiveDate;

/// Days that the course is read from.
pub const DAYS: u64 = 31;

/// A share on a day, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub day: NaiveDate,
    /// Percent.
    pub percent: f64,
}

/// The points of readings; days on which nothing was counted give none.
pub fn points(readings: &[Reading]) -> Vec<Point> {
    let point = |one: &Reading| Some(Point { day: one.day, percent: one.ratio.percent()? });
    readings.iter().filter_map(point).collect()
}

/// The share expected on a day, in percent from 0 to 100: the line of least squares through the points, drawn on from
/// the last of them. With fewer than two days there is no course and the last value stands; `None` without any.
pub fn expected(points: &[Point], on: NaiveDate) -> Option<f64> {
    let last = points.last()?;
    let days = |point: &Point| (point.day - last.day).num_days() as f64;
    let count = points.len() as f64;
    let mean_day = points.iter().map(days).sum::<f64>() / count;
    let mean = points.iter().map(|point| point.percent).sum::<f64>() / count;
    let spread = points.iter().map(|point| (days(point) - mean_day).powi(2)).sum::<f64>();
    let slope = if spread > 0.0 {
        points.iter().map(|point| (days(point) - mean_day) * (point.percent - mean)).sum::<f64>() / spread
    } else {
        0.0
    };
    let ahead = (on - last.day).num_days().max(0) as f64;
    Some(((last.percent + slope * ahead).clamp(0.0, 100.0) * 100.0).round() / 100.0)
}

/// Whether a value, in percent, meets a goal in hundredths.
pub fn meets(percent: f64, comparison: Comparison, hundredths: i64) -> bool {
    // Both have at most two decimals.
    let value = (percent * 100.0).round() as i64;
    match comparison {
        Comparison::AtLeast => value >= hundredths,
        Comparison::MoreThan => value > hundredths,
        Comparison::AtMost => value <= hundredths,
        Comparison::LessThan => value < hundredths,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(values: &[(i64, f64)]) -> Vec<Point> {
        let first: NaiveDate = "2026-06-01".parse().unwrap();
        let point = |(day, percent): &(i64, f64)| Point {
            day: first + chrono::TimeDelta::days(*day),
            percent: *percent,
        };
        values.iter().map(point).collect()
    }

    #[test]
    fn a_steady_course_is_drawn_on() {
        let on = "2026-06-21".parse().unwrap();
        assert_eq!(expected(&course(&[(0, 10.0), (5, 15.0), (10, 20.0)]), on), Some(30.0));
        assert_eq!(
            expected(&course(&[(0, 90.0), (10, 99.0)]), on),
            Some(100.0),
            "no share exceeds the whole"
        );
        assert_eq!(expected(&course(&[(0, 9.0), (10, 1.0)]), on), Some(0.0));
        assert_eq!(expected(&course(&[(3, 42.0)]), on), Some(42.0), "one day is no course");
        assert_eq!(expected(&[], on), None);
    }

    #[test]
    fn the_day_itself_and_days_before_expect_the_last_value() {
        let course = course(&[(0, 10.0), (10, 20.0)]);
        assert_eq!(expected(&course, "2026-06-11".parse().unwrap()), Some(20.0));
        assert_eq!(expected(&course, "2026-01-01".parse().unwrap()), Some(20.0));
    }

    #[test]
    fn goals_are_met_by_their_operator() {
        assert!(meets(80.0, Comparison::AtLeast, 8000));
        assert!(!meets(80.0, Comparison::MoreThan, 8000));
        assert!(meets(4.99, Comparison::LessThan, 500));
        assert!(!meets(5.01, Comparison::AtMost, 500));
    }
}
