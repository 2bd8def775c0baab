//! Whole jobs, from files to files.

mod checkpoint;
mod dedupe;
mod labels;
mod link;
mod piece;
mod slices;
mod write;

pub use dedupe::dedupe;
pub use link::{Elsewhere, link, link_elsewhere};
pub use piece::Piece;

use crate::error::RunError;
use crate::input::Noticed;
use crate::report::View;
use checkpoint::checksum;
use d06_linkage::Spec;
use d06_linkage::normal::Normaliser;
use d06_linkage::quality::Judged;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What a job reads and writes.
#[derive(Clone, Debug)]
pub struct Job {
    /// What to do.
    pub spec: Spec,
    /// Files of the left table, or of the only one.
    pub left: Vec<PathBuf>,
    /// Files of the register; empty for a dedupe.
    pub right: Vec<PathBuf>,
    /// Where the links go.
    pub out: PathBuf,
    /// Where the report goes.
    pub report: Option<PathBuf>,
    /// Where the cluster of every row goes.
    pub clusters: Option<PathBuf>,
    /// How much at once.
    pub sizes: Sizes,
}

/// How much of a register is worked on at once. The links depend on `part` only where a register is longer than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Rows in memory.
    pub part: usize,
    /// Rows linked between two checkpoints.
    pub slice: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { part: 2_000_000, slice: 1 << 17 }
    }
}

/// What a job came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows of the left table.
    pub left_rows: u64,
    /// Rows of the register.
    pub right_rows: u64,
    /// What the person should know of the inputs.
    pub noticed: Noticed,
    /// Labels used.
    pub labels: usize,
    /// Parts taken over from an earlier run.
    pub resumed: usize,
    /// Rows of the register with a match; of a dedupe, matching pairs.
    pub matched: u64,
    /// Rows of the register without a match, but with something to review; of a dedupe, pairs.
    pub review: u64,
    /// Groups of at least two rows, where clusters were asked for.
    pub groups: u64,
    /// Rows written.
    pub links: u64,
    /// Keys that pairs were looked for with.
    pub keys: usize,
    /// How often a row met a block of too many rows, which was left to finer keys.
    pub oversize: u64,
    /// People who lack what every key reads, and were compared with nobody.
    pub keyless: u64,
}

/// What addresses need, read while the tables are: it takes as long as reading half a million values.
fn read_communes(spec: &Spec) {
    if spec.columns.address.is_some() || spec.columns.commune.is_some() {
        Normaliser::read_communes();
    }
}

/// Gives memory back while others work: the system takes its time for each page.
fn drop_aside<T: Send + 'static>(what: T) {
    rayon::spawn(move || drop(what));
}

/// What makes two runs the same job: spec, inputs by path, length and time of change, and the version of the program.
fn fingerprint(job: &Job) -> Result<u64, RunError> {
    let mut text = format!("{}\n{:?}\n{:?}\n", env!("CARGO_PKG_VERSION"), job.spec, job.sizes);
    for path in job.left.iter().chain([&PathBuf::from("|")]).chain(&job.right) {
        let (length, changed) = stamp(path).unwrap_or_default();
        text.push_str(&format!("{}\n{length} {changed}\n", path.display()));
    }
    if let Some(labels) = &job.spec.labels {
        text.push_str(&format!("{:?}", stamp(Path::new(labels)).unwrap_or_default()));
    }
    Ok(checksum(text.as_bytes()))
}

fn stamp(path: &Path) -> Option<(u64, u128)> {
    let metadata = path.metadata().ok()?;
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), changed.as_nanos()))
}

/// The links that people have judged, with their probabilities; none where there are no labels.
pub(crate) fn judged(view: &View<'_>) -> Vec<Judged> {
    let labels = labels::read(&view.job.spec).unwrap_or_default();
    if labels.is_empty() {
        return Vec::new();
    }
    let by_pair: HashMap<(&str, &str), bool> =
        labels.iter().map(|label| ((label.left.as_str(), label.right.as_str()), label.same)).collect();
    let of = |link: &d06_linkage::Link| {
        let (left, right) = ((view.sides.left)(link.left), (view.sides.right)(link.right));
        // Of a dedupe a pair has no order.
        let same = by_pair.get(&(left, right)).or_else(|| by_pair.get(&(right, left)));
        same.map(|same| Judged { probability: f64::from(link.probability), same: *same, weight: 1.0 })
    };
    view.outcome.links.iter().filter_map(of).collect()
}
