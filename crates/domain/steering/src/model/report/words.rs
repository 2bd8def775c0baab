//! What a writer adds to a report: words. Numbers come from records.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The five groups of uses of Decision 06/QĐ-TTg, in their order.
pub const GROUPS: [&str; 5] = ["procedures", "economy", "citizens", "data", "steering"];

/// The passages a writer may write, in the order of the report.
pub const PASSAGES: [&str; 9] = [
    "documents",
    "procedures",
    "economy",
    "citizens",
    "data",
    "steering",
    "shortcomings",
    "next",
    "proposals",
];

/// Characters of a passage at most.
pub const LONGEST: usize = 20_000;

/// The passages written so far, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// A passage; empty if nothing is written.
    pub fn get(&self, passage: &str) -> &str {
        self.0.get(passage).map_or("", String::as_str)
    }
}
