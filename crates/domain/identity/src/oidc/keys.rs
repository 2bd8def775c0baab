//! The provider's published keys, kept and asked for anew when a token names one that we do not know.

use chrono::Duration;
use d06_kernel::time::Moment;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::MutexGuard;

/// How often an unknown key may make us ask within [`WINDOW`]: a key that was just rotated is fetched at once, and
/// forged key ids do not become a flood.
const MOST_ASKED: usize = 6;
const WINDOW: Duration = Duration::minutes(1);

/// The provider's keys as we know them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    kept: Arc<RwLock<Option<JwkSet>>>,
    asked: Arc<Mutex<VecDeque<Moment>>>,
    asking: Arc<tokio::sync::Mutex<()>>,
}

impl Keys {
    /// The key of an id, among those we have.
    pub(crate) fn find(&self, id: &str) -> Option<Jwk> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().and_then(|set| set.find(id).cloned())
    }

    /// The turn to ask: of many who need the same key at once, one asks and the others wait for what comes.
    pub(crate) async fn turn(&self) -> MutexGuard<'_, ()> {
        self.asking.lock().await
    }

    /// Whether the keys may be asked for now; counts it if so.
    pub(crate) fn may_ask(&self, now: Moment) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        while asked.front().is_some_and(|at| *at + WINDOW <= now) {
            asked.pop_front();
        }
        let may = asked.len() < MOST_ASKED;
        if may {
            asked.push_back(now);
        }
        may
    }

    /// Keeps what was published.
    pub(crate) fn put(&self, set: JwkSet) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(set);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_make_us_ask_at_once_and_not_without_end() {
        let (keys, now) = (Keys::default(), Moment::UNIX_EPOCH);
        let asked = (0..100).filter(|second| keys.may_ask(now + Duration::milliseconds(*second))).count();
        assert_eq!(asked, MOST_ASKED);
        assert!(keys.may_ask(now + WINDOW));
    }
}
