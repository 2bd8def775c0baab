//! Queries over a transaction. Entities stay inside; what leaves is a plain type of this domain.

pub mod assistance;
pub mod dossier;
pub mod draft;
mod entity;
pub mod letter;
pub mod part;
pub mod payment;
pub mod reckoning;
pub mod reuse;
pub mod sequence;

use d06_kernel::Problem;
use d06_kernel::person::PersonalNumber;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn to_json<T: Serialize>(value: &T) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(value).map_err(Problem::internal)
}

fn from_json<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(Problem::internal)
}

fn number(text: &str) -> Result<PersonalNumber, Problem> {
    text.parse().map_err(Problem::internal)
}
