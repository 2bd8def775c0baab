//! The engine from outside: what it answers, and that it answers the same however it is asked.

#![allow(clippy::unwrap_used)]

mod bounds;
mod data;
mod refusals;
mod sameness;
mod truth;
