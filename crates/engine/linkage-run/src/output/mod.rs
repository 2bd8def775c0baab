//! Writing links: Parquet, CSV, a workbook or JSON lines, by the extension of the name; never in part under that name.

mod atomic;
mod delimited;
mod json_lines;
mod parquet;
mod sheet;

pub(crate) use atomic::AtomicFile;

use crate::error::RunError;
use std::path::Path;

/// One row of the output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkRow<'a> {
    pub(crate) left_id: &'a str,
    pub(crate) right_id: &'a str,
    /// Which of the people that the right row names, from 1.
    pub(crate) person: u8,
    pub(crate) probability: f32,
    pub(crate) weight: f32,
    pub(crate) decision: &'static str,
    pub(crate) explanation: &'a str,
    pub(crate) cluster: Option<&'a str>,
}

/// The rows of an output. They may be made on any thread.
#[derive(Clone, Copy)]
pub(crate) struct LinkRows<'a> {
    pub(crate) count: usize,
    /// The row of a place below `count`.
    pub(crate) row: &'a (dyn Fn(usize) -> Option<LinkRow<'a>> + Sync),
}

impl<'a> LinkRows<'a> {
    /// All rows, in order.
    fn iter(self) -> impl Iterator<Item = LinkRow<'a>> {
        (0..self.count).filter_map(self.row)
    }
}

/// Keeps rows in one form.
pub(crate) trait LinkSink {
    /// Writes the rows and gives the file its final name.
    fn write(self: Box<Self>, rows: LinkRows<'_>) -> Result<(), RunError>;
}

/// The columns, in their order.
const COLUMNS: [&str; 7] =
    ["left_id", "right_id", "person", "match_probability", "match_weight", "decision", "explanation"];
/// The further column of clusters.
const CLUSTER: &str = "cluster_id";

fn columns(has_clusters: bool) -> Vec<&'static str> {
    COLUMNS.into_iter().chain(has_clusters.then_some(CLUSTER)).collect()
}

/// The forms that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Parquet,
    Csv,
    Sheet,
    JsonLines,
}

fn form_of(path: &Path) -> Result<Form, RunError> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("parquet" | "pq") => Ok(Form::Parquet),
        Some("csv") => Ok(Form::Csv),
        Some("xlsx") => Ok(Form::Sheet),
        Some("jsonl" | "ndjson") => Ok(Form::JsonLines),
        _ => Err(RunError::OutputForm(path.to_owned())),
    }
}

/// Says early whether the output can be written at all: its form is known and its folder takes a file.
pub(crate) fn check(path: &Path) -> Result<(), RunError> {
    form_of(path)?;
    drop(AtomicFile::create(path)?);
    Ok(())
}

/// Begins the output of so many rows.
pub(crate) fn create(path: &Path, rows: usize, has_clusters: bool) -> Result<Box<dyn LinkSink>, RunError> {
    Ok(match form_of(path)? {
        Form::Parquet => Box::new(parquet::ParquetSink::create(path, has_clusters)?),
        Form::Csv => Box::new(delimited::CsvSink::create(path, has_clusters)?),
        Form::Sheet => Box::new(sheet::SheetSink::create(path, rows, has_clusters)?),
        Form::JsonLines => Box::new(json_lines::JsonSink::create(path)?),
    })
}

/// Probabilities and weights with as many decimals as mean something.
fn rounded(number: f32, decimals: i32) -> f64 {
    let factor = 10_f64.powi(decimals);
    (f64::from(number) * factor).round() / factor
}

/// Writes a whole text file.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), RunError> {
    use std::io::Write;
    let file = AtomicFile::create(path)?;
    file.writer()?.write_all(text.as_bytes()).map_err(RunError::write(path))?;
    file.commit()
}
