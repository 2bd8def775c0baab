//! Finds the rows of one file that are the same person.

use super::{Job, Summary, drop_aside, labels, read_communes, write};
use crate::error::RunError;
use crate::input::{Input, Parts};
use crate::output;
use crate::progress::Terminal;
use crate::report::{self, Sides, View};
use crate::words::Words;
use d06_linkage::error::Side;
use d06_linkage::spec::Task;
use d06_linkage::{Index, LinkError};

/// Runs the job. The table is held in memory; a dedupe that is stopped begins anew.
///
/// # Errors
/// As [`super::link`].
pub fn dedupe(job: &Job, words: &Words, terminal: &mut Terminal<'_>) -> Result<Summary, RunError> {
    output::check(&job.out)?;
    let mut job = job.clone();
    job.spec.task = Task::Dedupe;
    let given = labels::read(&job.spec)?;
    terminal.stage("stage-read");
    let mut parts = Parts::new(&job.spec, &job.left, Input::Left);
    let (table, ()) = rayon::join(|| parts.all(), || read_communes(&job.spec));
    let table = table?;
    if table.is_empty() {
        return Err(LinkError::Empty(Side::Left).into());
    }
    let rows = table.len();
    let mut summary = Summary {
        left_rows: rows as u64,
        noticed: parts.noticed(),
        labels: given.len(),
        ..Summary::default()
    };
    let mut index = Index::build(&job.spec, &table, terminal)?;
    drop_aside(table);
    index.train_dedupe(&given, terminal)?;
    let linked = index.dedupe(terminal)?;
    terminal.stage("stage-decide");
    let outcome = index.finish(linked, rows)?;
    terminal.stage("stage-write");
    let sides = Sides { left: &|row| index.id(row), right: &|row| index.id(row), is_dedupe: true };
    write::links(&job.out, &job.spec, &outcome, &sides, words)?;
    if let Some(path) = &job.clusters {
        write::clusters(path, &outcome, &sides, rows)?;
    }
    write::count_pairs(&outcome, &mut summary);
    if let Some(path) = &job.report {
        report::write(path, &View { job: &job, outcome: &outcome, sides: &sides, summary: &summary, words })?;
    }
    terminal.finish();
    rayon::join(|| drop(index), || drop(outcome));
    Ok(summary)
}
