//! The output of the operator: the links of each piece, and one closing row that says how many there are.
//!
//! The closing row makes an answer that is cut short, or comes twice, different from a whole one.

use d06_linkage::{Decision, Effort, Link, Linked};
use d06_linkage_run::Piece;
use datafusion::arrow::array::cast::AsArray;
use datafusion::arrow::array::{
    Array, ArrayRef, Float32Array, RecordBatch, StringArray, UInt8Array, UInt32Array, UInt64Array,
};
use datafusion::arrow::datatypes::{DataType, Field, Float32Type, Schema, SchemaRef};
use datafusion::arrow::datatypes::{UInt8Type, UInt32Type, UInt64Type};
use datafusion::common::DataFusionError;
use datafusion::error::Result;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

/// Links in one batch: 8,192 of them are some 350 KB, far below what one message may hold.
const BATCH: usize = 8_192;

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        Field::new("piece", DataType::UInt32, false),
        Field::new("left", DataType::UInt32, true),
        Field::new("right", DataType::UInt32, true),
        Field::new("person", DataType::UInt8, true),
        Field::new("decision", DataType::UInt8, true),
        Field::new("probability", DataType::Float32, true),
        Field::new("weight", DataType::Float32, true),
        Field::new("rarity", DataType::Float32, true),
        Field::new("kin", DataType::Float32, true),
        Field::new("pattern", DataType::UInt64, true),
        Field::new("closing", DataType::Utf8, true),
    ]))
});

/// What closes the answer of a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Closing {
    /// Links of the piece.
    links: u64,
    /// What was done for them.
    #[serde(flatten)]
    effort: Effort,
}

/// The answer of one piece.
pub(crate) struct Answer {
    /// Number of the piece.
    pub(crate) piece: u32,
    pub(crate) linked: Linked,
}

impl Answer {
    /// The columns of answers.
    pub(crate) fn schema() -> SchemaRef {
        Arc::clone(&SCHEMA)
    }

    /// The answer as batches of bounded size, the closing row last.
    pub(crate) fn batches(&self) -> Result<Vec<RecordBatch>> {
        let Linked { links, effort } = &self.linked;
        let closing = Closing { links: links.len() as u64, effort: *effort };
        let mut batches: Vec<RecordBatch> =
            links.chunks(BATCH).map(|links| self.links(links)).collect::<Result<_>>()?;
        batches.push(self.closing(&closing)?);
        Ok(batches)
    }

    fn links(&self, links: &[Link]) -> Result<RecordBatch> {
        let small = |value: fn(&Link) -> u8| Arc::new(UInt8Array::from_iter_values(links.iter().map(value)));
        let whole =
            |value: fn(&Link) -> u32| Arc::new(UInt32Array::from_iter_values(links.iter().map(value)));
        let real =
            |value: fn(&Link) -> f32| Arc::new(Float32Array::from_iter_values(links.iter().map(value)));
        let columns: Vec<ArrayRef> = vec![
            Arc::new(UInt32Array::from(vec![self.piece; links.len()])),
            whole(|link| link.left),
            whole(|link| link.right),
            small(|link| link.person),
            small(|link| decision_code(link.decision)),
            real(|link| link.probability),
            real(|link| link.weight),
            real(|link| link.rarity),
            real(|link| link.kin),
            Arc::new(UInt64Array::from_iter_values(links.iter().map(|link| link.pattern))),
            Arc::new(StringArray::new_null(links.len())),
        ];
        Ok(RecordBatch::try_new(Self::schema(), columns)?)
    }

    fn closing(&self, closing: &Closing) -> Result<RecordBatch> {
        let closing =
            serde_json::to_string(closing).map_err(|error| DataFusionError::External(error.into()))?;
        let columns = SCHEMA.fields().iter().map(|field| match field.name().as_str() {
            "piece" => Arc::new(UInt32Array::from(vec![self.piece])) as ArrayRef,
            "closing" => Arc::new(StringArray::from(vec![closing.as_str()])),
            _ => datafusion::arrow::array::new_null_array(field.data_type(), 1),
        });
        Ok(RecordBatch::try_new(Self::schema(), columns.collect())?)
    }
}

fn decision_code(decision: Decision) -> u8 {
    match decision {
        Decision::Match => 0,
        Decision::Review => 1,
        Decision::NonMatch => 2,
    }
}

fn decision_of(code: u8) -> Option<Decision> {
    [Decision::Match, Decision::Review, Decision::NonMatch].get(usize::from(code)).copied()
}

/// The answers of all pieces of a register, taken in any order and given back in the order of the register.
#[derive(Debug)]
pub struct Answers {
    pieces: Vec<(Piece, Found)>,
    left_rows: usize,
}

#[derive(Clone, Debug, Default)]
struct Found {
    links: Vec<Link>,
    closing: Option<Closing>,
}

