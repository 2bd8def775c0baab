//! Working time: sessions of a day, and counting in them.

use chrono::{Days, Duration, NaiveDate};
use d06_kernel::time::{Moment, local_date};

/// A stretch of working time on one day, `from` included, `to` not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub to: Moment,
}

/// Longest stretch of days off that is looked through for the next session. Tết takes about ten days; a calendar
/// without any session for a year is broken, and counting then ends where it stands.
const LONGEST_REST: u32 = 366;

/// A calendar as the clock sees it: the sessions of each day. Days off have none.
pub trait WorkingTime: Send + Sync {
    /// The sessions of a day in order; none on a day off.
    fn sessions(&self, day: NaiveDate) -> Vec<Session>;
}

impl dyn WorkingTime + '_ {
    /// Whether there is work on the day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !self.sessions(day).is_empty()
    }

    /// The end of the last session of the day; `None` on a day off.
    pub fn close_of(&self, day: NaiveDate) -> Option<Moment> {
        self.sessions(day).last().map(|s| s.to)
    }

    /// The first working day on or after `day`.
    pub fn working_day_from(&self, day: NaiveDate) -> NaiveDate {
        days_from(day).find(|d| self.is_working_day(*d)).unwrap_or(day)
    }

    /// The `count`-th working day after `day`, which itself is not counted.
    pub fn working_day_after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        (0..count).fold(day, |d, _| self.working_day_from(d.succ_opt().unwrap_or(d)))
    }

    /// The `count`-th working day before `day`, which itself is not counted.
    pub fn working_day_before(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let before = |d: NaiveDate| {
            let mut days =
                std::iter::successors(d.pred_opt(), NaiveDate::pred_opt).take(LONGEST_REST as usize);
            days.find(|d| self.is_working_day(*d)).unwrap_or(d)
        };
        (0..count).fold(day, |d, _| before(d))
    }

    /// The moment itself within a session, else the start of the next session.
    pub fn session_start_from(&self, moment: Moment) -> Moment {
        self.sessions_from(moment).next().map_or(moment, |s| s.from)
    }

    /// The moment when so many working minutes after `moment` have passed. The last minute of a session ends it:
    /// 240 minutes from 8:00 are over at 12:00 and not at 13:00.
    pub fn add_minutes(&self, moment: Moment, minutes: u32) -> Moment {
        let mut left = Duration::minutes(i64::from(minutes));
        let mut reached = moment;
        for session in self.sessions_from(moment) {
            let length = session.to - session.from;
            if left <= Duration::zero() {
                break;
            }
            reached = session.from + left.min(length);
            left -= length;
        }
        reached
    }

    /// The working minutes between two moments, negative if `to` is before `from`; part minutes are dropped.
    pub fn minutes_between(&self, from: Moment, to: Moment) -> i64 {
        if to < from {
            return -self.minutes_between(to, from);
        }
        let worked = days_from(local_date(from))
            .take_while(|day| *day <= local_date(to))
            .flat_map(|day| self.sessions(day))
            .map(|s| (s.to.min(to) - s.from.max(from)).max(Duration::zero()));
        worked.fold(Duration::zero(), |sum, part| sum + part).num_minutes()
    }

    /// The sessions from a moment on, the first one cut to what is left of it.
    fn sessions_from(&self, moment: Moment) -> impl Iterator<Item = Session> {
        let days = days_from(local_date(moment));
        let sessions = days.map(|day| self.sessions(day));
        // A rest longer than any that exists ends the count.
        let within_reach = sessions.scan(0, |rest, of_day| {
            *rest = if of_day.is_empty() { *rest + 1 } else { 0 };
            (*rest <= LONGEST_REST).then_some(of_day)
        });
        within_reach
            .flatten()
            .filter(move |s| s.to > moment)
            .map(move |s| Session { from: s.from.max(moment), to: s.to })
    }
}

fn days_from(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(day), |d| d.checked_add_days(Days::new(1)))
}
