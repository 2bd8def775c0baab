//! Plain types and rules; no database, no HTTP.

pub mod binding;
pub mod goal;
pub mod indicator;
pub mod plan;
pub mod reading;
pub mod unit_name;
