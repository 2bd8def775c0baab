//! Queries; entities stay inside.

pub(crate) mod document;
mod entity;
pub(crate) mod number;
