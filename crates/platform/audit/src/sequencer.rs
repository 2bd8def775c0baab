//! Placing entries for as long as the program runs.

use crate::checkpoint::SigningKey;
use crate::integrate::integrate;
use d06_db::Db;
use d06_kernel::{Cx, Problem};
use std::future::Future;
use std::time::Duration;
use tokio::time::sleep;

/// How often the sequencer looks: an entry waits no longer for its place.
const EVERY: Duration = Duration::from_secs(1);

/// Places committed entries every second; see [`integrate`]. Several servers may each run one: whoever is
/// faster places the entries, the other sees that they have a place.
#[derive(Debug)]
pub struct Sequencer {
    cx: Cx,
    db: Db,
    key: SigningKey,
}

impl Sequencer {
    /// A sequencer that signs with `key`.
    pub fn new(cx: Cx, db: Db, key: SigningKey) -> Self {
        Self { cx, db, key }
    }

    /// Works until `shutdown` is ready, then places once more what the last operations wrote.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = std::pin::pin!(shutdown);
        let mut from_the_start = true;
        loop {
            // A sweep through the whole log is repeated until it has succeeded once.
            from_the_start = self.turn(from_the_start).await.is_err() && from_the_start;
            tokio::select! {
                () = &mut shutdown => break,
                () = sleep(EVERY) => {}
            }
        }
        // What fails here is placed by the next start.
        let _ = self.turn(false).await;
    }

    async fn turn(&self, from_the_start: bool) -> Result<(), Problem> {
        match integrate(&self.cx, &self.db, &self.key, from_the_start).await {
            Ok(_) => Ok(()),
            Err(problem) => {
                // To be raced by another server is the ordinary life of a sequencer.
                if problem.code != "audit.raced" {
                    tracing::error!(code = problem.code, error = ?problem.source, "entries were not placed");
                }
                Err(problem)
            }
        }
    }
}
