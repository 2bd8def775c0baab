//! Links as Parquet.

use super::atomic::{AtomicFile, Fault, Noting};
use super::{LinkRow, LinkRows, LinkSink, columns, rounded};
use crate::error::RunError;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Float32Array, Int32Array, StringArray, UInt8Array};
use arrow_schema::{DataType, Field, Schema};
use d06_linkage::in_order;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of a group. Groups are encoded in parallel.
const GROUP: usize = 1 << 17;
/// The sentences of a group are written once up to so many bytes, in full for each row beyond.
const SENTENCES: usize = 64 << 20;

pub(super) struct ParquetSink {
    path: PathBuf,
    file: AtomicFile,
    fault: Fault,
    writer: SerializedFileWriter<Noting<File>>,
    encoder: Encoder,
}

/// Encodes groups of rows.
struct Encoder {
    factory: ArrowRowGroupWriterFactory,
    schema: Arc<Schema>,
}

/// A column of some links.
fn array(column: &str, rows: &[LinkRow<'_>]) -> ArrayRef {
    let texts = |text: &dyn for<'a> Fn(&'a LinkRow<'a>) -> Option<&'a str>| -> ArrayRef {
        Arc::new(rows.iter().map(text).collect::<StringArray>())
    };
    let words = |text: &dyn for<'a> Fn(&'a LinkRow<'a>) -> &'a str| -> ArrayRef {
        Arc::new(rows.iter().map(text).collect::<DictionaryArray<Int32Type>>())
    };
    let numbers = |number: &dyn Fn(&LinkRow<'_>) -> f64| -> ArrayRef {
        Arc::new(Float32Array::from_iter_values(rows.iter().map(|row| number(row) as f32)))
    };
    match column {
        "left_id" => texts(&|row| Some(row.left_id)),
        "right_id" => texts(&|row| Some(row.right_id)),
        "person" => Arc::new(UInt8Array::from_iter_values(rows.iter().map(|row| row.person))),
        "match_probability" => numbers(&|row| rounded(row.probability, 6)),
        "match_weight" => numbers(&|row| rounded(row.weight, 3)),
        "decision" => words(&|row| row.decision),
        "explanation" => sentences(rows),
        _ => texts(&|row| row.cluster),
    }
}

/// The sentences of some links. Equal ones are one string in memory, so that they are told apart by where they lie.
fn sentences<'a>(rows: &[LinkRow<'a>]) -> ArrayRef {
    let mut numbers: HashMap<usize, i32> = HashMap::new();
    let mut values = Vec::new();
    let number = |row: &LinkRow<'a>| {
        *numbers.entry(row.explanation.as_ptr().addr()).or_insert_with(|| {
            values.push(row.explanation);
            i32::try_from(values.len()).map_or(0, |count| count - 1)
        })
    };
    let keys = Int32Array::from_iter_values(rows.iter().map(number));
    Arc::new(DictionaryArray::new(keys, Arc::new(StringArray::from(values))))
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
            .set_column_dictionary_enabled("left_id".into(), false)
            .set_column_dictionary_enabled("right_id".into(), false)
            .set_column_dictionary_page_size_limit("explanation".into(), SENTENCES)
            .set_column_statistics_enabled("explanation".into(), EnabledStatistics::None)
            .set_created_by("dean06".to_owned())
            .build();
        let (writer, factory) = ArrowWriter::try_new(file.writer()?, Arc::clone(&schema), Some(properties))
            .and_then(ArrowWriter::into_serialized_writer)
            .map_err(|error| fault.explain(path, &error))?;
        Ok(Self { path: path.to_owned(), file, fault, writer, encoder: Encoder { factory, schema } })
    }
}

impl Encoder {
    /// Some of the rows as a group of rows: all its columns, encoded.
    fn encoded(&self, group: usize, rows: LinkRows<'_>) -> Result<Vec<ArrowColumnChunk>, ParquetError> {
        let places = group * GROUP..((group + 1) * GROUP).min(rows.count);
        let rows: Vec<LinkRow<'_>> = places.filter_map(rows.row).collect();
        let columns = self.factory.create_column_writers(group)?;
        let encode = |(mut column, field): (ArrowColumnWriter, &Arc<Field>)| {
            compute_leaves(field, &array(field.name(), &rows))?
                .iter()
                .try_for_each(|leaf| column.write(leaf))?;
            column.close()
        };
        columns.into_par_iter().zip(self.schema.fields().par_iter()).map(encode).collect()
    }
}

impl LinkSink for ParquetSink {
    fn write(self: Box<Self>, rows: LinkRows<'_>) -> Result<(), RunError> {
        let Self { path, file, fault, mut writer, encoder } = *self;
        let append = |columns: Result<Vec<ArrowColumnChunk>, ParquetError>| {
            let mut group = writer.next_row_group()?;
            columns?.into_iter().try_for_each(|column| column.append_to_row_group(&mut group))?;
            group.close().map(|_| ())
        };
        in_order(rows.count.div_ceil(GROUP), &|group| encoder.encoded(group, rows), append)
            .and_then(|()| writer.close())
            .map_err(|error| fault.explain(&path, &error))?;
        file.commit()
    }
}
