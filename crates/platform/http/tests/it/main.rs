//! The web edge, on both databases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod forms;
mod sessions;
mod site;
