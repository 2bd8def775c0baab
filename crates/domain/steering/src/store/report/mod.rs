//! Queries over reports.

pub(crate) mod contact;
mod entity;
pub(crate) mod figure;
pub(crate) mod item;
pub(crate) mod notice;
pub(crate) mod record;
pub(crate) mod step;
