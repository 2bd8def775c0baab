//! The calendar of the tests: the days off of 2024–2027 as published, eight hours a day in two sessions.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::time::{Moment, from_local};
use d06_procedures::model::clock::{DeadlineClock, DeadlineRules};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Days off and make-up days.
#[derive(Clone, Debug, Default)]
pub(crate) struct TestCalendar {
    pub(crate) off: BTreeSet<NaiveDate>,
    pub(crate) made_up: BTreeSet<NaiveDate>,
}

impl TestCalendar {
    pub(crate) fn published() -> Self {
        let mut calendar = Self::default();
        let table = include_str!("../../../../../data/calendar/days_off.csv");
        for line in table.lines().skip(1) {
            let mut cells = line.split(',');
            let day: NaiveDate = cells.next().unwrap().parse().unwrap();
            match cells.next().unwrap() {
                "makeup_work" => calendar.made_up.insert(day),
                _ => calendar.off.insert(day),
            };
        }
        calendar
    }

    pub(crate) fn works(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.made_up.contains(&day) || (!weekend && !self.off.contains(&day))
    }
}

impl TestCalendar {
    /// The same as the calendar of the kernel reads it.
    fn to_calendar(&self) -> WorkingCalendar {
        let mut days = "date,kind,name,basis,confidence\n".to_owned();
        for day in self.off.difference(&self.made_up) {
            writeln!(days, "{day},holiday,,,published").unwrap();
        }
        for day in &self.made_up {
            writeln!(days, "{day},makeup_work,,,published").unwrap();
        }
        let hours = r#"
            [[period]]
            from = "2020-01-01"
            sessions = [["08:00", "12:00"], ["13:00", "17:00"]]
            basis = "the tests"
        "#;
        WorkingCalendar::parse(&days, hours).unwrap()
    }
}

/// The clock by the published calendar and the shipped rules.
pub(crate) fn clock() -> DeadlineClock {
    clock_by(TestCalendar::published())
}

pub(crate) fn clock_by(calendar: TestCalendar) -> DeadlineClock {
    DeadlineClock::new(calendar.to_calendar(), DeadlineRules::shipped().unwrap())
}

/// A Vietnamese civil time: `2026-06-15 09:00`.
pub(crate) fn at(text: &str) -> Moment {
    from_local(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
}
