//! One use case, one file.

pub mod accept_plan;
pub mod bind_target;
pub mod compile_plan;
pub mod diff_plan;
pub mod import_plan;
pub mod list_targets;
pub mod list_tasks;
pub mod measure;
pub mod merge_plans;
pub mod plan_in_force;
pub mod review_item;
pub mod review_plan;
pub mod review_ties;
pub mod show_on_time;
pub mod show_target;
pub mod take_readings;
