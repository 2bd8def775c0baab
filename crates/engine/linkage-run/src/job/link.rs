//! Links a register to the population.
//!
//! The left table is held in memory in normal form. The register comes in parts of at most [`super::Sizes::part`] rows, of which one
//! is in memory at a time, so its length is bounded by the disk only; of all its rows just the ids and the links are
//! kept. A register of one part trains the model on all its rows; a longer one on rows spread evenly over it, taken in
//! a first pass. Each part is linked in slices, and finished slices are kept on the disk (see `checkpoint`).

use super::checkpoint::Checkpoint;
use super::{Job, Summary, fingerprint, labels, write};
use crate::error::RunError;
use crate::input::{Input, Parts, Sample};
use crate::output;
use crate::progress::Terminal;
use crate::report::{self, Sides, View};
use crate::words::Words;
use d06_linkage::error::Side;
use d06_linkage::{Index, Label, Link, LinkError, Progress, Strings, Table};
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
    /// The links of all rows of the register whose ids these are, sorted as [`Index::link`] sorts them. What was done
    /// is told to the index by [`Index::take_over`].
    ///
    /// # Errors
    /// If not every row could be linked.
    fn link(
        &mut self,
        index: &Index,
        ids: &Strings,
        progress: &mut dyn Progress,
    ) -> Result<Vec<Link>, RunError>;
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
    let mut summary = Summary { labels: given.len(), ..Summary::default() };
    let mut register = Register::open(job, &given, &mut summary)?;
    let mut index = build(job, terminal, &mut summary)?;
    train(&mut index, &register, &given, terminal)?;

    let checkpoint = match register.rows {
        rows if elsewhere.is_none() && rows > job.sizes.slice as u64 => {
            Some(Checkpoint::open(&job.out, fingerprint(job)?)?)
        }
        _ => None,
    };
    let links = match elsewhere {
        Some(elsewhere) => {
            register.whole = None;
            terminal.linked(0, register.rows);
            elsewhere.link(&index, &register.ids, terminal)?
        }
        None => {
            run(&index, job.sizes.slice.max(1), &mut register, checkpoint.as_ref(), terminal, &mut summary)?
        }
    };
    terminal.stage("stage-decide");
    let rows = usize::try_from(register.rows).unwrap_or(usize::MAX);
    let outcome = index.finish(links, rows)?;
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
    Ok(summary)
}

fn build(job: &Job, terminal: &mut Terminal<'_>, summary: &mut Summary) -> Result<Index, RunError> {
    let mut parts = Parts::new(&job.spec, &job.left, Input::Left);
    let left = parts.all()?;
    summary.recoded += parts.recoded();
    summary.left_rows = left.len() as u64;
    if left.is_empty() {
        return Err(LinkError::Empty(Side::Left).into());
    }
    Ok(Index::build(&job.spec, &left, terminal)?)
}

fn train(
    index: &mut Index,
    register: &Register<'_>,
    given: &[Label],
    terminal: &mut Terminal<'_>,
) -> Result<(), RunError> {
    match &register.whole {
        Some(whole) => index.train(whole, given, terminal)?,
        None => index.train(&register.sample.table(), given, terminal)?,
    }
    Ok(())
}

/// The register: whole if it is one part, else to be read again.
struct Register<'a> {
    job: &'a Job,
    whole: Option<Table>,
    sample: Sample,
    rows: u64,
    ids: Strings,
}

