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
