//! Queries; entities stay inside.

pub(crate) mod checkpoint;
mod entity;
pub(crate) mod entry;
pub(crate) mod leaf;
pub(crate) mod tile;
