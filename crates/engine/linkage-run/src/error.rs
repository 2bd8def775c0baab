//! What can go wrong between files, each with a stable code and the number a command ends with.

use d06_linkage::LinkError;
use std::path::{Path, PathBuf};

/// Why a command ended. [`RunError::code`] is stable; [`crate::words`] puts it into Vietnamese and English.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// No file of this name, or none that fits the pattern.
    #[error("no file {0}")]
    NoFile(String),
    /// A file could not be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The contents are not of the form that the name promises.
    #[error("{path} is not {form}: {detail}")]
    Form {
        /// The file.
        path: PathBuf,
        /// `Parquet`, `XLSX`, `JSON lines`, `CSV`.
        form: &'static str,
        /// What the reader said.
        detail: String,
    },
    /// A workbook could not be opened, or has more cells than are read.
    #[error("{path} is no workbook that can be read: {detail}")]
    Workbook {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        detail: String,
    },
    /// A workbook has a password.
    #[error("{0} has a password")]
    Locked(PathBuf),
    /// A quotation mark is opened and never closed: what follows would be taken for one cell.
    #[error("line {line} of {path} opens a quotation mark that is not closed")]
    OpenQuote {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
    },
    /// A file has no header, or nothing but a header.
    #[error("{0} has no rows")]
    NoRows(PathBuf),
    /// A column named in the spec is not in the file.
    #[error("{path} has no column \"{column}\"; it has: {}", .headers.join(", "))]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The header asked for.
        column: String,
        /// The headers there are.
        headers: Vec<String>,
    },
    /// A workbook has no sheet of the name in the spec.
    #[error("{path} has no sheet \"{sheet}\"; it has: {}", .sheets.join(", "))]
    NoSheet {
        /// The file.
        path: PathBuf,
        /// The sheet asked for.
        sheet: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// Two columns of a file have the same header, and the spec names it.
    #[error("{path} has two columns \"{column}\"")]
    TwoColumns {
        /// The file.
        path: PathBuf,
        /// The header.
        column: String,
    },
    /// The columns could not be guessed.
    #[error("no column of {0} looks like a name or a number")]
    NothingGuessed(PathBuf),
    /// Guessed columns want a confirmation that nobody is there to give.
    #[error("the columns were guessed and nobody confirmed them")]
    Unconfirmed,
    /// The output format is not known by its extension.
    #[error("cannot write {0}: the name must end in .parquet, .csv, .xlsx or .jsonl")]
    OutputForm(PathBuf),
    /// More rows than the output format holds.
    #[error("{path} can hold {most} rows, but there are {rows}")]
    TooManyForForm {
        /// The file.
        path: PathBuf,
        /// Rows it can hold.
        most: usize,
        /// Rows there are.
        rows: usize,
    },
    /// The disk is full.
    #[error("no space left for {0}")]
    DiskFull(PathBuf),
    /// A file could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Stopped by the person at the terminal; finished parts are kept.
    #[error("interrupted; {done} of {total} parts are kept in {folder}")]
    Interrupted {
        /// Where the finished parts are.
        folder: PathBuf,
        /// Parts finished.
        done: usize,
        /// Parts in all.
        total: usize,
    },
    /// Another run with the same output is under way.
    #[error("another run is writing {0}")]
    Busy(PathBuf),
    /// A register is not the one that the job began with.
    #[error("{0} is not as it was when the job began")]
    Changed(PathBuf),
    /// Those who link elsewhere did not finish.
    #[error("the cluster did not finish: {0}")]
    Cluster(String),
    /// A field of a single record is unknown or malformed.
    #[error("cannot read the field {0}")]
    Field(String),
    /// The engine refused.
    #[error(transparent)]
    Engine(#[from] LinkError),
}

impl RunError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFile(_) => "run.no-file",
            Self::Read { .. } => "run.read",
            Self::Form { .. } => "run.form",
            Self::Workbook { .. } => "run.workbook",
            Self::Locked(_) => "run.locked",
            Self::OpenQuote { .. } => "run.open-quote",
            Self::NoRows(_) => "run.no-rows",
            Self::NoColumn { .. } => "run.no-column",
            Self::NoSheet { .. } => "run.no-sheet",
            Self::TwoColumns { .. } => "run.two-columns",
            Self::NothingGuessed(_) => "run.nothing-guessed",
            Self::Unconfirmed => "run.unconfirmed",
            Self::OutputForm(_) => "run.output-form",
            Self::TooManyForForm { .. } => "run.too-many-for-form",
            Self::DiskFull(_) => "run.disk-full",
            Self::Write { .. } => "run.write",
            Self::Interrupted { .. } => "run.interrupted",
            Self::Busy(_) => "run.busy",
            Self::Changed(_) => "run.changed",
            Self::Cluster(_) => "run.cluster",
            Self::Field(_) => "run.field",
            Self::Engine(error) => error.code(),
        }
    }

    /// What the process ends with: 3 for inputs, 4 for outputs, 5 for the spec, 130 when interrupted. (1 is any
    /// other fault, 2 a wrong command line.)
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::OutputForm(_) | Self::TooManyForForm { .. } | Self::DiskFull(_) | Self::Write { .. } => 4,
            Self::Busy(_) => 4,
            Self::Cluster(_) => 1,
            Self::Interrupted { .. } | Self::Engine(LinkError::Cancelled) => 130,
            Self::Unconfirmed | Self::NoColumn { .. } | Self::NoSheet { .. } | Self::TwoColumns { .. } => 5,
            Self::Engine(
                LinkError::Spec(_)
                | LinkError::Contradiction(_)
                | LinkError::NothingToCompare
                | LinkError::TooManyPairs { .. },
            ) => 5,
            _ => 3,
        }
    }

    /// An error of reading.
    pub(crate) fn read(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            std::io::ErrorKind::NotFound => Self::NoFile(path.display().to_string()),
            _ => Self::Read { path, source },
        }
    }

    /// An error of writing; a full disk by its own name.
    pub(crate) fn write(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            _ => Self::Write { path, source },
        }
    }
}
