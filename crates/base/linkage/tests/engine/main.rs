//! The engine from outside: what it answers, and that it answers the same however it is asked.

mod bounds;
mod data;
mod refusals;
mod sameness;
mod truth;
