//! The audit log for people, on both databases.

#![allow(clippy::unwrap_used, reason = "a test stops where something fails")]

mod pages;
mod supervision;
