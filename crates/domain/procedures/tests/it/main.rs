//! Use cases of procedures, each on both databases, with neighbours that answer as the test says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod counter;
mod drafts;
mod letters;
mod marriage;
mod measures;
mod neighbours;
mod numbers;
mod office;
mod pages;
mod scene;
mod sources;
mod submission;
