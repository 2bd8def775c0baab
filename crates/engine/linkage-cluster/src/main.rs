//! `dean06-cluster`: the processes of a linkage cluster, and `link` as on one machine.

mod log_lines;

use clap::{Args, Parser, Subcommand};
use d06_linkage_cluster::{Cluster, ExecutorOptions, Options, SchedulerOptions, run_executor, run_scheduler};
use d06_linkage_run::cli::{LinkArgs, read_spec, run_link, stop_flag, use_threads};
use d06_linkage_run::{Job, Lang, RunError, Sizes, Summary, Terminal, Words, expand, link_elsewhere};
use log::LevelFilter;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Record linkage on several machines: one scheduler, any number of executors, one folder that all of them share.
#[derive(Parser, Debug)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Runs the scheduler
    Scheduler(SchedulerOptions),
    /// Runs an executor
    Executor(ExecutorOptions),
    /// Links a register on the cluster: the same spec and the same bytes as `dean06 link`
    Link(ClusterLink),
    /// Links on this machine alone, as `dean06 link`
    Here(Box<LinkArgs>),
}

#[derive(Args, Debug)]
struct ClusterLink {
    /// The spec: which columns are what (TOML)
    #[arg(long)]
    spec: PathBuf,
    /// Files of the reference; read here only
    #[arg(long, required = true, num_args = 1..)]
    left: Vec<String>,
    /// Files of the register, below the folder that the machines share
    #[arg(long, required = true, num_args = 1..)]
    right: Vec<String>,
    /// Where the links go: .parquet, .csv, .xlsx or .jsonl
    #[arg(long)]
    out: PathBuf,
    /// Where an HTML report goes
    #[arg(long)]
    report: Option<PathBuf>,
    /// Where the cluster of every row goes, as CSV; the spec must say cardinality = "clusters"
    #[arg(long)]
    clusters: Option<PathBuf>,
    /// The scheduler
    #[arg(long, default_value = "127.0.0.1:50050", value_name = "HOST:PORT")]
    scheduler: String,
    /// The folder that all machines share
    #[arg(long)]
    data: PathBuf,
    /// Rows of a piece, the unit that an executor links at once. The answer does not depend on it
    #[arg(long, default_value_t = 32_768, value_parser = clap::value_parser!(u32).range(1..=1 << 24))]
    rows: u32,
    /// Pieces submitted at once; two such waves are under way, so take at least half as many as there are slots
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..))]
    wave: u16,
    /// Give the job up when no piece comes back for so many seconds
    #[arg(long, default_value_t = 3_600, value_parser = clap::value_parser!(u32).range(1..))]
    patience: u32,
    /// Where the seconds go that handing the index over and the cluster took, as JSON
    #[arg(long)]
    times: Option<PathBuf>,
    /// Threads for reading and training; all cores if left out
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Language of messages and reports / ngôn ngữ
    #[arg(long, value_enum, default_value = "vi")]
    lang: Lang,
    /// No progress, no summary
    #[arg(long)]
    quiet: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A client has a progress bar on the same stream.
    let is_client = matches!(arguments.command, Command::Link(_) | Command::Here(_));
    log_lines::to_standard_error(if is_client { LevelFilter::Error } else { LevelFilter::Info });
    match arguments.command {
        Command::Scheduler(options) => serve(run_scheduler(options)),
        Command::Executor(options) => serve(run_executor(options)),
        Command::Link(options) => link(&options),
        Command::Here(options) => ExitCode::from(run_link(&options)),
    }
}

fn serve(process: impl Future<Output = ballista_core::error::Result<()>>) -> ExitCode {
    let ended =
        tokio::runtime::Runtime::new().map_err(Into::into).and_then(|runtime| runtime.block_on(process));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn link(options: &ClusterLink) -> ExitCode {
    let words = Words::new(options.lang);
    let began = Instant::now();
    match run(options, &words) {
        Ok((job, summary)) => {
            if !options.quiet {
                summary.told(&job, &words, began.elapsed()).iter().for_each(|line| say(line));
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&words.error(&error));
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(options: &ClusterLink, words: &Words) -> Result<(Job, Summary), RunError> {
    use_threads(options.threads.map(usize::from));
    let job = Job {
        spec: read_spec(&options.spec)?,
        left: expand(&options.left)?,
        right: expand(&options.right)?,
        out: options.out.clone(),
        report: options.report.clone(),
        clusters: options.clusters.clone(),
        sizes: Sizes::default(),
    };
    let cluster = Options {
        scheduler: options.scheduler.clone(),
        data: options.data.clone(),
        rows: usize::try_from(options.rows).unwrap_or(usize::MAX),
        wave: usize::from(options.wave),
        patience: Duration::from_secs(options.patience.into()),
    };
    let mut cluster = Cluster::new(cluster, &job.right)?;
    let mut terminal = Terminal::new(words, options.quiet, stop_flag(options.lang));
    let summary = link_elsewhere(&job, words, &mut terminal, &mut cluster)?;
    if let Some(path) = &options.times {
        let times = cluster.times();
        let (hand_over, cluster) = (times.hand_over.as_secs_f64(), times.cluster.as_secs_f64());
        let text = serde_json::json!({ "hand_over": hand_over, "cluster": cluster }).to_string();
        std::fs::write(path, text).map_err(|source| RunError::Write { path: path.clone(), source })?;
    }
    Ok((job, summary))
}

#[allow(clippy::print_stderr, reason = "the message is for the person at the terminal")]
fn say(text: &str) {
    eprintln!("{text}");
}
