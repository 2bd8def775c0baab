//! Rows; they stay inside `store`.

pub(crate) mod plan;
pub(crate) mod reading;
pub(crate) mod target;
pub(crate) mod task;
pub(crate) mod value;
