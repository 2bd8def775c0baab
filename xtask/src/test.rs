//! `cargo xtask test`: everything that judges the platform.

use crate::cluster::{Cluster, Kind};
use crate::shell::{self, Outcome};
use crate::{arch, front, generate, tools};
use std::process::Command;

/// Installs, builds and runs every test. With a filter, only the Rust tests whose names contain it.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    tools::install()?;
    front::build()?;
    arch::check()?;
    // The whole workspace at once: parts built alone would choose other features and be compiled twice.
    shell::cargo(["build", "--workspace", "--bins"])?;
    let cluster = Cluster::start(Kind::Tests)?;
    let filter = arguments.first().map(String::as_str);
    rust_tests(filter)?;
    if filter.is_none() {
        generate::run(&["--check".to_owned()])?;
        journeys(&cluster)?;
        markup()?;
    }
    Ok(())
}

fn rust_tests(filter: Option<&str>) -> Outcome {
    // nextest where it is installed, the plain runner elsewhere: both run the same tests.
    let mut command = shell::cargo_command();
    let runner: &[&str] = if shell::answers("cargo-nextest", "--version") {
        &["nextest", "run"]
    } else {
        &["test", "--no-fail-fast"]
    };
    command.args(runner).arg("--workspace").args(filter);
    command.env("DEAN06_TEST_VENV", tools::venv());
    shell::finish(&mut command)
}

/// The journeys in Chromium, against the running program, on both databases.
fn journeys(cluster: &Cluster) -> Outcome {
    let mut command = Command::new("npx");
    command.args(["--no-install", "playwright", "test"]).current_dir(shell::root().join("e2e"));
    command.env("E2E_BINARY", shell::target().join("debug/dean06"));
    command.env("E2E_POSTGRES", cluster.fresh_database("dean06_journeys")?);
    command.env("E2E_POSTGRES_KILL", cluster.fresh_database("dean06_kill")?);
    shell::finish(&mut command)
}

/// The pages that the journeys came by, as the server sent them, under the validator of the W3C.
fn markup() -> Outcome {
    let mut command = Command::new("java");
    command.args(["-jar", "node_modules/vnu-jar/build/dist/vnu.jar", "--errors-only", "--format", "gnu"]);
    command.arg("out/markup").current_dir(shell::root().join("e2e"));
    shell::finish(&mut command)
}

/// The pictures of `docs/guide`, taken by the journeys on SQLite.
pub(crate) fn pictures() -> Outcome {
    tools::install()?;
    front::build()?;
    shell::cargo(["build", "--workspace", "--bins"])?;
    let folder = shell::root().join("docs/guide/img");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut command = Command::new("npx");
    command.args([
        "--no-install",
        "playwright",
        "test",
        "line",
        "office",
        "counter",
        "rights",
        "log",
        "reports",
        "--project=sqlite",
    ]);
    command.current_dir(shell::root().join("e2e"));
    command.env("E2E_BINARY", shell::target().join("debug/dean06")).env("E2E_GUIDE", folder);
    shell::finish(&mut command)
}
