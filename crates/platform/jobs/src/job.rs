//! What a job is and who does it.

use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The description of a piece of work, stored as JSON. It holds ids, not copies of data: by the time it runs,
/// the data has moved on; and a payload is no place for a personal number.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    /// The stable name that finds the handler, `noun.verb`.
    const KIND: &'static str;
}

/// Does the jobs of one kind.
///
/// A job is run **at least once**: again after an error, and again when the program died in the middle. The
/// handler makes a second run harmless, most simply by checking and writing in one transaction.
#[async_trait::async_trait]
pub trait Handler: Send + Sync {
    /// The [`Job::KIND`] it does.
    fn kind(&self) -> &'static str;

    /// Does one job. `cx` acts for the platform and carries the request that enqueued the job.
    ///
    /// # Errors
    /// What shall become of the job; a [`Problem`] by `?` means "try again".
    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError>;
}

/// Why a job is not done.
#[derive(Debug)]
pub enum JobError {
    /// Something failed that may work later; the waiting time doubles with each attempt, and after
    /// [`crate::Workers::ATTEMPTS`] attempts the job is dead.
    Retry(Problem),
    /// It is too early; run it at this moment. Does not count as an attempt.
    Later(Moment),
    /// It can never work. The job is kept among the dead until a person retries it.
    Dead(Problem),
}

impl From<Problem> for JobError {
    fn from(problem: Problem) -> Self {
        Self::Retry(problem)
    }
}
