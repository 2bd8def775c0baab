#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod block;
pub mod compare;
mod decide;
pub mod error;
pub mod explain;
pub mod field;
mod hash;
mod in_order;
pub mod index;
pub mod ledger;
mod lexicon;
mod model;
pub mod normal;
pub mod outcome;
pub mod private;
pub mod progress;
pub mod quality;
mod row;
mod score;
pub mod spec;
pub mod table;

pub use error::LinkError;
pub use in_order::in_order;
pub use index::{Index, Prepared};
pub use outcome::{Decision, Effort, Evidence, EvidenceKind, Link, Linked, Outcome};
pub use progress::{Progress, Silent, Stage};
pub use spec::{Role, Spec};
pub use table::{Column, Label, Record, Strings, Table};

/// Links every row of `right` to the rows of `left` it may be the same person as.
///
/// `left` is the reference (the population), `right` the register to be matched. The result does not depend on
/// the number of threads, and is sorted by right row, then by falling probability.
///
/// # Errors
/// If a table has no rows, no usable column is common to both, an id is missing or twice, or the work was
/// cancelled through `progress`.
pub fn link(
    spec: &Spec,
    left: &Table,
    right: &Table,
    labels: &[Label],
    progress: &mut dyn Progress,
) -> Result<Outcome, LinkError> {
    let mut index = Index::build(spec, left, progress)?;
    let prepared = index.prepare(right, progress)?;
    index.train_prepared(&prepared, &right.ids, labels, progress)?;
    let linked = index.link_rows(&prepared, 0..prepared.len(), progress)?;
    index.finish(linked, right.len())
}

/// Finds the rows of one table that are the same person, and groups them into clusters.
///
/// # Errors
/// As [`link`].
pub fn dedupe(
    spec: &Spec,
    table: &Table,
    labels: &[Label],
    progress: &mut dyn Progress,
) -> Result<Outcome, LinkError> {
    let mut index = Index::build(spec, table, progress)?;
    index.train_dedupe(labels, progress)?;
    let linked = index.dedupe(progress)?;
    index.finish(linked, table.len())
}
