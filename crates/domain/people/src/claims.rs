//! What the population database proves, as dated data (`data/people/claims.toml`).

use chrono::NaiveDate;
use d06_kernel::port::population::PersonField;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The rules cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// The file is malformed.
    #[error("malformed rules")]
    Malformed(#[from] toml::de::Error),
    /// A rule names something that does not exist.
    #[error("rule {0} names something unknown")]
    Unknown(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimList {
    claim: Vec<ClaimRule>,
}

/// What proves a claim, from a day on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimRule {
    key: String,
    from: NaiveDate,
    until: Option<NaiveDate>,
    pub(crate) required: BTreeSet<PersonField>,
    pub(crate) facts: BTreeSet<PersonField>,
    pub(crate) legal_basis: String,
    pub(crate) valid_days: i64,
}

/// The rules of all claims.
#[derive(Clone, Debug)]
pub struct Claims(Vec<ClaimRule>);

impl Claims {
    /// The rules the product ships.
    ///
    /// # Errors
    /// Malformed rules.
    pub fn shipped() -> Result<Self, RuleError> {
        Self::parse(include_str!("../../../../data/people/claims.toml"))
    }

    /// Rules written as TOML.
    ///
    /// # Errors
    /// Malformed rules.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let list: ClaimList = toml::from_str(text)?;
        Ok(Self(list.claim))
    }

    /// The rule of a claim in force on a day.
    pub(crate) fn rule(&self, claim: &str, day: NaiveDate) -> Option<&ClaimRule> {
        self.0
            .iter()
            .find(|rule| rule.key == claim && rule.from <= day && rule.until.is_none_or(|until| day <= until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marital_status_is_proven_only_from_its_day_on() {
        let claims = Claims::shipped().unwrap();
        let day = |text: &str| text.parse().unwrap();
        assert!(claims.rule("identity", day("2026-06-15")).is_some());
        assert!(claims.rule("marital-status", day("2027-02-28")).is_none());
        assert!(claims.rule("marital-status", day("2027-03-01")).is_some());
    }
}
