//! Placing entries for as long as the program runs.

use crate::checkpoint::{Checkpoint, SigningKey};
use crate::integrate::integrate;
use crate::publish::Outside;
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
    outside: Option<Outside>,
}

impl Sequencer {
    /// A sequencer that signs with `key`.
    pub fn new(cx: Cx, db: Db, key: SigningKey) -> Self {
        Self { cx, db, key, outside: None }
    }

    /// The same sequencer, which also keeps the newest head in a file outside the database.
    #[must_use]
    pub fn publishing(self, outside: Outside) -> Self {
        Self { outside: Some(outside), ..self }
    }

    /// Works until `shutdown` is ready, then places once more what the last operations wrote.
    pub async fn run(mut self, shutdown: impl Future<Output = ()> + Send) {
        self.compare().await;
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
            Ok(head) => {
                self.publish(head);
                Ok(())
            }
            Err(problem) => {
                // To be raced by another server is the ordinary life of a sequencer.
                if problem.code != "audit.raced" {
                    tracing::error!(code = problem.code, error = ?problem.source, "entries were not placed");
                }
                Err(problem)
            }
        }
    }

    /// At the start: a log that does not go on from the head outside was set back or rewritten. The file is left as
    /// it is, for `verify` to tell what is missing.
    async fn compare(&mut self) {
        let Some(outside) = &self.outside else { return };
        let compared = async {
            let tx = self.db.read().await?;
            outside.agrees(&tx, &self.key.public()).await
        };
        let file = outside.path().display();
        match compared.await {
            Ok(true) => return,
            Ok(false) => {
                tracing::error!(%file, "the log does not continue the checkpoint kept outside: verify it")
            }
            Err(problem) => {
                tracing::error!(%file, error = ?problem, "the checkpoint kept outside was not compared")
            }
        }
        self.outside = None;
    }

    fn publish(&self, head: Option<Checkpoint>) {
        let (Some(outside), Some(head)) = (&self.outside, head) else { return };
        if let Err(error) = outside.write(&head, &self.key) {
            tracing::error!(file = %outside.path().display(), %error, "the checkpoint was not kept outside");
        }
    }
}
