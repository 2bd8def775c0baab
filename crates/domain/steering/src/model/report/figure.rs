//! A figure of a report, and how figures of several units become one.

use crate::model::shape::Shape;
use chrono::NaiveDate;
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::Moment;
use serde::{Deserialize, Serialize};

/// How a figure adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A number of things; counts of units are added.
    Count,
    /// A share; numerators and denominators are added, percentages never averaged.
    Ratio,
    /// How many times the numerator is the denominator; both are added.
    Multiple,
    /// How much less than before, in percent: what there is now of what there was; both are added.
    Reduction,
}

impl Kind {
    /// Every kind.
    const ALL: [Self; 4] = [Self::Count, Self::Ratio, Self::Multiple, Self::Reduction];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Ratio => "ratio",
            Self::Multiple => "multiple",
            Self::Reduction => "reduction",
        }
    }

    /// The kind of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How a target of a shape adds up: of units that have done a thing or not, the share that has.
    pub fn of_shape(shape: Shape) -> Self {
        match shape {
            Shape::Share | Shape::YesNo => Self::Ratio,
            Shape::Count => Self::Count,
            Shape::Multiple => Self::Multiple,
            Shape::Reduction => Self::Reduction,
        }
    }

    /// Whether it has two parts.
    pub fn has_denominator(self) -> bool {
        self != Self::Count
    }

    /// Whether it is shown in percent.
    pub fn is_percent(self) -> bool {
        matches!(self, Self::Ratio | Self::Reduction)
    }
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum Origin {
    /// A measure of records.
    Measure {
        /// Its key.
        key: String,
        /// First day counted.
        first: NaiveDate,
        /// Last day counted.
        last: NaiveDate,
    },
    /// The tasks, obstacles or documents of this platform.
    Register,
    /// Entered by units, since no record measures it.
    Entered {
        /// The latest month with a figure: `2026-05`.
        until: String,
        /// How many units entered it.
        units: i64,
    },
    /// Summed from the reports of the units below.
    Units {
        /// How many units.
        units: i64,
    },
    /// Nothing here counts it.
    Missing,
}

/// The goal a figure is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureGoal {
    /// The target of the plan, by number.
    pub reference: String,
    /// The value as written, with its period: `2026: 50`.
    pub raw: String,
    /// Whether it is reached; none where that cannot be said.
    pub reached: Option<bool>,
}

/// A figure of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Stable key, the same in the reports of all units: `dossiers.on-time`.
    pub key: String,
    /// One of the five groups, or `tasks`, `obstacles`, `documents`.
    pub group: String,
    /// Name in Vietnamese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// How it adds up.
    pub kind: Kind,
    /// The value; the denominator of a count is zero. None where nothing counts it.
    pub value: Option<Ratio>,
    /// The value in the report before.
    pub previous: Option<Ratio>,
    /// What the plan wants.
    pub goal: Option<FigureGoal>,
    /// Where it comes from.
    pub origin: Origin,
    /// The moment of counting.
    pub as_of: Moment,
    /// Records behind it.
    pub records: i64,
    /// SHA-256 of these records, in hexadecimal.
    pub records_hash: String,
}

impl Figure {
    /// In percent for a share, as it is for a count; none where nothing was counted.
    pub fn shown(&self) -> Option<f64> {
        shown(self.kind, self.value?)
    }

    /// The change against the report before: percentage points for a share, things for a count.
    pub fn change(&self) -> Option<f64> {
        Some(self.shown()? - shown(self.kind, self.previous?)?)
    }
}

/// A value as it is shown.
pub fn shown(kind: Kind, value: Ratio) -> Option<f64> {
    match kind {
        Kind::Count => Some(value.numerator as f64),
        Kind::Ratio => value.percent(),
        Kind::Multiple => Shape::Multiple.value(value),
        Kind::Reduction => Shape::Reduction.value(value),
    }
}

/// Adds values of units: each part by itself. `None` if a sum leaves the range of 64 bits.
pub fn sum(values: impl IntoIterator<Item = Ratio>) -> Option<Ratio> {
    values.into_iter().try_fold(Ratio::default(), |all, one| {
        Some(Ratio {
            numerator: all.numerator.checked_add(one.numerator)?,
            denominator: all.denominator.checked_add(one.denominator)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Ratio {
        Ratio { numerator, denominator }
    }

    #[test]
    fn shares_are_summed_and_not_averaged() {
        let all = sum([ratio(1, 1), ratio(0, 9)]).unwrap();
        assert_eq!(shown(Kind::Ratio, all), Some(10.0), "the average of 100 % and 0 % would be 50 %");
        assert_eq!(shown(Kind::Count, sum([ratio(3, 0), ratio(4, 0)]).unwrap()), Some(7.0));
        assert_eq!(shown(Kind::Ratio, sum([]).unwrap()), None);
        assert_eq!(sum([ratio(i64::MAX, 1), ratio(1, 1)]), None);
        let fewer = sum([ratio(1, 2), ratio(2, 8)]).unwrap();
        assert_eq!(shown(Kind::Reduction, fewer), Some(70.0), "3 now of 10 before");
        assert_eq!(shown(Kind::Multiple, sum([ratio(20, 1), ratio(34, 1)]).unwrap()), Some(27.0));
    }
}
