//! The generated reference: what the program says of itself, committed so that a change is seen in review.

use crate::shell::{self, Outcome};
use std::fs;

/// Sub-command of the program and the file that keeps its answer.
const GENERATED: &[(&str, &str)] =
    &[("routes", "docs/reference/routes.txt"), ("openapi", "docs/reference/openapi.json")];

/// Writes the files; with `--check` compares them instead.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let check = arguments.iter().any(|argument| argument == "--check");
    let program = shell::target().join("debug/dean06");
    let mut changed = Vec::new();
    for (command, file) in GENERATED {
        let fresh = shell::output(&program.to_string_lossy(), [command])?;
        let path = shell::root().join(file);
        if fs::read(&path).is_ok_and(|kept| kept == fresh) {
            continue;
        }
        changed.push(*file);
        if !check {
            fs::write(&path, fresh).map_err(|error| format!("{file}: {error}"))?;
        }
    }
    match (check, changed.is_empty()) {
        (true, false) => {
            Err(format!("out of date, run `cargo xtask gen` and review: {}", changed.join(", ")))
        }
        _ => Ok(()),
    }
}
