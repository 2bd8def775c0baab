//! Parquet: only the columns that are asked for, each decoded on its own, dictionaries kept as they are.

use super::Rows;
use crate::error::RunError;
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowDictionaryKeyType, Int32Type};
use arrow_array::{Array, ArrayRef, DictionaryArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;
use d06_linkage::Column;
use d06_linkage::table::{ColumnBuilder, MISSING};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::ColumnChunkMetaData;
use std::cmp::Reverse;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rows decoded at once.
const BATCH: usize = 16_384;

pub(super) struct ParquetRows {
    path: PathBuf,
    file: File,
    metadata: ArrowReaderMetadata,
    headers: Vec<String>,
    /// The chosen columns, by their places.
    chosen: Vec<usize>,
    columns: Vec<Decoder>,
    /// The next row.
    at: u64,
}

impl ParquetRows {
    pub(super) fn open(path: &Path, file: &File) -> Result<Self, RunError> {
        let file = file.try_clone().map_err(RunError::read(path))?;
        let metadata =
            ArrowReaderMetadata::load(&file, Default::default()).map_err(|error| fault(path, &error))?;
        if metadata.metadata().file_metadata().num_rows() == 0 {
            return Err(RunError::NoRows(path.to_owned()));
        }
        let headers = metadata.schema().fields().iter().map(|field| field.name().clone()).collect();
        Ok(Self {
            path: path.to_owned(),
            file,
            metadata,
            headers,
            chosen: Vec::new(),
            columns: Vec::new(),
            at: 0,
        })
    }

    /// Opens the chosen columns at the next row. Row groups before it are not read.
    fn open_columns(&mut self) -> Result<(), RunError> {
        let groups = self.metadata.metadata().row_groups();
        let (mut offset, mut first) = (usize::try_from(self.at).unwrap_or(usize::MAX), 0);
        for group in groups {
            let rows = usize::try_from(group.num_rows()).unwrap_or(usize::MAX);
            if offset < rows {
                break;
            }
            offset -= rows;
            first += 1;
        }
        let wanted: Vec<usize> = (first..groups.len()).collect();
        let open = |column: &usize| {
            let mask = ProjectionMask::roots(self.metadata.parquet_schema(), [*column]);
            let file = File::open(&self.path)
                .or_else(|_| self.file.try_clone())
                .map_err(RunError::read(&self.path))?;
            let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_projection(mask)
                .with_row_groups(wanted.clone())
                .with_offset(offset)
                .with_batch_size(BATCH)
                .build()
                .map_err(|error| fault(&self.path, &error))?;
            let size = groups.iter().filter_map(|group| group.columns().get(*column));
            let size = size.map(ColumnChunkMetaData::uncompressed_size).sum();
            Ok(Decoder { reader, left: None, size })
        };
        self.columns = self.chosen.iter().map(open).collect::<Result<_, RunError>>()?;
        Ok(())
    }
}

impl Rows for ParquetRows {
    fn headers(&self) -> &[String] {
        &self.headers
    }

    fn choose(&mut self, columns: &[usize]) -> Result<(), RunError> {
        self.chosen = columns.to_vec();
        self.open_columns()
    }

    fn skip(&mut self, rows: u64) -> Result<u64, RunError> {
        let all = u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0);
        let skipped = rows.min(all.saturating_sub(self.at));
        self.at += skipped;
        self.open_columns()?;
        Ok(skipped)
    }

    fn next(&mut self, most: usize) -> Result<Option<Vec<Column>>, RunError> {
        let path = &self.path;
        let mut columns: Vec<Result<Column, RunError>> = Vec::new();
        columns.resize_with(self.columns.len(), || Ok(Column::default()));
        let mut work: Vec<_> = self.columns.iter_mut().zip(&mut columns).collect();
        // The largest first: whatever comes last is then soon done.
        work.sort_by_key(|(decoder, _)| Reverse(decoder.size));
        rayon::scope_fifo(|scope| {
            for (decoder, column) in work {
                scope.spawn_fifo(move |_| *column = decoder.next(path, most));
            }
        });
        let columns = columns.into_iter().collect::<Result<Vec<Column>, RunError>>()?;
        self.at += columns.first().map_or(0, |column| column.codes.len() as u64);
        Ok(columns.first().is_some_and(|column| !column.codes.is_empty()).then_some(columns))
    }
}

/// One column of a file while it is read.
struct Decoder {
    reader: ParquetRecordBatchReader,
    /// Decoded, not yet handed out.
    left: Option<ArrayRef>,
    /// Bytes of the whole column, for the order of work.
    size: i64,
}

impl Decoder {
    fn next(&mut self, path: &Path, most: usize) -> Result<Column, RunError> {
        let mut builder = ColumnBuilder::new();
        let mut rows = 0;
        while rows < most {
            let array = match self.left.take() {
                Some(array) => array,
                None => match self.reader.next() {
                    Some(batch) => batch.map_err(|error| fault(path, &error))?.column(0).clone(),
                    None => break,
                },
            };
            let wanted = array.len().min(most - rows);
            if wanted < array.len() {
                self.left = Some(array.slice(wanted, array.len() - wanted));
            }
            append(path, &mut builder, &array.slice(0, wanted))?;
            rows += wanted;
        }
        Ok(builder.finish())
    }
}

/// Appends an array of any type that has a text.
fn append(path: &Path, builder: &mut ColumnBuilder, array: &ArrayRef) -> Result<(), RunError> {
    match array.data_type() {
        DataType::Utf8 => builder.extend(array.as_string::<i32>()),
        DataType::Dictionary(key, value) if **key == DataType::Int32 && **value == DataType::Utf8 => {
            dictionary(builder, array.as_dictionary::<Int32Type>());
        }
        _ => {
            let cast = arrow_cast::cast(array, &DataType::Utf8).map_err(|error| fault(path, &error))?;
            builder.extend(cast.as_string::<i32>());
        }
    }
    Ok(())
}

/// Takes the values once, and the codes as they are.
fn dictionary<K: ArrowDictionaryKeyType>(builder: &mut ColumnBuilder, array: &DictionaryArray<K>) {
    let values = array.values().as_string::<i32>();
    let mut part = Column::default();
    let codes: Vec<u32> = (0..values.len())
        .map(|place| match (values.is_null(place), values.value(place).trim()) {
            (true, _) | (_, "") => MISSING,
            (_, text) => part.values.push(text),
        })
        .collect();
    let keys = array.keys();
    part.codes.extend((0..keys.len()).map(|row| {
        if keys.is_null(row) {
            MISSING
        } else {
            codes.get(keys.value(row).as_usize()).copied().unwrap_or(MISSING)
        }
    }));
    builder.append(&part);
}

fn fault(path: &Path, error: &dyn std::fmt::Display) -> RunError {
    RunError::Form { path: path.to_owned(), form: "Parquet", detail: error.to_string() }
}
