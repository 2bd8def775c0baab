//! One use case, one file.

pub mod bind_target;
pub mod import_plan;
pub mod list_targets;
pub mod list_tasks;
pub mod measure;
pub mod plan_in_force;
pub mod show_on_time;
pub mod show_target;
pub mod take_readings;
