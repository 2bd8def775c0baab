//! The workers: one loop that takes jobs and records how they ended, and up to so many handlers at work at
//! once.
//!
//! The loop is the only one that writes the queue in this process, and it does all it has to do in one
//! transaction: what ended since the last time, what is scheduled now, what to take next. So a busy server
//! with SQLite pays one short write per round and not two per job.

use crate::enqueue::TOPIC;
use crate::entity::job::Model;
use crate::job::{Handler, JobError};
use crate::schedule::{self, Schedule};
use crate::store::{self, Finished, Taker};
use chrono::TimeDelta;
use d06_db::Db;
use d06_kernel::id::RequestId;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// How long to sleep when nothing is heard: the time another server's job may wait.
const POLL: Duration = Duration::from_secs(1);

/// How long running handlers may take to finish when the program is asked to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Runs jobs; see the crate documentation.
pub struct Workers {
    db: Db,
    cx: Cx,
    handlers: BTreeMap<&'static str, Arc<dyn Handler>>,
    schedules: Vec<Schedule>,
    concurrency: usize,
    taker: Taker,
}

/// The jobs being worked on, by task, and when their leases were last renewed.
#[derive(Default)]
struct AtWork {
    tasks: JoinSet<Result<(), JobError>>,
    jobs: BTreeMap<Id, (Uuid, i32)>,
    renewed_at: Moment,
}

impl Workers {
    /// How often a job is tried before it is dead: the waits add up to about half a day.
    pub const ATTEMPTS: i32 = 20;

    /// Workers for the kinds of jobs that `handlers` know; jobs of other kinds are left to other servers.
    pub fn new(db: Db, cx: Cx, handlers: Vec<Arc<dyn Handler>>) -> Self {
        let handlers: BTreeMap<_, _> =
            handlers.into_iter().map(|handler| (handler.kind(), handler)).collect();
        let kinds = handlers.keys().copied().collect();
        let taker = Taker { owner: cx.new_id(), kinds, lease: TimeDelta::seconds(30) };
        Self { db, cx, handlers, schedules: Vec::new(), concurrency: 8, taker }
    }

    /// Adds work that comes back.
    #[must_use]
    pub fn schedules(mut self, schedules: Vec<Schedule>) -> Self {
        self.schedules = schedules;
        self
    }

    /// How many jobs run at once; eight if not said.
    #[must_use]
    pub fn concurrency(mut self, jobs: usize) -> Self {
        self.concurrency = jobs.max(1);
        self
    }

    /// How long a job stays with a server that is not heard of; thirty seconds if not said. A living server
    /// renews it.
    #[must_use]
    pub fn lease(mut self, lease: TimeDelta) -> Self {
        self.taker.lease = lease;
        self
    }

