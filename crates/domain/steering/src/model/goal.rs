//! What is to be reached by the end of a period, and whether it is.

use crate::model::shape::Shape;
use d06_kernel::port::measure::Ratio;
use d06_plan::TargetValue;
use serde::Serialize;

/// The value of a target for one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The period as the plan names it: `2026`.
    pub period: String,
    /// The value as written.
    pub raw: String,
    /// What to compare by; `None` for a value in words.
    pub comparison: Option<Comparison>,
    /// The value in hundredths (`99.5` is 9950), so that both databases keep it exactly.
    pub hundredths: Option<i64>,
}

/// How a value is compared with the goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// At least. A plain number in a plan ("80 %") is read so: more is better.
    AtLeast,
    /// More than.
    MoreThan,
    /// At most.
    AtMost,
    /// Less than.
    LessThan,
}

/// Where a measured target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// The goal of the period is reached now.
    Reached,
    /// It is not reached yet.
    NotYet,
    /// Nothing to count yet: the denominator is zero.
    NothingCounted,
    /// The plan names no number to compare with.
    NoNumber,
}

impl Comparison {
    /// The stable name, as stored: `>=`, `>`, `<=`, `<`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::AtMost => "<=",
            Self::LessThan => "<",
        }
    }

    /// The comparison of an operator of the plan; `=` is read as "at least".
    pub fn of_operator(operator: &str) -> Option<Self> {
        match operator {
            "=" | ">=" => Some(Self::AtLeast),
            ">" => Some(Self::MoreThan),
            "<=" => Some(Self::AtMost),
            "<" => Some(Self::LessThan),
            _ => None,
        }
    }
}

impl Goal {
    /// The goal that a compiled plan names.
    pub fn of_plan(value: &TargetValue) -> Self {
        // A value of a plan has at most a few digits; the rounding removes what binary fractions add.
        let hundredths = value.value.map(|v| (v * 100.0).round() as i64);
        Self {
            period: value.period.clone(),
            raw: value.raw.clone(),
            comparison: value.op.as_deref().and_then(Comparison::of_operator),
            hundredths,
        }
    }

    /// Where a ratio in percent stands, decided on the counts themselves and not on a rounded percentage.
    pub fn progress(&self, ratio: Ratio) -> Progress {
        self.progress_of(Shape::Share, ratio)
    }

    /// As [`Self::progress`], for a number of any sort.
    pub fn progress_of(&self, shape: Shape, ratio: Ratio) -> Progress {
        let (Some(comparison), Some(hundredths)) = (self.comparison, self.hundredths) else {
            return Progress::NoNumber;
        };
        let Some((counted, of)) = shape.hundredths(ratio) else { return Progress::NothingCounted };
        let wanted = i128::from(hundredths) * of;
        let reached = match comparison {
            Comparison::AtLeast => counted >= wanted,
            Comparison::MoreThan => counted > wanted,
            Comparison::AtMost => counted <= wanted,
            Comparison::LessThan => counted < wanted,
        };
        if reached { Progress::Reached } else { Progress::NotYet }
    }
}

/// The goal that counts in a year: the first period that ends in it or later, else the last one.
pub fn goal_of_year(goals: &[Goal], year: i32) -> Option<&Goal> {
    let in_time = |goal: &&Goal| goal.period.parse::<i32>().is_ok_and(|period| period >= year);
    goals.iter().find(in_time).or_else(|| goals.last())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(period: &str, op: &str, value: f64) -> Goal {
        let (raw, op) = (value.to_string(), Some(op.to_owned()));
        Goal::of_plan(&TargetValue { period: period.to_owned(), raw, op, value: Some(value) })
    }

    fn ratio(numerator: i64, denominator: i64) -> Ratio {
        Ratio { numerator, denominator }
    }

    #[test]
    fn a_goal_is_compared_on_the_counts() {
        let third = goal("2026", "=", 66.67);
        assert_eq!(third.progress(ratio(2, 3)), Progress::NotYet, "66.666… is less than 66.67");
        assert_eq!(goal("2026", ">", 50.0).progress(ratio(1, 2)), Progress::NotYet);
        assert_eq!(goal("2026", "=", 50.0).progress(ratio(1, 2)), Progress::Reached);
        assert_eq!(goal("2026", "<", 5.0).progress(ratio(1, 100)), Progress::Reached);
        assert_eq!(goal("2026", "=", 50.0).progress(ratio(0, 0)), Progress::NothingCounted);
    }

    #[test]
    fn a_value_in_words_is_not_compared() {
        let words = TargetValue { period: "2026".into(), raw: "đảm bảo".into(), op: None, value: None };
        assert_eq!(Goal::of_plan(&words).progress(ratio(1, 1)), Progress::NoNumber);
    }

    #[test]
    fn the_goal_of_a_year() {
        let goals = [goal("2026", "=", 50.0), goal("2030", "=", 80.0)];
        let of = |year| goal_of_year(&goals, year).map(|goal| goal.period.as_str());
        assert_eq!((of(2026), of(2027), of(2031)), (Some("2026"), Some("2030"), Some("2030")));
    }
}
