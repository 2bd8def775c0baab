//! The plan compiler against real plans, other layouts of the genre, and input that is no plan at all.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod expected;
mod genre;
mod hostile;
mod localities;
mod real_plans;
