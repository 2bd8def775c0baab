//! Sign-in against the VNeID stand-in over real HTTP, and roles, on both databases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod forged;
mod outage;
mod pages;
mod roles;
mod sign_in;
mod support;