    /// Works until `shutdown` is ready, then lets running jobs finish for up to twenty seconds and gives the
    /// rest back.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let listener = self.db.listen(TOPIC);
        let mut at_work = AtWork::default();
        let mut finished = Vec::new();
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let pause = match self.round(&mut at_work, &mut finished).await {
                Ok(pause) => pause,
                Err(problem) => {
                    tracing::error!(error = ?problem, "the job queue cannot be read");
                    POLL
                }
            };
            tokio::select! {
                () = &mut shutdown => break,
                ended = at_work.next(), if !at_work.tasks.is_empty() => finished.extend(ended),
                () = listener.heard() => {}
                () = sleep(pause) => {}
            }
            finished.extend(at_work.ended());
        }
        self.stop(at_work, finished).await;
    }

    /// Runs everything that is due now, also what becomes due by it, one after the other, and returns how
    /// many jobs ran. For tests and for maintenance by hand; a failure of the queue itself is logged and ends
    /// the run.
    pub async fn run_due(&self) -> usize {
        let mut count = 0;
        loop {
            match self.take_and_run().await {
                Ok(0) => return count,
                Ok(ran) => count += ran,
                Err(problem) => {
                    tracing::error!(error = ?problem, "the job queue cannot be read");
                    return count;
                }
            }
        }
    }

    async fn take_and_run(&self) -> Result<usize, Problem> {
        let mut at_work = AtWork::default();
        let mut finished = Vec::new();
        self.exchange(&mut at_work, &mut finished, 1).await?;
        let ran = at_work.jobs.len();
        while let Some(ended) = at_work.next().await {
            finished.push(ended);
        }
        let tx = self.db.begin().await?;
        store::settle(&self.cx, &tx, &self.taker, &finished).await?;
        tx.commit().await?;
        Ok(ran)
    }

    /// One turn of the loop; returns how long to sleep if nothing happens.
    async fn round(&self, at_work: &mut AtWork, finished: &mut Vec<Finished>) -> Result<Duration, Problem> {
        let free = self.concurrency.saturating_sub(at_work.jobs.len());
        let next = self.look().await?;
        let due = next.is_some_and(|wait| wait.is_zero());
        let renewal = !at_work.jobs.is_empty() && at_work.renewed_at + self.taker.lease / 3 < self.cx.now();
        if !finished.is_empty() || renewal || (due && free > 0) {
            self.exchange(at_work, finished, free).await?;
        }
        // What this round did not take waits for a free handler, whose end wakes the loop.
        Ok(next.filter(|wait| !wait.is_zero()).unwrap_or(POLL).min(POLL))
    }

    /// How long until something is due, without taking the writer: zero if something is, nothing if nothing
    /// waits.
    async fn look(&self) -> Result<Option<Duration>, Problem> {
        let now = self.cx.now();
        let tx = self.db.read().await?;
        if store::any_due(&tx, &self.taker.kinds, now).await?
            || schedule::any_due(&tx, &self.schedules, now).await?
        {
            return Ok(Some(Duration::ZERO));
        }
        let next = store::next_run_at(&tx, &self.taker.kinds).await?;
        Ok(next.map(|at| (at - now).to_std().unwrap_or(Duration::ZERO).max(Duration::from_millis(1))))
    }

    /// In one transaction: records what ended, renews what goes on, enqueues what is scheduled, takes what is
    /// due. Then sets the handlers to work.
    async fn exchange(
        &self,
        at_work: &mut AtWork,
        finished: &mut Vec<Finished>,
        free: usize,
    ) -> Result<(), Problem> {
        let tx = self.db.begin().await?;
        store::settle(&self.cx, &tx, &self.taker, finished).await?;
        let held: Vec<Uuid> = at_work.jobs.values().map(|(job, _)| *job).collect();
        if !held.is_empty() {
            store::renew(&self.cx, &tx, &self.taker, &held).await?;
        }
        schedule::enqueue_due(&self.cx, &tx, &self.schedules).await?;
        let most = u64::try_from(free).unwrap_or(u64::MAX);
        let taken = store::take(&self.cx, &tx, &self.taker, &held, most).await?;
        tx.commit().await?;
        finished.clear();
        at_work.renewed_at = self.cx.now();
        for job in taken {
            self.start(at_work, job);
        }
        Ok(())
    }

    fn start(&self, at_work: &mut AtWork, job: Model) {
        // Only kinds with a handler are taken.
        let Some((kind, handler)) = self.handlers.get_key_value(job.kind.as_str()) else { return };
        let handler = handler.clone();
        let mut cx = self.cx.acting_as(d06_kernel::Actor::System(kind));
        cx.request = RequestId(job.request);
        let (id, attempts, payload) = (job.id, job.attempts, job.payload);
        let task = at_work.tasks.spawn(async move { handler.run(&cx, payload).await });
        at_work.jobs.insert(task.id(), (id, attempts));
    }

    async fn stop(&self, mut at_work: AtWork, mut finished: Vec<Finished>) {
        let drain = async {
            while let Some(ended) = at_work.next().await {
                finished.push(ended);
            }
        };
        let _ = timeout(GRACE, drain).await;
        let left: Vec<Uuid> = at_work.jobs.values().map(|(job, _)| *job).collect();
        at_work.tasks.shutdown().await;
        let gave_back = async {
            let tx = self.db.begin().await?;
            store::settle(&self.cx, &tx, &self.taker, &finished).await?;
            store::release(&self.cx, &tx, &self.taker, &left).await?;
            tx.commit().await
        };
        if let Err(problem) = gave_back.await {
            tracing::error!(error = ?problem, "jobs were not given back; their leases will run out");
        }
    }
}

impl AtWork {
    /// Waits for the next job to end; nothing when none is at work.
    async fn next(&mut self) -> Option<Finished> {
        let ended = self.tasks.join_next_with_id().await?;
        self.finished(ended)
    }

    /// The jobs that have ended already.
    fn ended(&mut self) -> Vec<Finished> {
        let mut all = Vec::new();
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            all.extend(self.finished(ended));
        }
        all
    }

    fn finished(&mut self, ended: Result<(Id, Result<(), JobError>), JoinError>) -> Option<Finished> {
        let (task, outcome) = match ended {
            Ok((task, outcome)) => (task, outcome),
            // The handler has a defect; the others go on.
            Err(error) => (error.id(), Err(JobError::Retry(Problem::internal(error)))),
        };
        let (id, attempts) = self.jobs.remove(&task)?;
        if let Err(JobError::Retry(problem) | JobError::Dead(problem)) = &outcome {
            tracing::warn!(job = %id, attempts, code = problem.code, error = ?problem.source, "a job failed");
        }
        Some(Finished { id, attempts, outcome })
    }
}
