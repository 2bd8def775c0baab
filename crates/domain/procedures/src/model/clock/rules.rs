//! The parameters of the clock: dated data with the clause that sets each (`data/deadlines/rules.toml`).

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

static SHIPPED: &str = include_str!("../../../../../../data/deadlines/rules.toml");

/// The parameters cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The file cannot be read.
    #[error("the deadline parameters cannot be read")]
    Unreadable(#[source] Box<toml::de::Error>),
    /// A parameter that the clock cannot do without is missing, or holds the wrong kind of value.
    #[error("the deadline parameter `{0}` is missing")]
    Missing(&'static str),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameter {
    key: String,
    time: Option<NaiveTime>,
    count: Option<u32>,
    from: NaiveDate,
    until: Option<NaiveDate>,
    basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    parameter: Vec<Parameter>,
}

/// The parameters of every time.
#[derive(Clone, Debug)]
pub struct DeadlineRules(Vec<Parameter>);

impl DeadlineRules {
    /// The parameters the product ships.
    pub fn shipped() -> Result<Self, RulesError> {
        Self::read(SHIPPED)
    }

    /// Parameters from a file of that form.
    pub fn read(text: &str) -> Result<Self, RulesError> {
        let file: File = toml::from_str(text).map_err(|e| RulesError::Unreadable(Box::new(e)))?;
        let rules = Self(file.parameter);
        let needed = ["supplements-allowed", "reappointments-allowed", "apology-days-before"];
        for key in needed {
            if !rules.0.iter().any(|p| p.key == key && p.count.is_some()) {
                return Err(RulesError::Missing(key));
            }
        }
        if !rules.0.iter().any(|p| p.key == "same-day-cut-off" && p.time.is_some()) {
            return Err(RulesError::Missing("same-day-cut-off"));
        }
        Ok(rules)
    }

    /// The clause that sets a parameter on a day.
    pub fn basis(&self, key: &str, day: NaiveDate) -> Option<&str> {
        self.on(key, day).map(|p| p.basis.as_str())
    }

    /// A counted parameter on a day; `None` if nothing sets it then.
    pub(super) fn count(&self, key: &str, day: NaiveDate) -> Option<u32> {
        self.on(key, day).and_then(|p| p.count)
    }

    /// The hour after which a same-day procedure is due on the next working day.
    pub(super) fn cut_off(&self, day: NaiveDate) -> Option<NaiveTime> {
        self.on("same-day-cut-off", day).and_then(|p| p.time)
    }

    /// The line in force on a day; of several the one that began last.
    fn on(&self, key: &str, day: NaiveDate) -> Option<&Parameter> {
        let in_force =
            |p: &&Parameter| p.key == key && p.from <= day && p.until.is_none_or(|until| day < until);
        self.0.iter().filter(in_force).max_by_key(|p| p.from)
    }
}
