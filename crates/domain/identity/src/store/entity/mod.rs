//! The tables as SeaORM sees them.

pub(crate) mod account;
pub(crate) mod attempt;
pub(crate) mod role;
pub(crate) mod unit;
