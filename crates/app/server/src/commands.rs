//! The command line.

use crate::keys::Keys;
use clap::{Args, Parser, Subcommand};
use d06_config::Settings;
use std::path::PathBuf;

/// dean06: a locality that works from data instead of paper.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Options {
    /// The settings file; without one, the defaults and the environment (`DEAN06_…`).
    #[arg(long, global = true)]
    pub(crate) config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the platform.
    Serve,
    /// Run the platform with stand-ins of the national systems and synthetic people, on this machine only.
    Demo(DemoOptions),
    /// Look after the audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Read the plans of the administration.
    #[command(subcommand)]
    Plan(PlanCommand),
    /// Print every route with who may come to it.
    Routes,
    /// Print the OpenAPI document.
    Openapi,
    /// Find which row of a register is which person of a reference: files to files.
    Link(d06_linkage_run::cli::LinkArgs),
    /// Find the rows of one table that are the same person.
    Dedupe(d06_linkage_run::cli::DedupeArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Recompute the log and name every entry that was altered, removed, moved or slipped in.
    Verify(VerifyOptions),
}

#[derive(Debug, Subcommand)]
pub(crate) enum PlanCommand {
    /// Compile a plan (text, .docx, .xlsx, .pdf with a text layer) into targets and tasks, as JSON.
    Compile(CompilePlanOptions),
}

#[derive(Debug, Args)]
pub(crate) struct CompilePlanOptions {
    /// The file.
    pub(crate) file: PathBuf,
    /// Print only the warnings, one a line: file, line, code, words.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyOptions {
    /// A checkpoint that was kept outside: with it, even a log set back or rewritten with its own key is found.
    /// Without one, the checkpoint that the program keeps beside its keys is taken.
    #[arg(long)]
    pub(crate) published: Option<PathBuf>,
    /// The data folder of a demonstration, in place of the settings.
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
}

/// How to run a demonstration.
#[derive(Clone, Debug, Args)]
pub(crate) struct DemoOptions {
    /// Begin afresh: remove what an earlier demonstration left in the data folder.
    #[arg(long, conflicts_with = "database")]
    pub(crate) reset: bool,
    /// The data folder.
    #[arg(long, default_value = "data-demo")]
    pub(crate) data: PathBuf,
    /// The platform's port; VNeID takes the next one, the population database the one after.
    #[arg(long, default_value_t = 8600)]
    pub(crate) port: u16,
    /// A PostgreSQL database in place of SQLite in the data folder.
    #[arg(long)]
    pub(crate) database: Option<String>,
    /// People besides those of the commune, to see how the platform bears a larger place.
    #[arg(long)]
    pub(crate) people: Option<usize>,
    /// Say nothing but problems.
    #[arg(long)]
    pub(crate) quiet: bool,
}

impl DemoOptions {
    /// The settings of this demonstration: everything in its folder, everything on loopback.
    pub(crate) fn settings(
        &self,
        mut settings: Settings,
    ) -> Result<Settings, Box<dyn std::error::Error + Send + Sync>> {
        let at = |port: u16| format!("http://127.0.0.1:{port}");
        settings.server.listen = ([127, 0, 0, 1], self.port).into();
        settings.server.public_url = at(self.port);
        settings.vneid.issuer = at(self.vneid_port());
        settings.population.url = at(self.population_port());
        settings.storage.folder = self.data.join("files");
        settings.storage.keys = self.data.join("keys");
        settings.vneid.client_secret_file = settings.storage.keys.join(Keys::VNEID_SECRET);
        settings.population.key_file = settings.storage.keys.join(Keys::POPULATION_KEY);
        settings.database.url = match &self.database {
            Some(url) => url.clone(),
            None => format!("sqlite://{}", std::path::absolute(&self.data)?.join("dean06.db").display()),
        };
        if settings.log == d06_config::Log::default() {
            "warn".clone_into(&mut settings.log.filter);
        }
        Ok(settings)
    }

    pub(crate) fn vneid_port(&self) -> u16 {
        self.port + 1
    }

    pub(crate) fn population_port(&self) -> u16 {
        self.port + 2
    }
}
