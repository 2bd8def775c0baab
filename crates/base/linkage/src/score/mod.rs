//! From a right person to its candidates with their probabilities.

mod joint;
mod scratch;
mod search;

pub(crate) use joint::lift;
pub(crate) use scratch::Scratch;
pub(crate) use search::{Found, Search};
