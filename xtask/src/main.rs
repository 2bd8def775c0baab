//! Development tasks, run as `cargo xtask TASK`. No task needs anything installed by hand beyond Rust and Node.

mod arch;
mod bench;
mod cluster;
mod demo;
mod front;
mod generate;
mod guide;
mod linkage_cluster;
mod shell;
mod test;
mod tools;

use shell::Outcome;

const HELP: &str = "\
cargo xtask TASK

  demo [--reset]   build everything and run the platform with its stand-ins on loopback
  test [FILTER]    install what the tests need, then run all of them
  ci               lints, then `test`
  lint             formatting, clippy, direction of dependencies
  arch             direction of dependencies between crates
  ui               build the front-end bundle
  bench NAME       measure and record: spine, steering, linkage
  cluster [WHAT]   the linkage cluster: trial, measure, test, lint (compiles DataFusion; no other task does)
  guide            take the pictures of the guides anew
  gen [--check]    write (or compare) the generated reference: routes, OpenAPI document
";

fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match run(&task, &rest) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(task: &str, rest: &[String]) -> Outcome {
    match task {
        "demo" => demo::run(rest),
        "test" => test::run(rest),
        "ci" => lint().and_then(|()| test::run(rest)),
        "lint" => lint(),
        "arch" => arch::check(),
        "ui" => front::build(),
        "bench" => bench::run(rest),
        "cluster" => linkage_cluster::run(rest),
        "guide" => test::pictures().and_then(|()| guide::pictures()),
        "gen" => generate::run(rest),
        "" | "help" | "--help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("no task `{other}`\n\n{HELP}")),
    }
}

fn lint() -> Outcome {
    front::build()?;
    shell::cargo(["fmt", "--all", "--check"])?;
    arch::check()?;
    shell::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}
