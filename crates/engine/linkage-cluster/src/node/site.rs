//! Where an executor links: its data folder, and the index that it has open.

use crate::operator::{Answer, Seal, Work};
use d06_linkage::{Index, LinkError, Progress, Stage};
use d06_linkage_run::{Piece, RunError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The data folder of an executor, below which all files of a job must be, and the index it opened last: tasks of one
/// job share it, and it is mapped, so its pages are read once for all tasks of the machine.
#[derive(Debug)]
pub struct Site {
    data: PathBuf,
    open: Mutex<Option<(PathBuf, Seal, Arc<Index>)>>,
}

/// Why a piece was not linked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// A path that leads out of the data folder.
    #[error("a file of the job is not below the data folder")]
    Outside,
    /// The index is not the one of the job.
    #[error("{0} is not the index that the job began with")]
    OtherIndex(PathBuf),
    /// A file could not be read.
    #[error("cannot read {0}: {1}")]
    Read(PathBuf, std::io::Error),
    /// The engine or its readers refused.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl Site {
    /// An executor with this data folder.
    pub fn new(data: PathBuf) -> Self {
        Self { data, open: Mutex::new(None) }
    }

    /// Links a piece.
    pub(crate) fn link(
        &self,
        work: &Work,
        number: u32,
        piece: &Piece,
        stop: &AtomicBool,
    ) -> Result<Answer, Fault> {
        let (index, register) = work.below(&self.data).ok_or(Fault::Outside)?;
        let index = self.index(&index, work.seal)?;
        let linked = piece.link(&index, &register, &mut Stop(stop))?;
        log::info!("linked piece {number}: {} rows, {} links", piece.rows, linked.links.len());
        Ok(Answer { piece: number, linked })
    }

    /// The index, opened once. Others wait while one opens it.
    fn index(&self, path: &Path, seal: Seal) -> Result<Arc<Index>, Fault> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, sealed, index)) = open.as_ref()
            && (at.as_path(), *sealed) == (path, seal)
        {
            return Ok(Arc::clone(index));
        }
        *open = None;
        let found = Seal::of(path).map_err(|error| Fault::Read(path.to_owned(), error))?;
        if found != seal {
            return Err(Fault::OtherIndex(path.to_owned()));
        }
        let index = Arc::new(Index::open(path).map_err(RunError::from)?);
        log::info!("opened {}: {} rows", path.display(), index.len());
        *open = Some((path.to_owned(), seal, Arc::clone(&index)));
        Ok(index)
    }
}

impl From<LinkError> for Fault {
    fn from(error: LinkError) -> Self {
        Self::Run(error.into())
    }
}

/// Hears whether the task is still wanted.
struct Stop<'a>(&'a AtomicBool);

impl Progress for Stop<'_> {
    fn report(&mut self, _: Stage, _: u64, _: u64) {}

    fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
