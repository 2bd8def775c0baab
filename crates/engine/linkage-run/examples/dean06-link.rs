//! The commands `link` and `dedupe` as a program of their own, small enough to be built in a moment.

use clap::Parser;
use d06_linkage_run::cli::{DedupeArgs, LinkArgs, run_dedupe, run_link};
use std::process::ExitCode;

#[derive(Parser)]
enum Command {
    /// Links a register to a reference.
    Link(LinkArgs),
    /// Finds duplicates in one table.
    Dedupe(DedupeArgs),
}

fn main() -> ExitCode {
    ExitCode::from(match Command::parse() {
        Command::Link(arguments) => run_link(&arguments),
        Command::Dedupe(arguments) => run_dedupe(&arguments),
    })
}
