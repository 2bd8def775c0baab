//! The provider's published keys, kept and asked for anew when a token names one that we do not know.

use chrono::Duration;
use d06_kernel::time::Moment;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use std::sync::{Arc, PoisonError, RwLock};

/// An unknown key makes us ask again, but not more often than this: forged key ids must not become a flood.
const PAUSE: Duration = Duration::seconds(10);

/// Keys with the moment we got them.
type Kept = Option<(Arc<JwkSet>, Moment)>;

/// The provider's keys as we know them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys(Arc<RwLock<Kept>>);

impl Keys {
    /// The key of an id, among those we have.
    pub(crate) fn find(&self, id: &str) -> Option<Jwk> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().and_then(|(set, _)| set.find(id).cloned())
    }

    /// Whether it is time to ask for the keys.
    pub(crate) fn may_ask(&self, now: Moment) -> bool {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().is_none_or(|(_, at)| now >= *at + PAUSE)
    }

    /// Keeps what was published.
    pub(crate) fn put(&self, set: JwkSet, now: Moment) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((Arc::new(set), now));
    }
}
