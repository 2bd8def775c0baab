//! Who wants to know what.

use crate::deliver::Deliverer;
use crate::event::Event;
use d06_db::{Db, Tx};
use d06_jobs::Handler;
use d06_kernel::{Cx, Problem};
use serde_json::Value;
use std::sync::Arc;

/// Wants to know of events of some kinds.
///
/// Each event is delivered by a job of its own, at least once. [`handle`](Self::handle) writes into the
/// transaction that also records the delivery, so its effect on the database happens exactly once. It must
/// not wait for a network, since a write transaction is open; what has to be fetched or sent is done before,
/// in [`prepare`](Self::prepare), which may run more than once.
#[async_trait::async_trait]
pub trait Subscriber: Send + Sync {
    /// The stable name, `crate.what-it-does`; renaming it makes it another subscriber.
    fn name(&self) -> &'static str;

    /// The kinds of events it wants.
    fn kinds(&self) -> &[&'static str];

    /// Does what must be done outside a transaction: calls a port, reads a file. Nothing, if not said.
    ///
    /// # Errors
    /// The delivery is tried again later.
    async fn prepare(&self, _cx: &Cx, _event: &Event) -> Result<Value, Problem> {
        Ok(Value::Null)
    }

    /// Writes what follows from the event. `prepared` is what [`prepare`](Self::prepare) gave.
    ///
    /// # Errors
    /// The transaction is rolled back and the delivery tried again later.
    async fn handle(&self, cx: &Cx, tx: &Tx, event: &Event, prepared: Value) -> Result<(), Problem>;
}

/// All subscribers. Cloning shares them.
#[derive(Clone, Default)]
pub struct Bus(Arc<Vec<Arc<dyn Subscriber>>>);

impl Bus {
    /// A bus with these subscribers.
    pub fn new(subscribers: Vec<Arc<dyn Subscriber>>) -> Self {
        Self(Arc::new(subscribers))
    }

    /// The handlers that the workers need to deliver events.
    pub fn handlers(&self, db: &Db) -> Vec<Arc<dyn Handler>> {
        vec![Arc::new(Deliverer::new(db.clone(), self.clone()))]
    }

    /// The subscribers of a kind of event.
    pub(crate) fn subscribers_of(&self, kind: &str) -> impl Iterator<Item = &Arc<dyn Subscriber>> {
        self.0.iter().filter(move |subscriber| subscriber.kinds().contains(&kind))
    }

    /// A subscriber by name.
    pub(crate) fn subscriber(&self, name: &str) -> Option<Arc<dyn Subscriber>> {
        self.0.iter().find(|subscriber| subscriber.name() == name).cloned()
    }
}
