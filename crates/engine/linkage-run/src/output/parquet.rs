//! Links as Parquet.

use super::atomic::{AtomicFile, Fault, Noting};
use super::{LinkRow, LinkSink, columns, rounded};
use crate::error::RunError;
use arrow_array::builder::{Float32Builder, StringBuilder, StringDictionaryBuilder, UInt8Builder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows encoded at once.
const BATCH: usize = 1 << 16;

pub(super) struct ParquetSink {
    path: PathBuf,
    file: AtomicFile,
    fault: Fault,
    writer: ArrowWriter<Noting<File>>,
    schema: Arc<Schema>,
    rows: usize,
    batch: Batch,
}

/// The rows that wait to be encoded.
struct Batch {
    left: StringBuilder,
    right: StringBuilder,
    person: UInt8Builder,
    probability: Float32Builder,
    weight: Float32Builder,
    decision: StringDictionaryBuilder<Int32Type>,
    explanation: StringDictionaryBuilder<Int32Type>,
    cluster: Option<StringBuilder>,
}

impl Batch {
    fn new(has_clusters: bool) -> Self {
        Self {
            left: StringBuilder::new(),
            right: StringBuilder::new(),
            person: UInt8Builder::new(),
            probability: Float32Builder::new(),
            weight: Float32Builder::new(),
            decision: StringDictionaryBuilder::new(),
            explanation: StringDictionaryBuilder::new(),
            cluster: has_clusters.then(StringBuilder::new),
        }
    }

    fn arrays(self) -> Vec<ArrayRef> {
        let Self { mut left, mut right, mut person, mut probability, mut weight, .. } = self;
        let (mut decision, mut explanation) = (self.decision, self.explanation);
        let mut arrays: Vec<ArrayRef> = vec![
            Arc::new(left.finish()),
            Arc::new(right.finish()),
            Arc::new(person.finish()),
            Arc::new(probability.finish()),
            Arc::new(weight.finish()),
            Arc::new(decision.finish()),
            Arc::new(explanation.finish()),
        ];
        if let Some(mut cluster) = self.cluster {
            arrays.push(Arc::new(cluster.finish()));
        }
        arrays
    }
}

impl ParquetSink {
    pub(super) fn create(path: &Path, has_clusters: bool) -> Result<Self, RunError> {
        let file = AtomicFile::create(path)?;
        let fault = file.fault();
        let words = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let field = |name: &str| match name {
            "person" => Field::new(name, DataType::UInt8, false),
            "match_probability" | "match_weight" => Field::new(name, DataType::Float32, false),
            "decision" | "explanation" => Field::new(name, words.clone(), false),
            "cluster_id" => Field::new(name, DataType::Utf8, true),
            _ => Field::new(name, DataType::Utf8, false),
        };
        let fields: Vec<Field> = columns(has_clusters).into_iter().map(field).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by("dean06".to_owned())
            .build();
        let writer = ArrowWriter::try_new(file.writer()?, Arc::clone(&schema), Some(properties))
            .map_err(|error| fault.explain(path, &error))?;
        let batch = Batch::new(has_clusters);
        Ok(Self { path: path.to_owned(), file, fault, writer, schema, rows: 0, batch })
    }

    fn flush(&mut self) -> Result<(), RunError> {
        let has_clusters = self.batch.cluster.is_some();
        let arrays = std::mem::replace(&mut self.batch, Batch::new(has_clusters)).arrays();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays);
        let written =
            batch.map_err(parquet::errors::ParquetError::from).and_then(|batch| self.writer.write(&batch));
        written.map_err(|error| self.fault.explain(&self.path, &error))
    }
}

impl LinkSink for ParquetSink {
    fn push(&mut self, row: &LinkRow<'_>) -> Result<(), RunError> {
        let batch = &mut self.batch;
        batch.left.append_value(row.left_id);
        batch.right.append_value(row.right_id);
        batch.person.append_value(row.person);
        batch.probability.append_value(rounded(row.probability, 6) as f32);
        batch.weight.append_value(rounded(row.weight, 3) as f32);
        batch.decision.append_value(row.decision);
        batch.explanation.append_value(row.explanation);
        if let Some(cluster) = &mut batch.cluster {
            cluster.append_option(row.cluster);
        }
        self.rows += 1;
        if self.rows.is_multiple_of(BATCH) { self.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), RunError> {
        self.flush()?;
        let Self { writer, fault, file, path, .. } = *self;
        writer.close().map_err(|error| fault.explain(&path, &error))?;
        file.commit()
    }
}
