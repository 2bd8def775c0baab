use super::CalendarError;
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A stretch of working time within a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// When it begins.
    pub start: NaiveTime,
    /// When it ends; later than the start.
    pub end: NaiveTime,
}

/// Working minutes of a day unless a period says otherwise (Labour Code 2019 Art. 105).
const DEFAULT_MINUTES_PER_DAY: u32 = 480;

/// Working hours by date.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    /// By first day; never empty, and each has a session in every week.
    periods: Vec<Period>,
    exceptions: BTreeMap<NaiveDate, Vec<Session>>,
}

/// Working hours from a day on.
#[derive(Clone, Debug)]
pub(super) struct Period {
    from: NaiveDate,
    workday: Vec<Session>,
    week: [Vec<Session>; 7],
    minutes_per_day: u32,
}

impl Period {
    pub(super) fn workday(&self) -> &[Session] {
        &self.workday
    }

    pub(super) fn of_weekday(&self, date: NaiveDate) -> &[Session] {
        &self.week[date.weekday().num_days_from_monday() as usize]
    }

    pub(super) fn minutes_per_day(&self) -> u32 {
        self.minutes_per_day
    }
}

impl Hours {
    pub(super) fn parse(text: &str) -> Result<Self, CalendarError> {
        let file: HoursFile = toml::from_str(text)?;
        let periods = file.period.into_iter().map(PeriodEntry::check).collect::<Result<Vec<_>, _>>()?;
        if periods.is_empty() || !periods.is_sorted_by(|one, next| one.from < next.from) {
            return Err(CalendarError::Periods);
        }
        let exceptions = file
            .exception
            .into_iter()
            .map(|entry| Ok((entry.date, sessions(&entry.sessions)?)))
            .collect::<Result<_, CalendarError>>()?;
        Ok(Self { periods, exceptions })
    }

    /// The sessions of a day that has its own.
    pub(super) fn exception(&self, date: NaiveDate) -> Option<&[Session]> {
        self.exceptions.get(&date).map(Vec::as_slice)
    }

    /// The period of a day.
    pub(super) fn period(&self, date: NaiveDate) -> &Period {
        let after = self.periods.partition_point(|period| period.from <= date);
        &self.periods[after.saturating_sub(1)]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursFile {
    period: Vec<PeriodEntry>,
    #[serde(default)]
    exception: Vec<ExceptionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodEntry {
    from: NaiveDate,
    sessions: Vec<[String; 2]>,
    #[serde(default)]
    by_day: BTreeMap<DayName, Vec<[String; 2]>>,
    minutes_per_day: Option<u32>,
    /// The document that says so. Read so that it cannot be left out.
    #[serde(rename = "basis")]
    _basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptionEntry {
    date: NaiveDate,
    sessions: Vec<[String; 2]>,
    #[serde(rename = "basis")]
    _basis: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DayName {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

const DAY_NAMES: [(DayName, Weekday); 7] = [
    (DayName::Mon, Weekday::Mon),
    (DayName::Tue, Weekday::Tue),
    (DayName::Wed, Weekday::Wed),
    (DayName::Thu, Weekday::Thu),
    (DayName::Fri, Weekday::Fri),
    (DayName::Sat, Weekday::Sat),
    (DayName::Sun, Weekday::Sun),
];

impl PeriodEntry {
    fn check(self) -> Result<Period, CalendarError> {
        let workday = sessions(&self.sessions)?;
        let mut week: [Vec<Session>; 7] = Default::default();
        for ((name, weekday), sessions_of_day) in DAY_NAMES.into_iter().zip(&mut week) {
            *sessions_of_day = match self.by_day.get(&name) {
                Some(own) => sessions(own)?,
                None if matches!(weekday, Weekday::Sat | Weekday::Sun) => Vec::new(),
                None => workday.clone(),
            };
        }
        if week.iter().all(Vec::is_empty) {
            return Err(CalendarError::NoSession(self.from));
        }
        let minutes_per_day = self.minutes_per_day.unwrap_or(DEFAULT_MINUTES_PER_DAY);
        Ok(Period { from: self.from, workday, week, minutes_per_day })
    }
}

/// Sessions of a day, each after the one before.
fn sessions(entries: &[[String; 2]]) -> Result<Vec<Session>, CalendarError> {
    let mut sessions: Vec<Session> = Vec::with_capacity(entries.len());
    for [start, end] in entries {
        let wrong = || CalendarError::Session(format!("{start}–{end}"));
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| wrong());
        let session = Session { start: time(start)?, end: time(end)? };
        let free_from = sessions.last().map_or(NaiveTime::MIN, |last| last.end);
        if session.start < free_from || session.end <= session.start {
            return Err(wrong());
        }
        sessions.push(session);
    }
    Ok(sessions)
}
