//! How a target is counted: the sort of number it is, and how months add up.

use crate::model::goal::Goal;
use crate::model::plan::Target;
use d06_kernel::port::measure::Ratio;
use d06_kernel::text::search_key;
use serde::Serialize;

/// The sort of number that a target speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A part of a whole, in percent: numerator ≤ denominator.
    Share,
    /// How many times the numerator is the denominator: "27 lần GRDP".
    Multiple,
    /// A number of things; the denominator is 1.
    Count,
    /// How much less than before, in percent: the numerator is what there is now, the denominator what there was.
    Reduction,
    /// Done or not: 1 or 0 of 1.
    YesNo,
}

/// How the figures of months become the value of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accumulation {
    /// A state at the end of the month: the latest month counts.
    Stock,
    /// What happened in the month: the months from January are added up.
    Flow,
    /// A running total since January, as the unit keeps it: the latest month counts, and it does not fall.
    Running,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 5] = [Self::Share, Self::Multiple, Self::Count, Self::Reduction, Self::YesNo];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Multiple => "multiple",
            Self::Count => "count",
            Self::Reduction => "reduction",
            Self::YesNo => "yes-no",
        }
    }

    /// The shape of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    /// Whether somebody counts the denominator; otherwise it is 1.
    pub fn has_denominator(self) -> bool {
        matches!(self, Self::Share | Self::Multiple | Self::Reduction)
    }

    /// Whether the value is in percent.
    pub fn is_percent(self) -> bool {
        matches!(self, Self::Share | Self::Reduction)
    }

    /// The value as a fraction of two whole numbers, in hundredths of the target's unit; `None` if the denominator is
    /// zero. `99.5 %` is `9950 / 1` after division.
    pub fn hundredths(self, ratio: Ratio) -> Option<(i128, i128)> {
        let (n, d) = (i128::from(ratio.numerator), i128::from(ratio.denominator));
        match self {
            _ if d == 0 => None,
            Self::Share => Some((n * 10_000, d)),
            Self::Reduction => Some(((d - n) * 10_000, d)),
            Self::Multiple | Self::Count | Self::YesNo => Some((n * 100, d)),
        }
    }

    /// The value in the target's unit, rounded to two decimals, for showing.
    pub fn value(self, ratio: Ratio) -> Option<f64> {
        let (n, d) = self.hundredths(ratio)?;
        Some((n as f64 / d as f64).round() / 100.0)
    }

    /// The shape that a target's unit and words suggest, until somebody says otherwise.
    pub fn suggested(target: &Target) -> Self {
        let (unit, text) = (search_key(&target.unit), search_key(&target.text));
        // "cắt giảm giấy tờ" is a share of what is cut; "tội phạm giảm" is a reduction.
        let falls = text.replace("cat giam", "").split_whitespace().any(|word| word == "giam");
        match unit.trim() {
            "%" if falls => Self::Reduction,
            "%" => Self::Share,
            unit if unit.starts_with("lan") => Self::Multiple,
            _ if target.goals.iter().any(|goal: &Goal| goal.hundredths.is_some()) => Self::Count,
            "" => Self::YesNo,
            _ if target.goals.iter().all(|goal| goal.raw.to_lowercase().contains("được giao")) => {
                Self::Count
            }
            _ => Self::YesNo,
        }
    }
}

impl Accumulation {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Stock, Self::Flow, Self::Running];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Flow => "flow",
            Self::Running => "running",
        }
    }

    /// The way of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// How a target is counted, and from whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetShape {
    /// The sort of number.
    pub shape: Shape,
    /// How months add up.
    pub accumulation: Accumulation,
    /// What the numerator counts, in words.
    pub numerator: Option<String>,
    /// What the denominator counts, in words.
    pub denominator: Option<String>,
    /// Codes of the units that enter figures.
    pub units: Vec<String>,
    /// Goes up by one at every change; 0 while it is only suggested.
    pub version: i64,
}

impl TargetShape {
    /// What a target suggests: its shape, and its tracking units as those who enter.
    pub fn suggested(target: &Target) -> Self {
        let mut units: Vec<String> = target.tracking.iter().filter_map(|unit| unit.code.clone()).collect();
        units.dedup();
        // Of units that follow a target together, the first named keeps its figures: two would count twice.
        units.truncate(1);
        Self {
            shape: Shape::suggested(target),
            accumulation: Accumulation::Stock,
            numerator: None,
            denominator: None,
            units,
            version: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::plan::{HA_BAC_2026, Place, TargetId};
    use crate::model::unit_name::UnitNames;

    fn ratio(numerator: i64, denominator: i64) -> Ratio {
        Ratio { numerator, denominator }
    }

    #[test]
    fn shapes_give_their_values() {
        assert_eq!(Shape::Share.value(ratio(1, 3)), Some(33.33));
        assert_eq!(Shape::Reduction.value(ratio(3, 10)), Some(70.0), "from 10 to 3 is 70 % fewer");
        assert_eq!(
            Shape::Reduction.value(ratio(12, 10)),
            Some(-20.0),
            "more than before is a negative reduction"
        );
        assert_eq!(Shape::Multiple.value(ratio(2_700, 100)), Some(27.0));
        assert_eq!(Shape::Count.value(ratio(15, 1)), Some(15.0));
        assert_eq!(Shape::Share.value(ratio(0, 0)), None);
    }

    #[test]
    fn the_shipped_plan_suggests_its_shapes() {
        let plan = d06_plan::compile(&d06_plan::Source::from_text(HA_BAC_2026).unwrap());
        let names = UnitNames::shipped().unwrap();
        let shape = |reference: &str| {
            let of = plan.targets.iter().find(|target| target.reference == reference).unwrap();
            TargetShape::suggested(&Target {
                id: TargetId(uuid::Uuid::nil()),
                place: Place {
                    position: 0,
                    reference: of.reference.clone(),
                    group: String::new(),
                    group_title: String::new(),
                    line_start: 1,
                    line_end: 1,
                },
                text: of.text.clone(),
                unit: of.unit.clone(),
                goals: of.values.iter().map(Goal::of_plan).collect(),
                tracking: names.resolve(&of.tracking),
                measure: None,
                legal: String::new(),
                version: 1,
            })
        };
        assert_eq!(shape("I.2").shape, Shape::Share, "papers that are cut are a share");
        assert_eq!(shape("II.9").shape, Shape::Multiple);
        assert_eq!(shape("V.5").shape, Shape::Reduction);
        assert_eq!(shape("V.3").shape, Shape::Count);
        assert_eq!(shape("III.4").shape, Shape::Count);
        assert_eq!(shape("V.7").shape, Shape::YesNo);
        assert_eq!(shape("I.5").units, ["H31.10816.01"]);
    }
}
