//! Queries; entities stay inside.

pub(crate) mod account;
pub(crate) mod attempt;
mod entity;
pub(crate) mod role;
pub(crate) mod unit;
