//! Plain types and rules; no database, no HTTP.

pub mod assignment;
pub mod binding;
pub mod budget;
pub mod commendation;
pub mod compiled_change;
pub mod compiled_difference;
pub mod compiled_plan;
pub mod course;
pub mod evidence;
pub mod figure;
pub mod goal;
pub mod indicator;
pub mod obstacle;
pub mod plan;
pub mod reading;
pub mod register;
pub mod report;
pub mod revision;
pub mod rhythm;
pub mod rules;
pub mod shape;
pub mod unit_name;
