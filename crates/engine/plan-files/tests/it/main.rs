//! The readers against files that other programs wrote, and against files that are none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod hostile;
mod office;
mod produced;
mod texts;
