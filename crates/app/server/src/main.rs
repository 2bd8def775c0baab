#![doc = include_str!("../README.md")]

mod audit;

mod commands;
mod compose;
mod demo;
mod describe;
mod housekeeping;
mod keys;
mod plan;
mod serve;

use clap::Parser;
use commands::{AuditCommand, Command, Options, PlanCommand};
use d06_config::Settings;
use std::process::ExitCode;

/// What a command comes to.
type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let options = Options::parse();
    // Linkage works on files alone: it needs no settings and ends with numbers of its own.
    match &options.command {
        Command::Link(link) => return ExitCode::from(d06_linkage_run::cli::run_link(link)),
        Command::Dedupe(dedupe) => return ExitCode::from(d06_linkage_run::cli::run_dedupe(dedupe)),
        _ => {}
    }
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&*error);
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Outcome {
    if let Command::Plan(PlanCommand::Compile(compile)) = &options.command {
        return plan::compile(compile);
    }
    let settings = d06_config::load(options.config.as_deref(), std::env::vars())?;
    match options.command {
        Command::Serve => in_runtime(&settings, serve::run(settings.clone())),
        Command::Demo(demo) => {
            let settings = demo.settings(settings)?;
            in_runtime(&settings.clone(), demo::run(demo, settings))
        }
        Command::Audit(AuditCommand::Verify(verify)) => {
            in_runtime(&settings.clone(), audit::verify(verify, settings))
        }
        Command::Plan(PlanCommand::Compile(compile)) => plan::compile(&compile),
        Command::Routes => in_runtime(&quiet(&settings), describe::routes(settings)),
        Command::Openapi => in_runtime(&quiet(&settings), describe::openapi(settings)),
        // Answered by `main`.
        Command::Link(_) | Command::Dedupe(_) => Ok(()),
    }
}

/// The settings for a command whose output is its purpose.
fn quiet(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    "warn".clone_into(&mut settings.log.filter);
    settings
}

fn in_runtime(settings: &Settings, work: impl Future<Output = Outcome>) -> Outcome {
    d06_telemetry::start_logging(&settings.log.filter, settings.log.json)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

#[allow(clippy::print_stderr, reason = "the message is for the person at the terminal")]
fn report(error: &(dyn std::error::Error + 'static)) {
    eprintln!("dean06: {error}");
    let mut cause = error.source();
    while let Some(next) = cause {
        eprintln!("  because: {next}");
        cause = next.source();
    }
}
