//! Publication and delivery on both databases.

#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test")]

mod delivery;
mod ledger;
mod publication;
mod reading;