impl<'a> Register<'a> {
    /// The first pass: counts, takes ids and the sample, and finds ids that are there twice in different parts.
    fn open(job: &'a Job, given: &[Label], summary: &mut Summary) -> Result<Self, RunError> {
        let most = LEAST_SAMPLE.max(job.spec.model.sample as usize * 2);
        let sample = Sample::new(most, given.iter().map(|label| label.right.clone()).collect());
        let mut register = Self { job, whole: None, sample, rows: 0, ids: Strings::new() };
        let mut parts = Parts::new(&job.spec, &job.right, Input::Right);
        let mut seen = Seen::default();
        while let Some(part) = parts.next(job.sizes.part)? {
            if let Some(first) = register.whole.take() {
                // It is longer than one part after all.
                seen.add(&first.ids, 0)?;
                register.sample.add(&first);
            }
            let before = usize::try_from(register.rows).unwrap_or(usize::MAX);
            part.ids.iter().for_each(|id| {
                register.ids.push(id);
            });
            register.rows += part.len() as u64;
            if before == 0 {
                register.whole = Some(part);
            } else {
                seen.add(&part.ids, before)?;
                register.sample.add(&part);
            }
        }
        summary.recoded += parts.recoded();
        summary.right_rows = register.rows;
        if register.rows == 0 {
            return Err(LinkError::Empty(Side::Right).into());
        }
        Ok(register)
    }

    /// The parts again, for linking.
    fn parts(&mut self) -> PartsAgain<'a> {
        match self.whole.take() {
            Some(whole) => PartsAgain::Whole(Some(Box::new(whole))),
            None => PartsAgain::Read(
                Box::new(Parts::new(&self.job.spec, &self.job.right, Input::Right)),
                self.job.sizes.part,
            ),
        }
    }
}

enum PartsAgain<'a> {
    Whole(Option<Box<Table>>),
    Read(Box<Parts<'a>>, usize),
}

impl PartsAgain<'_> {
    fn next(&mut self) -> Result<Option<Table>, RunError> {
        match self {
            Self::Whole(whole) => Ok(whole.take().map(|whole| *whole)),
            Self::Read(parts, most) => parts.next(*most),
        }
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

/// Links all parts, slice by slice, taking over what an earlier run has finished.
fn run(
    index: &Index,
    slice: usize,
    register: &mut Register<'_>,
    checkpoint: Option<&Checkpoint>,
    terminal: &mut Terminal<'_>,
    summary: &mut Summary,
) -> Result<Vec<Link>, RunError> {
    let total = register.rows;
    let slices = usize::try_from(total.div_ceil(slice as u64)).unwrap_or(usize::MAX);
    let mut parts = register.parts();
    let mut links = Vec::new();
    let (mut number, mut before) = (0, 0_u64);
    while let Some(part) = parts.next()? {
        let mut prepared = None;
        for from in (0..part.len()).step_by(slice) {
            let rows = from..(from + slice).min(part.len());
            let count = rows.len() as u64;
            let kept =
                checkpoint.and_then(|checkpoint| checkpoint.part(number)).filter(|kept| kept.rows == count);
            let found = match kept {
                Some(kept) => {
                    summary.resumed += 1;
                    kept.links
                }
                None => {
                    let first = u32::try_from(before).unwrap_or(u32::MAX);
                    terminal.linked(before + from as u64, total);
                    let prepared = match &mut prepared {
                        Some(prepared) => prepared,
                        none => none.insert(
                            index
                                .prepare(&part, terminal)
                                .map_err(|error| stopped(error, checkpoint, number, slices))?,
                        ),
                    };
                    let mut found = index
                        .link_rows(prepared, rows, terminal)
                        .map_err(|error| stopped(error, checkpoint, number, slices))?;
                    found.iter_mut().for_each(|link| link.right += first);
                    if let Some(checkpoint) = checkpoint {
                        checkpoint.keep(number, count, &found)?;
                    }
                    found
                }
            };
            links.extend(found);
            number += 1;
        }
        before += part.len() as u64;
    }
    Ok(links)
}

/// A run that was stopped says what it leaves behind.
fn stopped(error: LinkError, checkpoint: Option<&Checkpoint>, done: usize, total: usize) -> RunError {
    match (error, checkpoint) {
        (LinkError::Cancelled, Some(checkpoint)) => {
            RunError::Interrupted { folder: checkpoint.folder().to_owned(), done, total }
        }
        (error, _) => error.into(),
    }
}
