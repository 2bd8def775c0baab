//! The door to population data against the stand-in over real HTTP, on both databases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod corrections;
mod disputes;
mod door;
mod evidence;
mod faults;
mod only_door;
mod pages;
mod support;
