//! The left table made ready: rows, keys, model. Built once, kept on disk, asked many times.

use crate::error::LinkError;
use crate::outcome::{Link, Outcome};
use crate::progress::Progress;
use crate::spec::Spec;
use crate::table::{Label, Record, Table};
use std::path::Path;

/// A left table that can be asked; see the module documentation.
#[derive(Debug)]
pub struct Index {}

impl Index {
    /// Normalises the left table and sorts its keys. The model is not yet estimated.
    ///
    /// # Errors
    /// If the table is empty, ragged or without usable columns, an id is missing or twice, or on cancel.
    pub fn build(_spec: &Spec, _left: &Table, _progress: &mut dyn Progress) -> Result<Self, LinkError> {
        Ok(Self {})
    }

    /// Estimates the weights and chooses the blocking keys for a right table like this one.
    ///
    /// # Errors
    /// If nothing can be compared, a label is unknown, or on cancel.
    pub fn train(
        &mut self,
        _right: &Table,
        _labels: &[Label],
        _progress: &mut dyn Progress,
    ) -> Result<(), LinkError> {
        Ok(())
    }

    /// As [`Index::train`], for the left table against itself.
    ///
    /// # Errors
    /// As [`Index::train`].
    pub fn train_dedupe(&mut self, _labels: &[Label], _progress: &mut dyn Progress) -> Result<(), LinkError> {
        Ok(())
    }

    /// Links worth showing of the rows of a right table, or of a part of it: `right` rows are numbered from 0.
    /// Parts may be linked one after the other, or on different machines, with the same answer.
    ///
    /// # Errors
    /// If the index is untrained, the table is unusable, or on cancel.
    pub fn link(&self, _right: &Table, _progress: &mut dyn Progress) -> Result<Vec<Link>, LinkError> {
        Ok(Vec::new())
    }

    /// Pairs of rows of the left table that may be the same person, `left < right`.
    ///
    /// # Errors
    /// As [`Index::link`].
    pub fn dedupe(&self, _progress: &mut dyn Progress) -> Result<Vec<Link>, LinkError> {
        Ok(Vec::new())
    }

    /// The links of one record, as a full run gives them before one-to-one is enforced; `right` is 0.
    ///
    /// # Errors
    /// If the index is untrained.
    pub fn find(&self, _record: &Record) -> Result<Vec<Link>, LinkError> {
        Ok(Vec::new())
    }

    /// Decides over all links of a run: thresholds, one-to-one, clusters. `rows`: rows of the right table.
    ///
    /// # Errors
    /// If the index is untrained.
    pub fn finish(&self, links: Vec<Link>, _rows: usize) -> Result<Outcome, LinkError> {
        Ok(Outcome { links, ..Outcome::default() })
    }

    /// Id of a left row; empty if there is none.
    pub fn id(&self, _left: u32) -> &str {
        ""
    }

    /// Rows of the left table.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether there are none; never of an index that was built.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// Writes the index with its model to a file, atomically.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, _path: &Path) -> Result<(), LinkError> {
        Ok(())
    }

    /// Opens an index file by mapping it into memory.
    ///
    /// # Errors
    /// If the file cannot be read, or is not an index of this version.
    pub fn open(_path: &Path) -> Result<Self, LinkError> {
        Err(LinkError::Damaged("not implemented"))
    }
}
