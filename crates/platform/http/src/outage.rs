//! What does not work at the moment.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

/// The outages that every page tells of, by message id. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Outages(Arc<RwLock<BTreeSet<&'static str>>>);

impl Outages {
    /// Something stopped working; `message` is the id of the text that says so.
    pub fn begin(&self, message: &'static str) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(message);
    }

    /// It works again.
    pub fn end(&self, message: &'static str) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(message);
    }

    /// The ids of what does not work now.
    pub fn now(&self) -> Vec<&'static str> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }
}
