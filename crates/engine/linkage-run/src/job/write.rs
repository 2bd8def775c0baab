//! From the outcome of the engine to files.

use super::Summary;
use crate::error::RunError;
use crate::explain::Sentences;
use crate::output::{self, AtomicFile, LinkRow, LinkRows};
use crate::report::Sides;
use crate::words::Words;
use d06_linkage::{Decision, Link, Outcome, Spec};
use std::io::BufWriter;
use std::path::Path;

/// Writes all links.
pub(super) fn links(
    path: &Path,
    spec: &Spec,
    outcome: &Outcome,
    sides: &Sides<'_>,
    words: &Words,
) -> Result<(), RunError> {
    let has_clusters = !outcome.clusters.is_empty();
    let sink = output::create(path, outcome.links.len(), has_clusters)?;
    let mut sentences = Sentences::new(spec, outcome, words);
    let places = sentences.places(&outcome.links);
    let row = |place: usize| {
        let link = outcome.links.get(place)?;
        Some(LinkRow {
            left_id: (sides.left)(link.left),
            right_id: (sides.right)(link.right),
            person: link.person + 1,
            probability: link.probability,
            weight: link.weight,
            decision: link.decision.as_str(),
            explanation: sentences.at(*places.get(place)?),
            cluster: outcome.clusters.get(link.left as usize).map(|row| (sides.left)(*row)),
        })
    };
    sink.write(LinkRows { count: places.len(), row: &row })
}

/// Writes the cluster of every row that shares one: `side`, `id`, `cluster_id`.
pub(super) fn clusters(
    path: &Path,
    outcome: &Outcome,
    sides: &Sides<'_>,
    left_rows: usize,
) -> Result<(), RunError> {
    let file = AtomicFile::create(path)?;
    let fault = file.fault();
    let mut writer = csv::Writer::from_writer(BufWriter::new(file.writer()?));
    let mut write =
        |fields: [&str; 3]| writer.write_record(fields).map_err(|error| fault.explain(path, &error));
    write(["side", "id", "cluster_id"])?;
    let left_rows = u32::try_from(left_rows).unwrap_or(u32::MAX);
    // Rows of the register are numbered after those of the left table.
    let named = |row: u32| match row.checked_sub(left_rows) {
        None => ("left", (sides.left)(row)),
        Some(row) => ("right", (sides.right)(row)),
    };
    for (cluster, row) in outcome.clusters.iter().zip(0..) {
        let (side, id) = named(row);
        write([side, id, named(*cluster).1])?;
    }
    writer.flush().map_err(|error| fault.explain(path, &error))?;
    file.commit()
}

/// Counts rows of the register by their best decision.
pub(super) fn count(outcome: &Outcome, summary: &mut Summary) {
    for links in outcome.links.chunk_by(|one, other| one.right == other.right) {
        let any = |decision| links.iter().any(|link: &Link| link.decision == decision);
        summary.matched += u64::from(any(Decision::Match));
        summary.review += u64::from(!any(Decision::Match) && any(Decision::Review));
    }
    count_rest(outcome, summary);
}

/// Counts pairs by their decision.
pub(super) fn count_pairs(outcome: &Outcome, summary: &mut Summary) {
    let of = |decision| outcome.links.iter().filter(|link| link.decision == decision).count() as u64;
    (summary.matched, summary.review) = (of(Decision::Match), of(Decision::Review));
    count_rest(outcome, summary);
}

fn count_rest(outcome: &Outcome, summary: &mut Summary) {
    summary.links = outcome.links.len() as u64;
    summary.groups = groups(outcome);
    summary.keys = outcome.blocking.keys.len();
    summary.oversize = outcome.blocking.oversize_blocks;
    summary.keyless = outcome.blocking.keyless_people;
}

/// Clusters of more than one row. A cluster is named by its smallest row.
fn groups(outcome: &Outcome) -> u64 {
    let joined = outcome.clusters.iter().zip(0..).filter(|(cluster, row)| *cluster != row);
    let mut named: Vec<u32> = joined.map(|(cluster, _)| *cluster).collect();
    named.sort_unstable();
    named.dedup();
    named.len() as u64
}
