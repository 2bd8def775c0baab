//! Files on both databases, and files that mean harm.
#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod hostile;
mod keeping;
mod sample;
mod uploading;
