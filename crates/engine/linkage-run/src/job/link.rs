//! Links a register to the population.
//!
//! The left table is held in memory in normal form. The register comes in parts of at most [`super::Sizes::part`] rows, of which one
//! is in memory at a time, so its length is bounded by the disk only; of all its rows just the ids and the links are
//! kept. A register of one part trains the model on all its rows; a longer one on rows spread evenly over it, taken in
//! a first pass. Each part is linked in slices, and finished slices are kept on the disk (see `checkpoint`).

use super::checkpoint::Checkpoint;
use super::slices::{PartsAgain, Slices};
use super::{Job, Summary, drop_aside, fingerprint, labels, read_communes, write};
use crate::error::RunError;
use crate::input::{Input, Noticed, Parts, Sample};
use crate::output;
use crate::progress::Terminal;
use crate::report::{self, Sides, View};
use crate::words::Words;
use d06_linkage::error::Side;
use d06_linkage::{Index, Label, LinkError, Linked, Prepared, Progress, Strings, Table};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Rows that a long register's model is trained on, at least.
const LEAST_SAMPLE: usize = 200_000;

/// Runs the job.
///
/// # Errors
/// If an input cannot be read, the spec does not fit it, the output cannot be written, or the person stopped the run:
/// then what was finished is kept for the next one.
pub fn link(job: &Job, words: &Words, terminal: &mut Terminal<'_>) -> Result<Summary, RunError> {
    run_job(job, words, terminal, None)
}

/// Links the rows of a register in place of this machine; see [`link_elsewhere`].
pub trait Elsewhere {
    /// What [`Index::link`] gives of all rows of the register whose ids these are.
    ///
    /// # Errors
    /// If not every row could be linked.
    fn link(&mut self, index: &Index, ids: &Strings, progress: &mut dyn Progress)
    -> Result<Linked, RunError>;
}

/// Runs the job as [`link`] does, to the same bytes, but for the linking of the rows themselves: that is done
/// elsewhere, and no slices are kept here.
///
/// # Errors
/// As [`link`], and those of `elsewhere`.
pub fn link_elsewhere(
    job: &Job,
    words: &Words,
    terminal: &mut Terminal<'_>,
    elsewhere: &mut dyn Elsewhere,
) -> Result<Summary, RunError> {
    run_job(job, words, terminal, Some(elsewhere))
}

fn run_job(
    job: &Job,
    words: &Words,
    terminal: &mut Terminal<'_>,
    elsewhere: Option<&mut dyn Elsewhere>,
) -> Result<Summary, RunError> {
    output::check(&job.out)?;
    let given = labels::read(&job.spec)?;
    terminal.stage("stage-read");
    let (register, (left, ())) = rayon::join(
        || Register::open(job, &given),
        || rayon::join(|| left_table(job), || read_communes(&job.spec)),
    );
    let mut register = register?;
    let (left, mut noticed) = left?;
    noticed += register.noticed.clone();
    let mut summary = Summary {
        labels: given.len(),
        left_rows: left.len() as u64,
        right_rows: register.rows,
        noticed,
        ..Summary::default()
    };
    let mut index = Index::build(&job.spec, &left, terminal)?;
    drop_aside(left);
    let whole = train(&mut index, &mut register, &given, terminal)?;

    let checkpoint = match register.rows {
        rows if elsewhere.is_none() && rows > job.sizes.slice as u64 => {
            Some(Checkpoint::open(&job.out, fingerprint(job)?)?)
        }
        _ => None,
    };
    let slices = Slices::new(job.sizes.slice, register.rows, checkpoint.as_ref());
    let linked = match (elsewhere, whole) {
        (Some(elsewhere), whole) => {
            drop(whole);
            terminal.linked(0, register.rows);
            elsewhere.link(&index, &register.ids, terminal)?
        }
        (None, Some(whole)) => {
            slices.run(&index, PartsAgain::Whole(Some(Box::new(whole))), terminal, &mut summary)?
        }
        (None, None) => slices.run(&index, register.parts(), terminal, &mut summary)?,
    };
    terminal.stage("stage-decide");
    let rows = usize::try_from(register.rows).unwrap_or(usize::MAX);
    let outcome = index.finish(linked, rows)?;
    terminal.stage("stage-write");
    let ids = register.ids;
    let sides = Sides { left: &|row| index.id(row), right: &|row| ids.get(row), is_dedupe: false };
    write::links(&job.out, &job.spec, &outcome, &sides, words)?;
    if let Some(path) = &job.clusters {
        write::clusters(path, &outcome, &sides, index.len())?;
    }
    write::count(&outcome, &mut summary);
    if let Some(path) = &job.report {
        report::write(path, &View { job, outcome: &outcome, sides: &sides, summary: &summary, words })?;
    }
    if let Some(checkpoint) = checkpoint {
        checkpoint.remove()?;
    }
    terminal.finish();
    rayon::join(|| drop(index), || drop((outcome, ids)));
    Ok(summary)
}

