//! The left table made ready: rows, keys, model. Built once, kept on disk, asked many times.

mod file;
mod run;
mod train;

use crate::block::KeyTable;
use crate::compare::Pairing;
use crate::decide::{cluster, decide};
use crate::error::LinkError;
use crate::lexicon::{Lexicon, Scribe, Words};
use crate::model::{Rarity, Weights};
use crate::normal::Normaliser;
use crate::outcome::{BlockingKey, BlockingReport, Link, Linked, Outcome};
use crate::progress::Progress;
use crate::row::{Rows, prepare_left, prepare_right};
use crate::spec::{Cardinality, Spec, Task};
use crate::table::{Record, Table};
use d06_mapped::Slab;
use std::sync::Arc;

/// A left table that can be asked; see the module documentation.
#[derive(Debug)]
pub struct Index {
    spec: Spec,
    normaliser: Arc<Normaliser>,
    ids: Ids,
    lexicon: Lexicon,
    rows: Rows,
    rarity: Rarity,
    model: Option<Model>,
}

/// The ids of the left rows.
#[derive(Debug)]
struct Ids {
    bytes: Slab<u8>,
    starts: Slab<u64>,
}

impl Ids {
    fn get(&self, row: u32) -> &str {
        let row = row as usize;
        let bytes = match self.starts.get(row..row + 2) {
            Some([start, end]) => self.bytes.get(*start as usize..*end as usize),
            _ => None,
        };
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.starts.len().saturating_sub(1) as u32).map(|row| self.get(row))
    }
}

/// What training adds.
#[derive(Debug)]
struct Model {
    weights: Weights,
    tables: Vec<KeyTable>,
    /// The left rows by household.
    homes: KeyTable,
    keys: Vec<BlockingKey>,
    recall: f64,
}

/// A right table in normal form, ready for one index.
#[derive(Debug)]
pub struct Prepared {
    rows: Rows,
    lexicon: Lexicon,
    table_rows: usize,
}

impl Prepared {
    /// Rows of the table.
    pub fn len(&self) -> usize {
        self.table_rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.table_rows == 0
    }
}

impl Index {
    /// Normalises the left table. The model is not yet estimated, nor the keys chosen.
    ///
    /// # Errors
    /// If the table is empty or ragged, an id is missing or twice, or on cancel.
    pub fn build(spec: &Spec, left: &Table, progress: &mut dyn Progress) -> Result<Self, LinkError> {
        spec.check()?;
        let normaliser = Arc::new(Normaliser::new());
        let mut scribe = Scribe::new();
        let rows = prepare_left(spec, left, &normaliser, &mut scribe, progress)?;
        let lexicon = scribe.own;
        let rarity = if spec.model.term_frequency {
            Rarity::count(&rows, lexicon.strings().len())
        } else {
            Rarity::default()
        };
        let (bytes, starts) = left.ids.clone().into_parts();
        let (spec, ids) = (spec.clone(), Ids { bytes: bytes.into(), starts: starts.into() });
        Ok(Self { spec, normaliser, ids, lexicon, rows, rarity, model: None })
    }

    /// Normalises a right table for this index.
    ///
    /// # Errors
    /// If the table is empty or ragged, an id is missing or twice, or on cancel.
    pub fn prepare(&self, right: &Table, progress: &mut dyn Progress) -> Result<Prepared, LinkError> {
        let mut scribe = Scribe::above(&self.lexicon);
        let rows = prepare_right(&self.spec, right, &self.normaliser, &mut scribe, progress)?;
        Ok(Prepared { rows, lexicon: scribe.own, table_rows: right.len() })
    }

    /// The links of one record, as a full run gives them before one-to-one is enforced; `right` is 0.
    ///
    /// # Errors
    /// If the index is untrained or the record has no value.
    pub fn find(&self, record: &Record) -> Result<Vec<Link>, LinkError> {
        let columns =
            record.fields.iter().map(|(role, text)| (*role, std::iter::once(text.as_str()).collect()));
        let table = Table { ids: std::iter::once("record").collect(), columns: columns.collect() };
        let prepared = self.prepare(&table, &mut crate::progress::Silent)?;
        let mut links = self.link_rows(&prepared, 0..1, &mut crate::progress::Silent)?.links;
        decide(&self.spec, &mut links);
        Ok(links)
    }

    /// Decides over all links of a run: thresholds, one-to-one, clusters. `rows`: rows of the right table.
    ///
    /// # Errors
    /// If the index is untrained.
    pub fn finish(&self, linked: Linked, rows: usize) -> Result<Outcome, LinkError> {
        let model = self.model.as_ref().ok_or(LinkError::Untrained)?;
        let Linked { mut links, effort } = linked;
        decide(&self.spec, &mut links);
        let clusters = if self.spec.task == Task::Dedupe {
            cluster(&mut links, rows)
        } else if self.spec.cardinality == Cardinality::Clusters {
            self.cluster_both(&mut links, rows)
        } else {
            Vec::new()
        };
        let blocking = BlockingReport {
            keys: model.keys.clone(),
            pairs: effort.pairs,
            oversize_blocks: effort.oversize,
            cut_candidates: effort.cut,
            keyless_people: effort.keyless,
            recall: model.recall,
        };
        let comparisons = model.weights.report();
        Ok(Outcome { links, clusters, comparisons, match_rate: model.weights.match_rate, blocking })
    }

    /// Clusters over both tables: left rows first, right rows after them.
    fn cluster_both(&self, links: &mut [Link], rows: usize) -> Vec<u32> {
        let left = self.len() as u32;
        links.iter_mut().for_each(|link| link.right += left);
        let clusters = cluster(links, self.len() + rows);
        links.iter_mut().for_each(|link| link.right -= left);
        clusters
    }

    /// Id of a left row; empty if there is none.
    pub fn id(&self, left: u32) -> &str {
        self.ids.get(left)
    }

    /// Rows of the left table.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none; never of an index that was built.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }

    /// The spec that the index was built with.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    fn pairing<'a>(&'a self, right: &'a Prepared) -> Pairing<'a> {
        let words = Words { base: &self.lexicon, more: &right.lexicon };
        Pairing { left: &self.rows, right: &right.rows, words }
    }

    fn pairing_itself(&self) -> Pairing<'_> {
        let words = Words { base: &self.lexicon, more: &self.lexicon };
        Pairing { left: &self.rows, right: &self.rows, words }
    }
}
