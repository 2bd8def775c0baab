//! The tables as SeaORM sees them.

pub(crate) mod checkpoint;
pub(crate) mod entry;
pub(crate) mod leaf;
pub(crate) mod tile;
