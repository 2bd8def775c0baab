//! Linking the parts of a register slice by slice; finished slices are kept on the disk.

use super::Summary;
use super::checkpoint::Checkpoint;
use crate::error::RunError;
use crate::input::Parts;
use crate::progress::Terminal;
use d06_linkage::{Index, LinkError, Linked, Prepared, Table};
use std::ops::Range;
use std::thread::{Scope, ScopedJoinHandle};

/// The parts of a register, for linking.
pub(super) enum PartsAgain<'a> {
    /// The only part, which was made ready for training.
    Whole(Option<Box<Prepared>>),
    Read(Box<Parts<'a>>, usize),
}

/// A part to be linked.
enum Part {
    Table(Table),
    Ready(Prepared),
}

impl PartsAgain<'_> {
    fn next(&mut self) -> Result<Option<Part>, RunError> {
        Ok(match self {
            Self::Whole(whole) => whole.take().map(|whole| Part::Ready(*whole)),
            Self::Read(parts, most) => parts.next(*most)?.map(Part::Table),
        })
    }
}

impl Part {
    fn len(&self) -> usize {
        match self {
            Self::Table(table) => table.len(),
            Self::Ready(prepared) => prepared.len(),
        }
    }

    /// Made ready, if it is not yet: a part of which all slices were kept needs not be.
    fn ready(self, index: &Index, terminal: &mut Terminal<'_>) -> Result<Prepared, LinkError> {
        match self {
            Self::Table(table) => index.prepare(&table, terminal),
            Self::Ready(prepared) => Ok(prepared),
        }
    }
}

/// The slices of a run.
pub(super) struct Slices<'a> {
    /// Rows of a slice.
    size: usize,
    /// Rows of the register.
    rows: u64,
    checkpoint: Option<&'a Checkpoint>,
}

/// Puts a finished slice onto the disk while the next is linked: a disk takes its time to say that it has it.
struct Keeper<'scope, 'env> {
    threads: &'scope Scope<'scope, 'env>,
    checkpoint: Option<&'env Checkpoint>,
    keeping: Option<Keeping<'scope>>,
}

/// A slice on its way; it comes back.
type Keeping<'scope> = ScopedJoinHandle<'scope, Result<Linked, RunError>>;

impl<'scope> Keeper<'scope, '_> {
    fn keep(&mut self, number: usize, rows: u64, linked: Linked) {
        let checkpoint = self.checkpoint;
        self.keeping = Some(self.threads.spawn(move || {
            checkpoint.map_or(Ok(()), |checkpoint| checkpoint.keep(number, rows, &linked)).map(|()| linked)
        }));
    }

    /// The slice before, once it is kept.
    fn kept(&mut self) -> Result<Linked, RunError> {
        match self.keeping.take().map(ScopedJoinHandle::join) {
            None => Ok(Linked::default()),
            Some(Ok(kept)) => kept,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
    }
}

/// The work on one part.
struct Work<'w, 't> {
    index: &'w Index,
    prepared: Option<Prepared>,
    part: Option<Part>,
    /// Rows of the parts before.
    before: u64,
    terminal: &'w mut Terminal<'t>,
}

impl<'a> Slices<'a> {
    pub(super) fn new(size: usize, rows: u64, checkpoint: Option<&'a Checkpoint>) -> Self {
        Self { size: size.max(1), rows, checkpoint }
    }

    /// Links all parts, taking over what an earlier run has finished.
    pub(super) fn run(
        &self,
        index: &Index,
        mut parts: PartsAgain<'_>,
        terminal: &mut Terminal<'_>,
        summary: &mut Summary,
    ) -> Result<Linked, RunError> {
        let mut linked = Linked::default();
        let (mut number, mut before) = (0, 0_u64);
        std::thread::scope(|threads| {
            let mut keeper = Keeper { threads, checkpoint: self.checkpoint, keeping: None };
            while let Some(part) = parts.next()? {
                let length = part.len();
                let mut work =
                    Work { index, prepared: None, part: Some(part), before, terminal: &mut *terminal };
                for from in (0..length).step_by(self.size) {
                    let rows = from..(from + self.size).min(length);
                    let count = rows.len() as u64;
                    let kept = self.checkpoint.and_then(|checkpoint| checkpoint.part(number));
                    match kept.filter(|kept| kept.rows == count) {
                        Some(kept) => {
                            summary.resumed += 1;
                            linked += keeper.kept()?;
                            linked += kept.linked;
                        }
                        None => {
                            let found = work.link(rows, self.rows);
                            linked += keeper.kept()?;
                            let found = found.map_err(|error| self.stopped(error, number))?;
                            if before + (from as u64) + count < self.rows {
                                keeper.keep(number, count, found);
                            } else {
                                // What follows the last slice takes less time than the slice.
                                linked += found;
                            }
                        }
                    }
                    number += 1;
                }
                before += length as u64;
            }
            linked += keeper.kept()?;
            Ok(linked)
        })
    }

    /// A run that was stopped says what it leaves behind.
    fn stopped(&self, error: LinkError, done: usize) -> RunError {
        match (error, self.checkpoint) {
            (LinkError::Cancelled, Some(checkpoint)) => {
                let total = usize::try_from(self.rows.div_ceil(self.size as u64)).unwrap_or(usize::MAX);
                RunError::Interrupted { folder: checkpoint.folder().to_owned(), done, total }
            }
            (error, _) => error.into(),
        }
    }
}

impl Work<'_, '_> {
    /// Links some rows, numbered over all parts.
    fn link(&mut self, rows: Range<usize>, total: u64) -> Result<Linked, LinkError> {
        self.terminal.linked(self.before + rows.start as u64, total);
        if let Some(part) = self.part.take() {
            self.prepared = Some(part.ready(self.index, self.terminal)?);
        }
        let Some(prepared) = &self.prepared else { return Ok(Linked::default()) };
        let first = u32::try_from(self.before).unwrap_or(u32::MAX);
        let mut found = self.index.link_rows(prepared, rows, self.terminal)?;
        found.links.iter_mut().for_each(|link| link.right += first);
        Ok(found)
    }
}
