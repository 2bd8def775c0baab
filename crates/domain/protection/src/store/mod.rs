//! Queries over a transaction; entities stay inside.

mod entity;
pub(crate) mod run;
