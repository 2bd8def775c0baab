//! Queries of this domain.

pub(crate) mod access;
pub(crate) mod correction;
pub(crate) mod dispute;
mod entity;
mod reply;

use d06_kernel::Problem;
use d06_kernel::person::PersonalNumber;

/// A number as it was stored.
fn number(text: &str) -> Result<PersonalNumber, Problem> {
    text.parse().map_err(Problem::internal)
}
