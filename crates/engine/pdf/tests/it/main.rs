//! Documents and signatures, judged by programs that are not ours.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets an error has failed")]

mod layout;
mod outside;
mod sample;
mod signing;
