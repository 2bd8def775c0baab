//! The working calendar: which days are worked, in which sessions, and when a term ends.
//!
//! Two kinds of term occur in law and they are counted differently:
//!
//! - **Working time.** Internal procedures give each step working hours (8 hours = 1 day). They run only
//!   inside sessions: [`WorkingCalendar::add_working_minutes`]. What arrives outside a session counts from
//!   the start of the next one: [`WorkingCalendar::counting_start`].
//! - **Days.** The day of the event is not counted (Civil Code 2015 Art. 147 para. 2), and a term whose last
//!   day is a day off ends with the next working day (Art. 148 para. 5):
//!   [`WorkingCalendar::add_calendar_days`], [`WorkingCalendar::add_working_days`],
//!   [`WorkingCalendar::add_months`].
//!
//! Holidays, swapped days and make-up working days are announced year by year, sometimes a week before;
//! sessions differ by place. So all of it is data (`data/calendar`) with dates, and the calendar is a value
//! that can be parsed anew. A due date that was told to somebody is stored with the dossier, never recomputed
//! silently.
//!
//! ```
//! use d06_kernel::calendar::WorkingCalendar;
//! use d06_kernel::time::from_local;
//!
//! let calendar = WorkingCalendar::national()?;
//! let at = |text: &str| from_local(text.parse().unwrap());
//! // Friday 28 August 2026, 16:00. Monday 31 August was swapped off, 1 and 2 September are holidays.
//! let due = calendar.add_working_minutes(at("2026-08-28T16:00:00"), 8 * 60);
//! assert_eq!(due, at("2026-09-03T16:00:00"));
//! # Ok::<(), d06_kernel::calendar::CalendarError>(())
//! ```

mod day;
mod hours;
mod term;

pub use day::{SpecialDay, SpecialDayKind};
pub use hours::Session;

use chrono::NaiveDate;
use hours::Hours;
use std::collections::BTreeMap;

/// The nation-wide list of special days.
const DAYS_OFF: &str = include_str!("../../../../../data/calendar/days_off.csv");
/// The usual sessions.
const HOURS: &str = include_str!("../../../../../data/calendar/hours.toml");

