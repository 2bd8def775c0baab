//! Wake-ups inside one process, given when a transaction commits.
//!
//! A worker that waits for rows need not poll in a tight loop: the transaction that writes a row says
//! [`Tx::signal`](crate::Tx::signal), the worker holds a [`Listener`]. A signal is a hint and never the only
//! way to learn of a row: another server's commit is not heard here, so every listener also looks from time
//! to time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// All topics of one database in this process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signals(Arc<Mutex<BTreeMap<&'static str, Arc<Notify>>>>);

impl Signals {
    fn topic(&self, topic: &'static str) -> Arc<Notify> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(topic).or_default().clone()
    }

    /// Wakes the listeners of a topic, or the next one to come when none waits now.
    pub(crate) fn raise(&self, topic: &'static str) {
        self.topic(topic).notify_one();
    }

    pub(crate) fn listen(&self, topic: &'static str) -> Listener {
        Listener(self.topic(topic))
    }
}

/// Waits for commits that concern one topic; made by [`Db::listen`](crate::Db::listen).
#[derive(Clone, Debug)]
pub struct Listener(Arc<Notify>);

impl Listener {
    /// Returns after the next commit that raised the topic. A commit that happened since the last call
    /// counts, so nothing is lost between looking at the table and waiting. With several waiters one is
    /// woken.
    pub async fn heard(&self) {
        self.0.notified().await;
    }
}
