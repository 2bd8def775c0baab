//! A figure that a unit enters for a month, and what is asked before it is taken.

use crate::model::plan::TargetId;
use crate::model::rules::{JUMP_POINTS, JUMP_TIMES, Rules};
use crate::model::shape::{Accumulation, Shape};
use chrono::{Datelike, Months, NaiveDate};
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::Moment;
use d06_kernel::{Problem, typed_id};
use std::fmt;
use std::str::FromStr;

typed_id!(
    /// A figure as it was entered once; a correction has an id of its own.
    FigureId
);

/// A month: `2026-06`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

/// A text that is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month")]
pub struct NotAMonth;

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// January of its year.
    pub fn january(self) -> Self {
        Self { month: 1, ..self }
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let next = self.first_day().checked_add_months(Months::new(1));
        next.and_then(|day| day.pred_opt()).unwrap_or_default()
    }

    /// The month before.
    pub fn before(self) -> Self {
        self.first_day().pred_opt().map_or(self, Self::of)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let found =
            Self { year: year.parse().map_err(|_| NotAMonth)?, month: month.parse().map_err(|_| NotAMonth)? };
        let real = (1..=12).contains(&found.month) && (2000..=2100).contains(&found.year);
        if real && text.len() == 7 { Ok(found) } else { Err(NotAMonth) }
    }
}

/// A figure as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its id.
    pub id: FigureId,
    /// The target.
    pub target: TargetId,
    /// The unit whose figure it is.
    pub unit: String,
    /// The month it is for.
    pub period: Month,
    /// From 1; a correction has the next number, and the one before stays.
    pub revision: i32,
    /// The two counts.
    pub ratio: Ratio,
    /// Why it jumps, or what else the unit says to it.
    pub note: Option<String>,
    /// When it was entered.
    pub entered_at: Moment,
    /// Name of the official who entered it.
    pub entered_by: String,
}

/// Asks of a figure what its shape and the figure before it demand.
///
/// # Errors
/// By field: `figure.negative`, `figure.numerator-over-denominator`, `figure.yes-or-no`, `figure.running-falls`;
/// `figure.jump` at `note` if the figure moves more than the rules allow against `before` and nobody says why.
pub fn check(
    rules: &Rules,
    (shape, accumulation): (Shape, Accumulation),
    new: Ratio,
    before: Option<(Month, Ratio)>,
    period: Month,
    note: Option<&str>,
) -> Result<(), Problem> {
    if new.numerator < 0 || new.denominator < 0 {
        let field = if new.numerator < 0 { "numerator" } else { "denominator" };
        return Err(Problem::field(field, "figure.negative"));
    }
    if shape == Shape::Share && new.numerator > new.denominator {
        return Err(Problem::field("numerator", "figure.numerator-over-denominator"));
    }
    if shape == Shape::YesNo && !(0..=1).contains(&new.numerator) {
        return Err(Problem::field("numerator", "figure.yes-or-no"));
    }
    let Some((month, old)) = before else { return Ok(()) };
    let same_year = month.year() == period.year();
    if accumulation == Accumulation::Running && same_year && month < period && new.numerator < old.numerator {
        return Err(Problem::field("numerator", "figure.running-falls"));
    }
    let jumps = jumps(rules, shape, period, new, old)?;
    if jumps && note.is_none_or(|note| note.trim().is_empty()) {
        return Err(Problem::field("note", "figure.jump"));
    }
    Ok(())
}

/// Whether a figure moves more against the one before than the rules allow without a word.
fn jumps(rules: &Rules, shape: Shape, period: Month, new: Ratio, old: Ratio) -> Result<bool, Problem> {
    let day = period.last_day();
    let (Some(now), Some(then)) = (shape.value(new), shape.value(old)) else { return Ok(false) };
    if shape.is_percent() {
        return Ok((now - then).abs() >= rules.value(JUMP_POINTS, day)? as f64);
    }
    let times = rules.value(JUMP_TIMES, day)? as f64;
    Ok(shape != Shape::YesNo && then > 0.0 && (now >= then * times || now * times <= then))
}

