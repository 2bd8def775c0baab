//! Why an officer files for a person at the counter: dated data (`data/procedures/assistance.toml`).

use super::Text;
use chrono::NaiveDate;
use serde::Deserialize;

static SHIPPED: &str = include_str!("../../../../../data/procedures/assistance.toml");

/// The list cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the grounds for filing at the counter cannot be read")]
pub struct AssistanceError(#[from] toml::de::Error);

/// A ground.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Stable key: `elderly`.
    pub key: String,
    /// What the officer and the person read.
    pub label: Text,
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// The act that lets the officer help.
    pub basis: String,
}

/// The grounds of every time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grounds {
    ground: Vec<Ground>,
}

impl Grounds {
    /// The list the product ships.
    ///
    /// # Errors
    /// The file is not of the expected form.
    pub fn shipped() -> Result<Self, AssistanceError> {
        Ok(toml::from_str(SHIPPED)?)
    }

    /// The grounds in force on a day, in the order of the file.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Ground> {
        self.ground.iter().filter(move |g| g.from <= day && g.until.is_none_or(|until| day < until))
    }

    /// The ground of a key, of whatever time.
    pub fn find(&self, key: &str) -> Option<&Ground> {
        self.ground.iter().find(|g| g.key == key)
    }
}