impl Found {
    fn is_whole(&self) -> bool {
        self.closing.is_some_and(|closing| closing.links == self.links.len() as u64)
    }
}

impl Answers {
    /// No answers yet, of these pieces against so many left rows.
    pub fn new(pieces: Vec<Piece>, left_rows: usize) -> Self {
        Self { pieces: pieces.into_iter().map(|piece| (piece, Found::default())).collect(), left_rows }
    }

    /// The pieces whose answers are not whole, with their numbers.
    pub fn missing(&self) -> Vec<(u32, Piece)> {
        let numbered = self.pieces.iter().zip(0..);
        numbered
            .filter(|((_, found), _)| !found.is_whole())
            .map(|((piece, _), number)| (number, *piece))
            .collect()
    }

    /// Rows of the pieces whose answers are whole.
    pub fn rows(&self) -> u64 {
        self.pieces.iter().filter(|(_, found)| found.is_whole()).map(|(piece, _)| piece.rows).sum()
    }

    /// Throws away what there is of answers that are not whole: they will be asked for again.
    pub fn forget_partial(&mut self) {
        for (_, found) in &mut self.pieces {
            if !found.is_whole() {
                *found = Found::default();
            }
        }
    }

    /// Takes a batch of an answer.
    ///
    /// # Errors
    /// If it is no answer, or one to something that was not asked.
    pub fn take(&mut self, batch: &RecordBatch) -> Result<()> {
        self.take_rows(batch).unwrap_or_else(|| Err(wrong("it has other columns")))
    }

    /// `None` where a column is missing or of another type.
    fn take_rows(&mut self, batch: &RecordBatch) -> Option<Result<()>> {
        let column = |name: &str| batch.column_by_name(name);
        let whole = |name: &str| column(name)?.as_primitive_opt::<UInt32Type>();
        let small = |name: &str| column(name)?.as_primitive_opt::<UInt8Type>();
        let real = |name: &str| column(name)?.as_primitive_opt::<Float32Type>();
        let (pieces, left, right) = (whole("piece")?, whole("left")?, whole("right")?);
        let (person, decision) = (small("person")?, small("decision")?);
        let (probability, weight) = (real("probability")?, real("weight")?);
        let (rarity, kin) = (real("rarity")?, real("kin")?);
        let pattern = column("pattern")?.as_primitive_opt::<UInt64Type>()?;
        let closing = column("closing")?.as_string_opt::<i32>()?;
        for row in 0..batch.num_rows() {
            if closing.is_valid(row) {
                match self.close(pieces.value(row), closing.value(row)) {
                    Ok(()) => continue,
                    error => return Some(error),
                }
            }
            let link = decision_of(decision.value(row)).map(|decision| Link {
                left: left.value(row),
                right: right.value(row),
                person: person.value(row),
                decision,
                probability: probability.value(row),
                weight: weight.value(row),
                rarity: rarity.value(row),
                kin: kin.value(row),
                pattern: pattern.value(row),
            });
            match self.add(pieces.value(row), link) {
                Ok(()) => {}
                error => return Some(error),
            }
        }
        Some(Ok(()))
    }

    fn close(&mut self, piece: u32, closing: &str) -> Result<()> {
        let closing = serde_json::from_str(closing).map_err(|_| wrong("a closing row cannot be read"))?;
        let (_, found) = self.pieces.get_mut(piece as usize).ok_or_else(|| wrong("no such piece"))?;
        match found.closing.replace(closing) {
            None => Ok(()),
            Some(_) => Err(wrong("a piece is closed twice")),
        }
    }

    fn add(&mut self, piece: u32, link: Option<Link>) -> Result<()> {
        let (piece, found) = self.pieces.get_mut(piece as usize).ok_or_else(|| wrong("no such piece"))?;
        let rows = piece.first..piece.first + piece.rows;
        let fits =
            |link: &Link| rows.contains(&u64::from(link.right)) && (link.left as usize) < self.left_rows;
        found.links.push(link.filter(fits).ok_or_else(|| wrong("a link of rows that were not asked for"))?);
        Ok(())
    }

    /// All links in the order of the register.
    ///
    /// # Errors
    /// If an answer is missing, or has more or fewer links than it says.
    pub fn finish(self) -> Result<Linked> {
        let missing = self.missing();
        if let Some((number, _)) = missing.first() {
            return Err(wrong(&format!("{} pieces are not whole, the first is {number}", missing.len())));
        }
        let mut effort = Effort::default();
        let mut links = Vec::with_capacity(self.pieces.iter().map(|(_, found)| found.links.len()).sum());
        for (_, found) in self.pieces {
            effort += found.closing.unwrap_or_default().effort;
            links.extend(found.links);
        }
        Ok(Linked { links, effort })
    }
}

fn wrong(detail: &str) -> DataFusionError {
    DataFusionError::Execution(format!("an answer of an executor cannot be used: {detail}"))
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
