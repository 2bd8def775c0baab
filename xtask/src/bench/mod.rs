//! `cargo xtask bench NAME`: measurements, recorded with the machine they were made on.

mod linkage;
pub(crate) mod machine;
pub(crate) mod process;
mod spine;
mod steering;

use crate::shell::{self, Outcome};

const NAMES: &str = "spine, steering, linkage";

/// Builds what is measured and what measures it: all at once, since parts built alone would choose other features and
/// be compiled anew. And the program that starts PostgreSQL, as the tests build it.
fn build() -> Outcome {
    let programs = ["d06-server", "d06-bench-spine", "d06-bench-steering"];
    let packages = programs.into_iter().flat_map(|name| ["--package", name]);
    shell::cargo(["build", "--release"].into_iter().chain(packages))?;
    shell::cargo(["build", "--workspace", "--bins"])
}

/// Runs a measurement and records it in `bench/NAME/results.md`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.split_first() {
        Some((name, rest)) if name == "spine" => spine::run(rest),
        Some((name, _)) if name == "steering" => steering::run(),
        Some((name, rest)) if name == "linkage" => linkage::run(rest),
        _ => Err(format!("cargo xtask bench NAME, where NAME is one of: {NAMES}")),
    }
}
