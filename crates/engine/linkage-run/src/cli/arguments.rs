//! The command lines.

use crate::words::Lang;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub(super) struct Common {
    /// Language of messages and reports / ngôn ngữ
    #[arg(long, value_enum, default_value = "vi", global = true)]
    pub(super) lang: Lang,
    /// No progress, no summary
    #[arg(long, global = true)]
    pub(super) quiet: bool,
    /// Threads; all cores if left out
    #[arg(long, global = true, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,
}

/// Links a register to a reference: which row is which person.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct LinkArgs {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Option<LinkCommand>,
    /// The spec: which columns are what (TOML). Without it the columns are guessed and shown for confirmation
    #[arg(long)]
    pub(super) spec: Option<PathBuf>,
    /// Files of the reference, as the population: CSV, Parquet, XLSX, JSON lines, also .gz or .zst; patterns like *.csv
    #[arg(long, required = true, num_args = 1..)]
    pub(super) left: Vec<String>,
    /// Files of the register
    #[arg(long, required = true, num_args = 1..)]
    pub(super) right: Vec<String>,
    /// Where the links go: .parquet, .csv, .xlsx or .jsonl
    #[arg(long, required = true)]
    pub(super) out: Option<PathBuf>,
    /// Where an HTML report goes
    #[arg(long)]
    pub(super) report: Option<PathBuf>,
    /// Where the cluster of every row goes, as CSV; the spec must say cardinality = "clusters"
    #[arg(long)]
    pub(super) clusters: Option<PathBuf>,
    /// Take guessed columns without asking
    #[arg(long)]
    pub(super) yes: bool,
}

/// Further commands of `link`.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum LinkCommand {
    /// Proposes a short commented spec by looking at the columns
    Init(InitArgs),
    /// Prints the JSON schema of the spec
    Schema,
    /// Makes an index of the reference that can be asked one record at a time
    Index(IndexArgs),
    /// Looks one record up in an index
    One(OneArgs),
    /// Writes an invented population and an invented land register to practise with
    Sample(SampleArgs),
}

#[derive(Args, Clone, Debug)]
pub(super) struct SampleArgs {
    /// The folder
    #[arg(long)]
    pub(super) out: PathBuf,
    /// People
    #[arg(long, default_value_t = 12_000)]
    pub(super) people: usize,
    /// Rows of the land register, at most a million
    #[arg(long, default_value_t = 8_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) rows: u32,
}

#[derive(Args, Clone, Debug)]
pub(super) struct InitArgs {
    /// Files of the reference, or of the only table of a dedupe
    #[arg(long, required = true, num_args = 1..)]
    pub(super) left: Vec<String>,
    /// Files of the register; left out for a dedupe
    #[arg(long, num_args = 1..)]
    pub(super) right: Vec<String>,
    /// Where the spec goes; printed if left out
    #[arg(long)]
    pub(super) out: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub(super) struct IndexArgs {
    /// The spec
    #[arg(long)]
    pub(super) spec: PathBuf,
    /// Files of the reference
    #[arg(long, required = true, num_args = 1..)]
    pub(super) left: Vec<String>,
    /// Files of a register like the records that will be asked for: the model is estimated from them
    #[arg(long, required = true, num_args = 1..)]
    pub(super) right: Vec<String>,
    /// Where the index goes
    #[arg(long)]
    pub(super) out: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub(super) struct OneArgs {
    /// The index
    #[arg(long)]
    pub(super) index: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    pub(super) json: bool,
    /// The record: name="Nguyễn Văn A" birth=1980 id_number=… address=…
    #[arg(required = true)]
    pub(super) fields: Vec<String>,
}

/// Finds the rows of one table that are the same person.
#[derive(Args, Clone, Debug)]
pub struct DedupeArgs {
    #[command(flatten)]
    pub(super) common: Common,
    /// The spec: which columns are what (TOML). Without it the columns are guessed and shown for confirmation
    #[arg(long)]
    pub(super) spec: Option<PathBuf>,
    /// Files of the table
    #[arg(long, required = true, num_args = 1..)]
    pub(super) left: Vec<String>,
    /// Where the pairs go: .parquet, .csv, .xlsx or .jsonl
    #[arg(long)]
    pub(super) out: PathBuf,
    /// Where an HTML report goes
    #[arg(long)]
    pub(super) report: Option<PathBuf>,
    /// Where the cluster of every row goes, as CSV
    #[arg(long)]
    pub(super) clusters: Option<PathBuf>,
    /// Take guessed columns without asking
    #[arg(long)]
    pub(super) yes: bool,
}
