//! A circuit breaker: after several failures in a row the database is left alone for a while, so that the counter
//! does not wait for every time limit and a struggling database is not made to struggle more.

use chrono::Duration;
use d06_kernel::time::Moment;
use std::sync::{Mutex, PoisonError};

/// Failures in a row that open the breaker.
const FAILURES: u32 = 5;
/// How long it stays open, in seconds; then one question is let through to try.
pub(super) const REST_SECONDS: i64 = 10;

#[derive(Default)]
struct State {
    failures: u32,
    rests_until: Option<Moment>,
}

/// The breaker of one database.
#[derive(Default)]
pub(super) struct Breaker(Mutex<State>);

impl Breaker {
    /// Whether a question may be asked now.
    pub(super) fn admits(&self, now: Moment) -> bool {
        let mut state = self.lock();
        match state.rests_until {
            Some(until) if now < until => false,
            Some(_) => {
                // This question tries; the others rest on until it is answered or fails.
                state.rests_until = Some(now + Duration::seconds(REST_SECONDS));
                true
            }
            None => true,
        }
    }

    pub(super) fn succeeded(&self) {
        *self.lock() = State::default();
    }

    pub(super) fn failed(&self, now: Moment) {
        let mut state = self.lock();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.rests_until = Some(now + Duration::seconds(REST_SECONDS));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_lets_one_try_and_closes_on_success() {
        let breaker = Breaker::default();
        let now = Moment::UNIX_EPOCH;
        for _ in 0..FAILURES {
            assert!(breaker.admits(now));
            breaker.failed(now);
        }
        assert!(!breaker.admits(now));
        let later = now + Duration::seconds(REST_SECONDS);
        assert!(breaker.admits(later));
        assert!(!breaker.admits(later), "only one tries");
        breaker.succeeded();
        assert!(breaker.admits(later));
    }
}
