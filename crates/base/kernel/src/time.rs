//! Moments and the clock that tells them.
//!
//! A moment is UTC, truncated to microseconds (what PostgreSQL keeps; anything finer would compare unequal
//! after a round trip). Civil time is Indochina Time, UTC+7 without daylight saving, the legal time of
//! Việt Nam (Decision 134/2002/QĐ-TTg).

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, TimeZone, Utc};
use std::sync::{Arc, Mutex};

/// A moment in UTC with microsecond precision.
pub type Moment = DateTime<Utc>;

/// Seconds that Vietnamese legal time is ahead of UTC.
const VIETNAM_OFFSET_SECONDS: i32 = 7 * 3600;

/// The offset of Vietnamese legal time.
pub fn vietnam() -> FixedOffset {
    FixedOffset::east_opt(VIETNAM_OFFSET_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// The civil date and time in Việt Nam of a moment.
pub fn local(moment: Moment) -> NaiveDateTime {
    moment.with_timezone(&vietnam()).naive_local()
}

/// The civil date in Việt Nam of a moment.
pub fn local_date(moment: Moment) -> NaiveDate {
    local(moment).date()
}

/// The moment of a Vietnamese civil date and time.
pub fn from_local(civil: NaiveDateTime) -> Moment {
    // A fixed offset maps every civil time to exactly one moment.
    vietnam().from_local_datetime(&civil).single().map_or_else(|| civil.and_utc(), |t| t.with_timezone(&Utc))
}

/// Tells the time. The system clock in production, [`SetClock`] in tests and replays.
pub trait Clock: Send + Sync {
    /// The present moment, truncated to microseconds.
    fn now(&self) -> Moment;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Moment {
        Utc::now().trunc_subsecs(6)
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug, Clone)]
pub struct SetClock(Arc<Mutex<Moment>>);

impl SetClock {
    /// A clock that shows `moment`.
    pub fn at(moment: Moment) -> Self {
        Self(Arc::new(Mutex::new(moment.trunc_subsecs(6))))
    }

    /// Moves the clock to `moment`.
    pub fn set(&self, moment: Moment) {
        *self.lock() = moment.trunc_subsecs(6);
    }

    /// Moves the clock on by `step`.
    pub fn advance(&self, step: chrono::Duration) {
        let mut now = self.lock();
        *now += step;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Moment> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for SetClock {
    fn now(&self) -> Moment {
        *self.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_set_clock_stands_still_until_moved() {
        let clock = SetClock::at(from_local("2026-06-15T09:00:00.123456789".parse().unwrap()));
        assert_eq!(local(clock.now()).to_string(), "2026-06-15 09:00:00.123456");
        clock.advance(chrono::Duration::hours(20));
        assert_eq!(local_date(clock.now()).to_string(), "2026-06-16");
        assert_eq!(local_date("2026-06-15T17:00:00Z".parse().unwrap()).to_string(), "2026-06-16");
    }

    proptest! {
        #[test]
        fn civil_time_and_moment_are_two_names_of_one_thing(seconds in -4_000_000_000_i64..4_000_000_000) {
            let moment = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
            prop_assert_eq!(from_local(local(moment)), moment);
        }
    }
}
