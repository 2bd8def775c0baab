//! `cargo xtask bench NAME`: measurements, recorded with the machine they were made on.

mod linkage;
pub(crate) mod machine;
pub(crate) mod process;
mod spine;
mod steering;

use crate::shell::Outcome;

const NAMES: &str = "spine, steering, linkage";

/// Runs a measurement and records it in `bench/NAME/results.md`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.split_first() {
        Some((name, rest)) if name == "spine" => spine::run(rest),
        Some((name, _)) if name == "steering" => steering::run(),
        Some((name, rest)) if name == "linkage" => linkage::run(rest),
        _ => Err(format!("cargo xtask bench NAME, where NAME is one of: {NAMES}")),
    }
}
