//! From a right person to its candidates with their probabilities.

mod joint;
mod search;

pub(crate) use joint::lift;
pub(crate) use search::{Found, Scratch, Search};
