//! The catalogue: search, and the page of one procedure.

pub mod search;
pub mod show;
