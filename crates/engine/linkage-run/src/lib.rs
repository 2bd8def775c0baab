#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod cli;
pub mod columns;
mod error;
mod explain;
mod input;
mod job;
mod output;
mod progress;
mod propose;
mod report;
mod told;
mod words;

pub use error::RunError;
pub use input::{Input, Noticed, Preview, expand, preview};
pub use job::{Elsewhere, Job, Piece, Sizes, Summary, dedupe, link, link_elsewhere};
pub use progress::Terminal;
pub use propose::{SCHEMA, Seen, propose};
pub use words::{Lang, Words};
