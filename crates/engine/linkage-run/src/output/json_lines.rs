//! Links as one JSON object on each line.

use super::atomic::{AtomicFile, Noting};
use super::{LinkRow, LinkRows, LinkSink, rounded};
use crate::error::RunError;
use serde_json::json;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub(super) struct JsonSink {
    path: PathBuf,
    file: AtomicFile,
    writer: BufWriter<Noting<File>>,
}

impl JsonSink {
    pub(super) fn create(path: &Path) -> Result<Self, RunError> {
        let file = AtomicFile::create(path)?;
        let writer = BufWriter::new(file.writer()?);
        Ok(Self { path: path.to_owned(), file, writer })
    }
}

impl JsonSink {
    fn push(&mut self, row: &LinkRow<'_>) -> Result<(), RunError> {
        let mut object = json!({
            "left_id": row.left_id,
            "right_id": row.right_id,
            "person": row.person,
            "match_probability": rounded(row.probability, 6),
            "match_weight": rounded(row.weight, 3),
            "decision": row.decision,
            "explanation": row.explanation,
        });
        if let Some(cluster) = row.cluster {
            object["cluster_id"] = cluster.into();
        }
        writeln!(self.writer, "{object}").map_err(RunError::write(&self.path))
    }
}

impl LinkSink for JsonSink {
    fn write(mut self: Box<Self>, rows: LinkRows<'_>) -> Result<(), RunError> {
        rows.iter().try_for_each(|row| self.push(&row))?;
        self.writer.flush().map_err(RunError::write(&self.path))?;
        self.file.commit()
    }
}
