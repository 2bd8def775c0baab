#![doc = include_str!("../README.md")]

mod backoff;
mod dead;
mod enqueue;
mod entity;
mod job;
mod migration;
mod schedule;
mod store;
mod workers;

pub use dead::{DeadJob, QueueState, list_dead, queue_state, retry_dead};
pub use enqueue::{enqueue, enqueue_at, enqueue_unique};
pub use job::{Handler, Job, JobError};
pub use migration::migrations;
pub use schedule::Schedule;
pub use workers::Workers;
