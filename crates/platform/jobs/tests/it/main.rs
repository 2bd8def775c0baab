//! The queue on both databases.

#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test")]

mod atomicity;
mod counter;
mod dead;
mod recovery;
mod retries;
mod running;
mod schedules;
mod uniqueness;
