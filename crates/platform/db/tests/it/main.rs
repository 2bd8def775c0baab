//! What was found by trying both databases, one file each.

#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test")]

mod concurrency;
mod duplicates;
mod groups;
mod migrating;
mod moments;
mod money;
mod nulls;
mod paging;
mod rebuild;
mod room;
mod search;
mod signals;
mod sums;
mod template;
mod transactions;
