//! Links as CSV, with a byte order mark so that spreadsheets see Vietnamese.

use super::atomic::{AtomicFile, Fault, Noting};
use super::{LinkRow, LinkRows, LinkSink, columns, rounded};
use crate::error::RunError;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub(super) struct CsvSink {
    path: PathBuf,
    file: AtomicFile,
    fault: Fault,
    writer: csv::Writer<BufWriter<Noting<File>>>,
    has_clusters: bool,
}

impl CsvSink {
    pub(super) fn create(path: &Path, has_clusters: bool) -> Result<Self, RunError> {
        let file = AtomicFile::create(path)?;
        let fault = file.fault();
        let mut buffer = BufWriter::new(file.writer()?);
        buffer.write_all("\u{feff}".as_bytes()).map_err(RunError::write(path))?;
        let mut writer = csv::Writer::from_writer(buffer);
        writer.write_record(columns(has_clusters)).map_err(|error| fault.explain(path, &error))?;
        Ok(Self { path: path.to_owned(), file, fault, writer, has_clusters })
    }
}

impl CsvSink {
    fn push(&mut self, row: &LinkRow<'_>) -> Result<(), RunError> {
        let (person, probability, weight) = (
            row.person.to_string(),
            rounded(row.probability, 6).to_string(),
            rounded(row.weight, 3).to_string(),
        );
        let fields =
            [row.left_id, row.right_id, &person, &probability, &weight, row.decision, row.explanation];
        let cluster = self.has_clusters.then_some(row.cluster.unwrap_or_default());
        let written = self.writer.write_record(fields.into_iter().chain(cluster));
        written.map_err(|error| self.fault.explain(&self.path, &error))
    }
}

impl LinkSink for CsvSink {
    fn write(mut self: Box<Self>, rows: LinkRows<'_>) -> Result<(), RunError> {
        rows.iter().try_for_each(|row| self.push(&row))?;
        let Self { mut writer, fault, file, path, .. } = *self;
        writer.flush().map_err(|error| fault.explain(&path, &error))?;
        file.commit()
    }
}
