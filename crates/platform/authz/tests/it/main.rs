//! What the policies grant, written out.
#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod matrix;
mod refusal;
