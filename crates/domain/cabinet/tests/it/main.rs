//! Issuing and proving on both databases.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets an error has failed")]

mod issuing;
mod proving;
mod support;
