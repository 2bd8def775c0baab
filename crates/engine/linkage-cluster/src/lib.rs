#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod job;
mod node;
mod operator;

pub use job::{Cluster, Options, Times};
pub use node::{ExecutorOptions, SchedulerOptions, Site, run_executor, run_scheduler};
pub use operator::{Answers, Codec, LinkExec, Seal, Work};
