//! Letters on both databases, against a mail server of our own that can be slow, rude and absent.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod delivery;
mod sink;
