//! A job as its client sees it: the index is handed to the executors, the pieces are submitted, the answers collected.
//!
//! Everything before (reading, training) and after (deciding, writing, the report) is [`d06_linkage_run`], here as on
//! one machine. What executors lose is asked for again, a bounded number of times, piece by piece.

mod submit;

use crate::operator::{Answers, Seal, Work};
use d06_linkage::{Index, Linked, Progress, Stage, Strings};
use d06_linkage_run::{Elsewhere, Piece, RunError};
use futures::{StreamExt, stream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use submit::Scheduler;

/// How often a piece is asked for before the job is given up. Ballista itself already gives the tasks of a lost executor
/// to others; this is for answers that are lost after that.
const ATTEMPTS: usize = 3;
/// Waves under way at once: while the last pieces of one are linked, the executors have the next to go on with.
const WAVES: usize = 2;
/// How often the person's wish to stop is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// Which cluster, and how a register is cut for it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Host and port of the scheduler.
    pub scheduler: String,
    /// The folder that all machines share. The register lies below it; the index is put there for the job.
    pub data: PathBuf,
    /// Rows of a piece. The answer does not depend on it.
    pub rows: usize,
    /// Pieces submitted at once.
    pub wave: usize,
    /// The job is given up when no piece comes back for so long.
    pub patience: Duration,
}

/// How long the parts of a job took that only a cluster has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// Writing the index to the data folder.
    pub hand_over: Duration,
    /// From the first submission to the last answer.
    pub cluster: Duration,
}

/// Links the rows of a register on a cluster.
pub struct Cluster {
    options: Options,
    register: Vec<PathBuf>,
    times: Times,
}

impl Cluster {
    /// For a register of these files, which must lie below the data folder.
    ///
    /// # Errors
    /// If one does not.
    pub fn new(options: Options, register: &[PathBuf]) -> Result<Self, RunError> {
        let data = canonical(&options.data)?;
        let register = register.iter().map(|file| below(&data, file)).collect::<Result<_, RunError>>()?;
        Ok(Self { options: Options { data, ..options }, register, times: Times::default() })
    }

    /// How long the last job took.
    pub fn times(&self) -> Times {
        self.times
    }

    /// Writes the index where the executors find it, for as long as the job lasts.
    fn hand_over(&self, index: &Index) -> Result<(tempfile::TempDir, Work), RunError> {
        let write = |source| RunError::Write { path: self.options.data.clone(), source };
        let folder =
            tempfile::Builder::new().prefix(".d06-job-").tempdir_in(&self.options.data).map_err(write)?;
        let path = folder.path().join("reference.index");
        index.write(&path)?;
        let seal = Seal::of(&path).map_err(write)?;
        let work = Work { index: below(&self.options.data, &path)?, seal, register: self.register.clone() };
        Ok((folder, work))
    }
}

impl Elsewhere for Cluster {
    fn link(
        &mut self,
        index: &Index,
        ids: &Strings,
        progress: &mut dyn Progress,
    ) -> Result<Linked, RunError> {
        let pieces = Piece::cut(ids, self.options.rows);
        let began = Instant::now();
        let (folder, work) = self.hand_over(index)?;
        self.times.hand_over = began.elapsed();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| RunError::Cluster(error.to_string()))?;
        let began = Instant::now();
        let mut answers = Answers::new(pieces, index.len());
        let scheduler = Arc::new(Scheduler::new(&self.options.scheduler, work));
        let collected =
            runtime.block_on(collect(&self.options, &scheduler, &mut answers, ids.len() as u64, progress));
        self.times.cluster = began.elapsed();
        runtime.shutdown_background();
        drop(folder);
        collected?;
        answers.finish().map_err(|error| RunError::Cluster(error.to_string()))
    }
}

/// Submits what is missing until nothing is, or it was tried often enough.
async fn collect(
    options: &Options,
    scheduler: &Arc<Scheduler>,
    answers: &mut Answers,
    rows: u64,
    progress: &mut dyn Progress,
) -> Result<(), RunError> {
    let mut last = String::new();
    for attempt in 1..=ATTEMPTS {
        let missing = answers.missing();
        if missing.is_empty() {
            return Ok(());
        }
        if attempt > 1 {
            log::warn!("{} pieces are asked for again: {last}", missing.len());
        }
        let waves: Vec<Vec<(u32, Piece)>> =
            missing.chunks(options.wave.max(1)).map(<[(u32, Piece)]>::to_vec).collect();
        let batches = stream::iter(waves).map(|wave| scheduler.submit(wave)).flatten_unordered(WAVES);
        let mut batches = Box::pin(batches);
        let mut look = tokio::time::interval(LOOK);
        let mut idle = Duration::ZERO;
        loop {
            tokio::select! {
                batch = batches.next() => match batch {
                    None => break,
                    Some(Ok(batch)) => {
                        idle = Duration::ZERO;
                        answers.take(&batch).map_err(|error| RunError::Cluster(error.to_string()))?;
                        progress.report(Stage::Link, answers.rows(), rows);
                    }
                    Some(Err(fault)) if fault.is_final => return Err(RunError::Cluster(fault.message)),
                    Some(Err(fault)) => last = fault.message,
                },
                _ = look.tick() => {
                    idle += LOOK;
                    if progress.is_cancelled() {
                        return Err(d06_linkage::LinkError::Cancelled.into());
                    }
                    if idle > options.patience {
                        let waited = options.patience.as_secs();
                        return Err(RunError::Cluster(format!("no piece came back in {waited} seconds")));
                    }
                }
            }
        }
        answers.forget_partial();
    }
    if answers.missing().is_empty() { Ok(()) } else { Err(RunError::Cluster(last)) }
}

fn canonical(path: &Path) -> Result<PathBuf, RunError> {
    path.canonicalize().map_err(|source| RunError::Read { path: path.to_owned(), source })
}

/// A file, named from the data folder.
fn below(data: &Path, file: &Path) -> Result<PathBuf, RunError> {
    let outside = || {
        let (file, data) = (file.display(), data.display());
        RunError::Cluster(format!("{file} is not below the folder that the machines share, {data}"))
    };
    canonical(file)?.strip_prefix(data).map(Path::to_owned).map_err(|_| outside())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_must_lie_where_all_machines_see_it() {
        let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = |folder: &tempfile::TempDir| {
            let path = folder.path().join("land.csv");
            std::fs::write(&path, "id,name\n").unwrap();
            path
        };
        let options = Options {
            scheduler: "127.0.0.1:1".to_owned(),
            data: data.path().to_owned(),
            rows: 10,
            wave: 4,
            patience: Duration::from_secs(1),
        };
        let inside = Cluster::new(options.clone(), &[file(&data)]).unwrap();
        assert_eq!(inside.register, [PathBuf::from("land.csv")]);
        let outside = Cluster::new(options.clone(), &[file(&other)]);
        assert!(matches!(outside, Err(RunError::Cluster(_))));
        let nowhere = Cluster::new(options, &[data.path().join("none.csv")]);
        assert!(matches!(nowhere, Err(RunError::Read { .. })));
    }
}
