//! Conditions on the case: a requirement that holds only "if divorced".

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of the case: the answers of the form and what sources said, by field key.
pub type CaseFacts = BTreeMap<String, String>;

/// A requirement applies only when a field of the case has one of these values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The field of the case.
    pub field: String,
    /// The values for which the requirement applies.
    pub one_of: Vec<String>,
}

/// Whether something applies to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The case does not say yet.
    Unknown,
}

impl Condition {
    /// Whether the condition is met; an empty answer is no answer.
    pub fn applies(&self, facts: &CaseFacts) -> Applies {
        match facts.get(&self.field).map(String::as_str) {
            None | Some("") => Applies::Unknown,
            Some(value) if self.one_of.iter().any(|v| v == value) => Applies::Yes,
            Some(_) => Applies::No,
        }
    }
}
