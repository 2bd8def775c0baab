#![doc = include_str!("../README.md")]

mod citizen;
mod connection;
mod form;
mod latency;
mod pages;
mod program;
mod report;
mod submissions;
mod timetable;

use clap::Parser;
use program::Program;
use report::Report;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What went wrong, in words for the person at the terminal.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures one running platform.
#[derive(Debug, Parser)]
struct Arguments {
    /// The program `dean06`.
    #[arg(long)]
    binary: PathBuf,
    /// Where its data goes; must not exist.
    #[arg(long)]
    data: PathBuf,
    /// URL of a PostgreSQL database; without it, SQLite in the data folder.
    #[arg(long)]
    database: Option<String>,
    /// Its port; the two next ones are the stand-ins'.
    #[arg(long, default_value_t = 8690)]
    port: u16,
    /// People in the stand-ins.
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// Submissions a second.
    #[arg(long, default_value_t = 200)]
    submissions: u32,
    /// Pages a second.
    #[arg(long, default_value_t = 500)]
    pages: u32,
    /// How long each rate is held, in seconds, at most 300.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=300))]
    seconds: u32,
    /// Leaves the program running after the measurement for this many seconds (to attach a profiler).
    #[arg(long, default_value_t = 0)]
    linger: u64,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // One thread: what the load program takes, the platform cannot have.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(Failure::from).and_then(|runtime| runtime.block_on(measure(&arguments)));
    match outcome {
        Ok(report) => {
            print(&report);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stdout, reason = "the report is this program's output")]
fn print(report: &Report) {
    print!("{report}");
}

async fn measure(arguments: &Arguments) -> Result<Report, Failure> {
    let program = Program::start(
        &arguments.binary,
        &arguments.data,
        arguments.database.as_deref(),
        arguments.port,
        arguments.people,
    )
    .await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let rest = program.resident_mib()?;
    let first = program.first_answer();
    eprintln!("first answer after {first:?}, {rest} MiB at rest");

    let wanted = (arguments.submissions * arguments.seconds) as usize;
    let began = Instant::now();
    let (citizens, drafts, steps) = submissions::prepare(&program, wanted).await?;
    let prepared = began.elapsed();
    let filing = program.cpu_seconds()?;
    eprintln!("{} citizens signed in, {} drafts filled in {prepared:?}", citizens.len(), drafts.len());

    let submitted = submissions::run(&program, drafts, arguments.submissions).await?;
    eprintln!("submissions: {submitted}");
    let after = program.resident_mib()?;
    let submitting = program.cpu_seconds()?;
    let pages = pages::run(&program, &citizens, arguments.pages, arguments.seconds).await?;
    eprintln!("pages: {pages}");
    if arguments.linger > 0 {
        eprintln!("lingering; process {}", program.id());
        tokio::time::sleep(Duration::from_secs(arguments.linger)).await;
    }
    let reading = program.cpu_seconds()?;
    program.stop().await?;
    Ok(Report {
        database: if arguments.database.is_some() { "PostgreSQL" } else { "SQLite" },
        people: arguments.people,
        first_answer: first,
        rest_mib: rest,
        after_mib: after,
        prepared,
        steps,
        submitted,
        pages,
        cpu_seconds: [filing, submitting - filing, reading - submitting],
    })
}
