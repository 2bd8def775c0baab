//! The processes of a cluster: one scheduler, and executors that link.

mod executor;
mod guard;
mod scheduler;
mod site;

pub use executor::{ExecutorOptions, run_executor};
pub use scheduler::{SchedulerOptions, run_scheduler};
pub use site::Site;
