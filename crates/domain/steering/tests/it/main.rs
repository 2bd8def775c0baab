//! Use cases of steering, each on both databases, with a measure source that counts records of its own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bindings;
mod chairman;
mod figures;
mod obstacles;
mod pages;
mod plan;
mod registers;
mod reports;
mod review;
mod revision;
mod scene;
mod tasks;
mod values;
