//! The input of the operator: one row per piece, one partition per piece, so that every piece is a task of its own.
//!
//! A table in memory and not a leaf of our own: the scheduler of Ballista gives each task its share of the partitions
//! by cutting the leaves it knows, and would let every task run all partitions of a leaf it does not know.

use d06_linkage_run::Piece;
use datafusion::arrow::array::cast::AsArray;
use datafusion::arrow::array::{ArrayRef, RecordBatch, UInt32Array, UInt64Array};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, UInt32Type, UInt64Type};
use datafusion::common::DataFusionError;
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::error::Result;
use datafusion::physical_plan::ExecutionPlan;
use std::sync::{Arc, LazyLock};

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let field = |name: &str, kind| Field::new(name, kind, false);
    Arc::new(Schema::new(vec![
        field("piece", DataType::UInt32),
        field("first", DataType::UInt64),
        field("rows", DataType::UInt64),
        field("ids", DataType::UInt64),
    ]))
});

/// A table of pieces with their numbers.
///
/// # Errors
/// If the plan cannot be made.
pub(crate) fn source(pieces: &[(u32, Piece)]) -> Result<Arc<dyn ExecutionPlan>> {
    let batch = |(number, piece): &(u32, Piece)| {
        let number: ArrayRef = Arc::new(UInt32Array::from(vec![*number]));
        let values = [piece.first, piece.rows, piece.ids];
        let values = values.map(|value| Arc::new(UInt64Array::from(vec![value])) as ArrayRef);
        let columns = std::iter::once(number).chain(values).collect();
        Ok(vec![RecordBatch::try_new(Arc::clone(&SCHEMA), columns)?])
    };
    let partitions = pieces.iter().map(batch).collect::<Result<Vec<_>>>()?;
    Ok(MemorySourceConfig::try_new_exec(&partitions, Arc::clone(&SCHEMA), None)?)
}

/// The pieces of a batch of [`source`].
///
/// # Errors
/// If the batch is another one.
pub(crate) fn from_batch(batch: &RecordBatch) -> Result<Vec<(u32, Piece)>> {
    let wrong = || DataFusionError::Internal("the input of LinkExec is not a table of pieces".to_owned());
    if batch.schema().fields() != SCHEMA.fields() {
        return Err(wrong());
    }
    let wide = |column: usize| batch.column(column).as_primitive_opt::<UInt64Type>().ok_or_else(wrong);
    let numbers = batch.column(0).as_primitive_opt::<UInt32Type>().ok_or_else(wrong)?;
    let (first, rows, ids) = (wide(1)?, wide(2)?, wide(3)?);
    let piece = |row| Piece { first: first.value(row), rows: rows.value(row), ids: ids.value(row) };
    Ok((0..batch.num_rows()).map(|row| (numbers.value(row), piece(row))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::physical_plan::{ExecutionPlanProperties, collect};
    use datafusion::prelude::SessionContext;

    #[tokio::test]
    async fn every_piece_is_a_partition_and_comes_back_as_it_was() {
        let piece = |first| Piece { first, rows: 7, ids: u64::MAX - first };
        let pieces: Vec<(u32, Piece)> = (0..5).map(|number| (number, piece(u64::from(number) * 7))).collect();
        let source = source(&pieces).unwrap();
        assert_eq!(source.output_partitioning().partition_count(), 5);
        let batches = collect(source, SessionContext::new().task_ctx()).await.unwrap();
        let mut back: Vec<(u32, Piece)> =
            batches.iter().flat_map(|batch| from_batch(batch).unwrap()).collect();
        back.sort_by_key(|(number, _)| *number);
        assert_eq!(back, pieces);
    }
}
