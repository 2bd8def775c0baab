//! Measurements. Each is a program or script of `bench/`, built for speed, that records what it found.

use crate::front;
use crate::shell::{self, Outcome};

/// Runs the measurement of a name.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.first().map(String::as_str) {
        Some("spine") => {
            front::build()?;
            shell::cargo(["build", "--release", "--package", "d06-server", "--package", "d06-testkit"])?;
            shell::cargo(["run", "--release", "--package", "d06-bench-spine"])
        }
        other => Err(format!("no measurement {other:?}; there is: spine")),
    }
}