/// The value of a year up to a month, out of the figures of all units: ratios are added by their parts. `None` if there
/// is no figure yet. Only the latest revision of a month must be among `figures`.
pub fn value(accumulation: Accumulation, figures: &[Figure], until: Month) -> Option<Ratio> {
    let mut units: Vec<&str> = figures.iter().map(|figure| figure.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let parts = units.into_iter().filter_map(|unit| {
        let of_unit = figures.iter().filter(|figure| figure.unit == unit && figure.period <= until);
        match accumulation {
            Accumulation::Stock => of_unit.max_by_key(|figure| figure.period).map(|figure| figure.ratio),
            Accumulation::Running => of_unit
                .filter(|figure| figure.period >= until.january())
                .max_by_key(|figure| figure.period)
                .map(|figure| figure.ratio),
            Accumulation::Flow => of_unit
                .filter(|figure| figure.period >= until.january())
                .map(|figure| figure.ratio)
                .reduce(sum),
        }
    });
    parts.reduce(sum)
}

/// Two ratios as one.
fn sum(one: Ratio, other: Ratio) -> Ratio {
    Ratio {
        numerator: one.numerator.saturating_add(other.numerator),
        denominator: one.denominator.saturating_add(other.denominator),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Ratio {
        Ratio { numerator, denominator }
    }

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn code(result: Result<(), Problem>) -> Option<(String, &'static str)> {
        result.err().map(|problem| (problem.fields[0].field.clone(), problem.fields[0].code))
    }

    #[test]
    fn a_figure_is_asked_before_it_is_taken() {
        let rules = Rules::shipped().unwrap();
        let share = (Shape::Share, Accumulation::Stock);
        let june = month("2026-06");
        let ask = |shape, new, before, note| code(check(&rules, shape, new, before, june, note));
        let over = ("numerator".to_owned(), "figure.numerator-over-denominator");
        assert_eq!(ask(share, ratio(6, 5), None, None), Some(over));
        assert_eq!(ask(share, ratio(5, 5), None, None), None);
        let may = Some((month("2026-05"), ratio(10, 100)));
        assert_eq!(ask(share, ratio(50, 100), may, None), Some(("note".to_owned(), "figure.jump")));
        assert_eq!(ask(share, ratio(50, 100), may, Some("chiến dịch tháng 6")), None);
        assert_eq!(ask(share, ratio(30, 100), may, None), None, "20 points are no jump");
        let running = (Shape::Count, Accumulation::Running);
        let fell = Some(("numerator".to_owned(), "figure.running-falls"));
        assert_eq!(ask(running, ratio(9, 1), Some((month("2026-05"), ratio(10, 1))), Some("x")), fell);
        assert_eq!(
            ask(running, ratio(9, 1), Some((month("2025-12"), ratio(10, 1))), None),
            None,
            "a new year"
        );
        assert_eq!(
            ask(
                (Shape::Count, Accumulation::Flow),
                ratio(30, 1),
                Some((month("2026-05"), ratio(10, 1))),
                None
            ),
            Some(("note".to_owned(), "figure.jump"))
        );
        assert!(ask((Shape::YesNo, Accumulation::Stock), ratio(2, 1), None, None).is_some());
        assert!(ask(share, ratio(-1, 5), None, None).is_some());
    }

    #[test]
    fn months_and_units_add_up_by_their_parts() {
        let figure = |unit: &str, period: &str, n, d| Figure {
            id: FigureId(uuid::Uuid::nil()),
            target: TargetId(uuid::Uuid::nil()),
            unit: unit.to_owned(),
            period: month(period),
            revision: 1,
            ratio: ratio(n, d),
            note: None,
            entered_at: Moment::UNIX_EPOCH,
            entered_by: String::new(),
        };
        let figures = [
            figure("A", "2025-12", 5, 10),
            figure("A", "2026-01", 1, 2),
            figure("A", "2026-02", 1, 4),
            figure("B", "2026-01", 9, 10),
        ];
        let of = |way, until| value(way, &figures, month(until));
        assert_eq!(of(Accumulation::Flow, "2026-02"), Some(ratio(11, 16)));
        assert_eq!(of(Accumulation::Stock, "2026-02"), Some(ratio(10, 14)), "B's January still stands");
        assert_eq!(of(Accumulation::Stock, "2025-12"), Some(ratio(5, 10)));
        assert_eq!(of(Accumulation::Running, "2025-11"), None);
    }

    #[test]
    fn months_are_read_strictly() {
        for text in ["2026-13", "2026-6", "26-06", "2026-00", "x"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
        assert_eq!(month("2026-01").before().to_string(), "2025-12");
        assert_eq!(month("2024-02").last_day().to_string(), "2024-02-29");
    }
}
