//! Queries.

mod entity;
pub(crate) mod plan;
pub(crate) mod reading;
pub(crate) mod target;
pub(crate) mod task;
