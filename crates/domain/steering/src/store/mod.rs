//! Queries.

pub(crate) mod assignment;
pub(crate) mod budget;
pub(crate) mod chairman;
pub(crate) mod commendation;
pub(crate) mod compiled;
mod entity;
pub(crate) mod evidence;
pub(crate) mod figure;
pub(crate) mod history;
pub(crate) mod obstacle;
pub(crate) mod plan;
pub(crate) mod reading;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod shape;
pub(crate) mod target;
pub(crate) mod task;
pub(crate) mod tie;
