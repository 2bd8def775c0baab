//! `cargo xtask cluster`: the linkage cluster, which no other task compiles, because DataFusion takes longer to compile
//! than everything else together.
//!
//! It is a workspace of its own with its own lock (docs/adr/0008). Everything here ends by itself: every process has a
//! time in which it must be done, and is ended with the value that holds it.

mod lock;
mod measure;
mod nodes;
mod trial;

use crate::shell::{self, Outcome};
use nodes::Files;
use std::path::PathBuf;
use std::process::Command;

const USAGE: &str = "\
cargo xtask cluster [WHAT] [--port P]

  trial     (if left out) one scheduler and two executors on loopback: the answer is that of one machine, also when an
            executor is killed in the middle
  measure   one executor against two, recorded in bench/linkage/cluster.md
  test      unit and property tests of the crate
  lint      formatting, clippy, the versions that both locks have in common
";

/// The first of the ports that a trial uses: the scheduler's; executors have the next ones, two each.
const PORT: u16 = 50_050;

/// Runs what the arguments ask for.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let at = arguments.iter().position(|word| word == "--port");
    let port = match at.map(|at| arguments.get(at + 1).and_then(|port| port.parse().ok())) {
        None => PORT,
        Some(Some(port)) => port,
        Some(None) => return Err(USAGE.to_owned()),
    };
    match arguments.first().map(String::as_str) {
        None | Some("trial" | "--port") => trial::run(&Files::prepare(200_000, 100_000)?, port),
        Some("measure") => measure::run(&Files::prepare(1_000_000, 500_000)?, port),
        Some("test") => cargo(&["test", "--profile", "trial"]),
        Some("lint") => lint(),
        _ => Err(USAGE.to_owned()),
    }
}

fn lint() -> Outcome {
    lock::check()?;
    cargo(&["fmt", "--check"])?;
    cargo(&["clippy", "--profile", "trial", "--all-targets", "--", "-D", "warnings"])
}

/// The folder of the crate, which is the root of its workspace.
fn folder() -> PathBuf {
    shell::root().join("crates/engine/linkage-cluster")
}

/// Runs cargo in that workspace. It builds into the same folder as everything else, under a profile of its own.
fn cargo(arguments: &[&str]) -> Outcome {
    let mut command = Command::new(shell::cargo_path());
    command.args(arguments).current_dir(folder()).env("CARGO_TARGET_DIR", shell::target());
    shell::finish(&mut command)
}