/// Why calendar data was refused.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The list of days is not the CSV that is expected.
    #[error("list of days")]
    Days(#[from] csv::Error),
    /// The hours are not the TOML that is expected.
    #[error("working hours")]
    Hours(#[from] toml::de::Error),
    /// A session is not a time of day, ends before it begins, or overlaps the one before.
    #[error("session {0} is not a time after the one before")]
    Session(String),
    /// The periods are not in order, or there is none.
    #[error("the periods of the working hours are missing or out of order")]
    Periods,
    /// A period without any session: no term would ever end.
    #[error("the period from {0} has no working session in a week")]
    NoSession(NaiveDate),
}

/// Which days are worked and when; see the module documentation.
#[derive(Clone, Debug)]
pub struct WorkingCalendar {
    days: BTreeMap<NaiveDate, SpecialDay>,
    hours: Hours,
}

impl WorkingCalendar {
    /// A calendar from a list of special days (CSV: `date,kind,name,basis,confidence`) and working hours
    /// (TOML).
    ///
    /// # Errors
    /// If either text is not of its form, or if some period has no session.
    pub fn parse(days: &str, hours: &str) -> Result<Self, CalendarError> {
        let days = day::parse(days)?.into_iter().map(|day| (day.date, day)).collect();
        Ok(Self { days, hours: Hours::parse(hours)? })
    }

    /// The calendar of the data that is shipped.
    ///
    /// # Errors
    /// Only if the shipped data is damaged, which a test excludes.
    pub fn national() -> Result<Self, CalendarError> {
        Self::parse(DAYS_OFF, HOURS)
    }

    /// Adds a special day, or replaces what was known of that day.
    pub fn set_day(&mut self, day: SpecialDay) {
        self.days.insert(day.date, day);
    }

    /// The special days, by date.
    pub fn special_days(&self) -> impl Iterator<Item = &SpecialDay> {
        self.days.values()
    }

    /// What is special about a day, if anything.
    pub fn special_day(&self, date: NaiveDate) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    /// The working sessions of a day, in order; empty on a day off.
    pub fn sessions(&self, date: NaiveDate) -> &[Session] {
        if let Some(sessions) = self.hours.exception(date) {
            return sessions;
        }
        match self.days.get(&date).map(|day| day.kind) {
            Some(SpecialDayKind::Holiday | SpecialDayKind::SwapOff) => &[],
            Some(SpecialDayKind::MakeupWork) => self.hours.period(date).workday(),
            None => self.hours.period(date).of_weekday(date),
        }
    }

    /// Whether any session is worked on that day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.sessions(date).is_empty()
    }

    /// Working minutes that "one day" means in an internal procedure (480: 8 hours = 1 day).
    pub fn minutes_per_day(&self, date: NaiveDate) -> u32 {
        self.hours.period(date).minutes_per_day()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_calendar_knows_2026() {
        let calendar = WorkingCalendar::national().unwrap();
        for off in
            ["2026-01-02", "2026-02-17", "2026-04-27", "2026-08-31", "2026-11-24", "2026-11-21", "2026-11-22"]
        {
            assert!(!calendar.is_working_day(date(off)), "{off}");
        }
        for worked in ["2026-01-10", "2026-08-22", "2026-04-24", "2026-11-23", "2026-11-25"] {
            assert!(calendar.is_working_day(date(worked)), "{worked}");
        }
        assert_eq!(calendar.special_days().count(), 54);
        assert_eq!(calendar.minutes_per_day(date("2026-06-15")), 480);
    }

    #[test]
    fn a_day_announced_late_can_be_set() {
        let mut calendar = WorkingCalendar::national().unwrap();
        assert!(calendar.is_working_day(date("2026-12-31")));
        calendar.set_day(SpecialDay {
            date: date("2026-12-31"),
            kind: SpecialDayKind::SwapOff,
            name: "Hoán đổi".into(),
            basis: "công văn".into(),
            confidence: "published".into(),
        });
        assert!(!calendar.is_working_day(date("2026-12-31")));
    }

    #[test]
    fn hours_have_dates_days_and_exceptions() {
        let hours = r#"
            [[period]]
            from = "2026-01-01"
            sessions = [["08:00", "12:00"], ["13:30", "17:30"]]
            by_day = { sat = [["07:30", "11:30"]], wed = [] }
            basis = "test"
            [[period]]
            from = "2026-07-01"
            sessions = [["13:00", "17:00"]]
            minutes_per_day = 240
            basis = "afternoons only"
            [[exception]]
            date = "2026-07-02"
            sessions = [["09:00", "10:00"]]
            basis = "power cut"
        "#;
        let calendar = WorkingCalendar::parse("date,kind,name,basis,confidence\n", hours).unwrap();
        let starts = |day: &str| -> Vec<String> {
            calendar
                .sessions(date(day))
                .iter()
                .map(|session| session.start.format("%H:%M").to_string())
                .collect()
        };
        assert_eq!(starts("2026-06-26"), ["08:00", "13:30"]);
        assert_eq!(starts("2026-06-27"), ["07:30"]);
        assert_eq!(starts("2026-06-28"), [""; 0]);
        assert_eq!(starts("2026-06-24"), [""; 0]);
        assert_eq!(starts("2026-07-01"), ["13:00"]);
        assert_eq!(starts("2026-07-02"), ["09:00"]);
        assert_eq!(starts("2019-01-04"), ["08:00", "13:30"]);
        assert_eq!(calendar.minutes_per_day(date("2026-07-01")), 240);
    }

    #[test]
    fn senseless_hours_are_refused() {
        let parse = |hours: &str| WorkingCalendar::parse("date,kind,name,basis,confidence\n", hours);
        let period = |body: &str| parse(&format!("[[period]]\nfrom = \"2026-01-01\"\nbasis = \"\"\n{body}"));
        assert!(matches!(parse("period = []"), Err(CalendarError::Periods)));
        assert!(matches!(period("sessions = []"), Err(CalendarError::NoSession(_))));
        assert!(matches!(period("sessions = [[\"12:00\", \"09:00\"]]"), Err(CalendarError::Session(_))));
        assert!(matches!(
            period("sessions = [[\"08:00\", \"12:00\"], [\"11:00\", \"13:00\"]]"),
            Err(CalendarError::Session(_))
        ));
        assert!(matches!(period("sessions = [[\"8 o'clock\", \"09:00\"]]"), Err(CalendarError::Session(_))));
        assert!(
            WorkingCalendar::parse("date,kind,name,basis,confidence\n2026-02-30,holiday,,,\n", HOURS)
                .is_err()
        );
    }
}