/// The left table, and what was noticed in it.
fn left_table(job: &Job) -> Result<(Table, Noticed), RunError> {
    let mut parts = Parts::new(&job.spec, &job.left, Input::Left);
    let left = parts.all()?;
    if left.is_empty() {
        return Err(LinkError::Empty(Side::Left).into());
    }
    Ok((left, parts.noticed()))
}

/// Trains on a register of one part as a whole, which is then ready to be linked, else on the sample.
fn train(
    index: &mut Index,
    register: &mut Register<'_>,
    given: &[Label],
    terminal: &mut Terminal<'_>,
) -> Result<Option<Prepared>, RunError> {
    let Some(whole) = register.whole.take() else {
        index.train(&register.sample.table(), given, terminal)?;
        return Ok(None);
    };
    let prepared = index.prepare(&whole, terminal)?;
    index.train_prepared(&prepared, &whole.ids, given, terminal)?;
    drop_aside(whole);
    Ok(Some(prepared))
}

/// The register: whole if it is one part, else to be read again.
struct Register<'a> {
    job: &'a Job,
    whole: Option<Table>,
    sample: Sample,
    rows: u64,
    noticed: Noticed,
    ids: Strings,
}

impl<'a> Register<'a> {
    /// The first pass: counts, takes ids and the sample, and finds ids that are there twice in different parts.
    fn open(job: &'a Job, given: &[Label]) -> Result<Self, RunError> {
        let most = LEAST_SAMPLE.max(job.spec.model.sample as usize * 2);
        let sample = Sample::new(most, given.iter().map(|label| label.right.clone()).collect());
        let mut register =
            Self { job, whole: None, sample, rows: 0, noticed: Noticed::default(), ids: Strings::new() };
        let mut parts = Parts::new(&job.spec, &job.right, Input::Right);
        let mut seen = Seen::default();
        while let Some(part) = parts.next(job.sizes.part)? {
            if let Some(first) = register.whole.take() {
                // It is longer than one part after all.
                seen.add(&first.ids, 0)?;
                register.sample.add(&first);
            }
            let before = usize::try_from(register.rows).unwrap_or(usize::MAX);
            register.ids.append(&part.ids);
            register.rows += part.len() as u64;
            if before == 0 {
                register.whole = Some(part);
            } else {
                seen.add(&part.ids, before)?;
                register.sample.add(&part);
            }
        }
        register.noticed = parts.noticed();
        if register.rows == 0 {
            return Err(LinkError::Empty(Side::Right).into());
        }
        Ok(register)
    }

    /// The parts again, for linking.
    fn parts(&self) -> PartsAgain<'a> {
        let parts = Parts::new(&self.job.spec, &self.job.right, Input::Right);
        PartsAgain::Read(Box::new(parts), self.job.sizes.part)
    }
}

/// Ids of the parts before; within one part the engine looks itself.
#[derive(Default)]
struct Seen {
    rows: HashMap<u64, usize>,
    hasher: RandomState,
}

impl Seen {
    fn add(&mut self, ids: &Strings, before: usize) -> Result<(), RunError> {
        for (id, row) in ids.iter().zip(before..) {
            if id.is_empty() {
                return Err(LinkError::MissingId { side: Side::Right, row }.into());
            }
            if let Some(first) = self.rows.insert(self.hasher.hash_one(id), row) {
                return Err(LinkError::DuplicateId { side: Side::Right, first, second: row }.into());
            }
        }
        Ok(())
    }
}
