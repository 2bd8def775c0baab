//! `cargo xtask bench NAME`: measurements, recorded with the machine they were made on.

mod machine;
mod spine;
mod steering;

use crate::shell::Outcome;

const NAMES: &str = "spine, steering";

/// Runs a measurement and records it in `bench/NAME/results.md`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.split_first() {
        Some((name, rest)) if name == "spine" => spine::run(rest),
        Some((name, _)) if name == "steering" => steering::run(),
        _ => Err(format!("cargo xtask bench NAME, where NAME is one of: {NAMES}")),
    }
}
