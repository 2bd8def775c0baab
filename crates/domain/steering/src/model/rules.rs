//! Numbers that steering works by, as shipped in `data/steering/rules.toml`, each in force from a day.

use chrono::NaiveDate;
use d06_kernel::Problem;
use serde::Deserialize;

const SHIPPED: &str = include_str!("../../../../../data/steering/rules.toml");

/// Days before a deadline from which a task counts as at risk.
pub const SOON_DAYS: &str = "task.soon-days";
/// Days ahead for which occurrences of a recurring task are made.
pub const OCCURRENCES_AHEAD: &str = "task.occurrences-ahead-days";
/// Working days in which an obstacle is answered.
pub const ANSWER_DAYS: &str = "obstacle.answer-working-days";
/// Points by which a share may move in a month without an explanation.
pub const JUMP_POINTS: &str = "figure.jump-points";
/// Times by which a count may move in a month without an explanation.
pub const JUMP_TIMES: &str = "figure.jump-times";
/// Least share, in percent, of units inspected in a year.
pub const COVERAGE: &str = "inspection.coverage-percent";

/// A number in force from a day.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it is for: one of the constants of this module.
    pub key: String,
    /// First day in force.
    pub from: NaiveDate,
    /// The number.
    pub value: i64,
    /// Where it comes from.
    pub basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

/// The numbers in force.
#[derive(Clone, Debug)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// The numbers the platform ships.
    ///
    /// # Errors
    /// The file does not have its form.
    pub fn shipped() -> Result<Self, Problem> {
        toml::from_str::<File>(SHIPPED).map(|file| Self(file.rule)).map_err(Problem::internal)
    }

    /// The rule of a key in force on a day.
    ///
    /// # Errors
    /// No rule of that key is in force: the shipped data lacks it.
    pub fn on(&self, key: &str, day: NaiveDate) -> Result<&Rule, Problem> {
        let of_key = self.0.iter().filter(|rule| rule.key == key && rule.from <= day);
        of_key
            .max_by_key(|rule| rule.from)
            .ok_or_else(|| Problem::internal(format!("no rule {key} on {day}")))
    }

    /// The number of a key in force on a day.
    ///
    /// # Errors
    /// As [`Self::on`].
    pub fn value(&self, key: &str, day: NaiveDate) -> Result<i64, Problem> {
        Ok(self.on(key, day)?.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_rule_and_the_latest_counts() {
        let rules = Rules::shipped().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap();
        for key in [SOON_DAYS, OCCURRENCES_AHEAD, ANSWER_DAYS, JUMP_POINTS, JUMP_TIMES, COVERAGE] {
            assert!(rules.value(key, day).unwrap() > 0, "{key}");
        }
        let later = Rules(vec![
            Rule { value: 10, from: day, ..rules.0[0].clone() },
            Rule { value: 3, ..rules.0[0].clone() },
        ]);
        assert_eq!(later.value(SOON_DAYS, day).unwrap(), 10);
        assert_eq!(later.value(SOON_DAYS, day.pred_opt().unwrap()).unwrap(), 3);
        assert!(rules.value("no.such", day).is_err());
    }
}
