//! When a recurring task is due: monthly, quarterly, half-yearly, yearly, or several of them, as reports are.

use chrono::{Datelike, Days, Months, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// One beat of a rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beat {
    /// Every month, on a day of it or its last day if it has none such.
    Monthly(u32),
    /// In the last month of every quarter, on a day of it.
    Quarterly(u32),
    /// Twice a year: on a day of a month and of the month half a year later.
    HalfYearly(u32, u32),
    /// Every year, on a day of a month.
    Yearly(u32, u32),
}

/// The beats of a recurring task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm(Vec<Beat>);

/// One time that a recurring task is due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Last day.
    pub due_on: NaiveDate,
    /// The period it is for: `2026-06`, `2026-Q2`, `2026-H1`, `2026`.
    pub period: String,
}

/// A text that is no rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a rhythm")]
pub struct NotARhythm;

impl Rhythm {
    /// A rhythm of beats, each once.
    ///
    /// # Errors
    /// No beat, or a day that no month has.
    pub fn new(mut beats: Vec<Beat>) -> Result<Self, NotARhythm> {
        beats.sort_unstable();
        beats.dedup();
        let fits = |beat: &Beat| match *beat {
            Beat::Monthly(day) | Beat::Quarterly(day) => (1..=31).contains(&day),
            Beat::HalfYearly(day, month) | Beat::Yearly(day, month) => {
                // 2024 has a 29 February.
                NaiveDate::from_ymd_opt(2024, month, day).is_some()
            }
        };
        if beats.is_empty() || !beats.iter().all(fits) { Err(NotARhythm) } else { Ok(Self(beats)) }
    }

    /// Its beats.
    pub fn beats(&self) -> &[Beat] {
        &self.0
    }

    /// The occurrences due from one day to another, both included, soonest first.
    pub fn occurrences(&self, from: NaiveDate, to: NaiveDate) -> Vec<Occurrence> {
        let mut found = Vec::new();
        let mut month = from.with_day(1).unwrap_or(from);
        while month <= to {
            found.extend(self.0.iter().filter_map(|beat| beat.in_month(month)));
            let Some(next) = month.checked_add_months(Months::new(1)) else { break };
            month = next;
        }
        found.retain(|occurrence| (from..=to).contains(&occurrence.due_on));
        found.sort();
        found
    }

    /// The rhythm that the words of a plan name: "định kỳ trước ngày 15 hằng tháng, 6 tháng (trước ngày 15/6), 01 năm
    /// (trước ngày 15/12)". `None` if they name no days ("thường xuyên").
    pub fn of_words(words: &str) -> Option<Self> {
        let folded = d06_kernel::text::search_key(words);
        let parts: Vec<&str> = folded.split(|c: char| c.is_whitespace() || ",;().".contains(c)).collect();
        let tokens: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let mut beats = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if let Some((day, month)) = day_and_month(token) {
                let before = tokens.get(..at).unwrap_or_default();
                match period_before(before) {
                    Some("half") => beats.push(Beat::HalfYearly(day, month)),
                    Some("year") => beats.push(Beat::Yearly(day, month)),
                    _ => {}
                }
            } else if let Ok(day) = token.parse::<u32>()
                && at > 0
                && tokens.get(at - 1) == Some(&"ngay")
                && let (Some(&every), Some(&unit)) = (tokens.get(at + 1), tokens.get(at + 2))
                && ["hang", "moi", "cua"].contains(&every)
            {
                match unit {
                    "thang" => beats.push(Beat::Monthly(day)),
                    "quy" => beats.push(Beat::Quarterly(day)),
                    _ => {}
                }
            }
        }
        Self::new(beats).ok()
    }
}

/// Which period is named last before a date.
fn period_before(tokens: &[&str]) -> Option<&'static str> {
    tokens.windows(2).rev().find_map(|pair| match pair {
        ["6" | "06" | "sau", "thang"] => Some("half"),
        ["1" | "01" | "mot" | "hang", "nam"] => Some("year"),
        _ => None,
    })
}

/// `15/6` as day and month.
fn day_and_month(token: &str) -> Option<(u32, u32)> {
    let (day, month) = token.split_once('/')?;
    Some((day.parse().ok()?, month.parse().ok()?))
}

impl Beat {
    /// Its occurrence in the month that begins on a day, if it has one there.
    fn in_month(self, first: NaiveDate) -> Option<Occurrence> {
        let (year, month) = (first.year(), first.month());
        let (day, period) = match self {
            Self::Monthly(day) => (day, format!("{year}-{month:02}")),
            Self::Quarterly(day) if month.is_multiple_of(3) => (day, format!("{year}-Q{}", month / 3)),
            Self::HalfYearly(day, base) if month % 6 == base % 6 => {
                (day, format!("{year}-H{}", if month <= 6 { 1 } else { 2 }))
            }
            Self::Yearly(day, base) if month == base => (day, year.to_string()),
            _ => return None,
        };
        let last = first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))?;
        Some(Occurrence { due_on: first.with_day(day).unwrap_or(last), period })
    }
}

impl fmt::Display for Beat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Monthly(day) => write!(f, "monthly:{day}"),
            Self::Quarterly(day) => write!(f, "quarterly:{day}"),
            Self::HalfYearly(day, month) => write!(f, "half-yearly:{day}/{month}"),
            Self::Yearly(day, month) => write!(f, "yearly:{day}/{month}"),
        }
    }
}

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beats: Vec<String> = self.0.iter().map(Beat::to_string).collect();
        f.write_str(&beats.join(" "))
    }
}

impl FromStr for Beat {
    type Err = NotARhythm;

    fn from_str(text: &str) -> Result<Self, NotARhythm> {
        let (name, when) = text.split_once(':').ok_or(NotARhythm)?;
        let day = || when.parse().map_err(|_| NotARhythm);
        match name {
            "monthly" => Ok(Self::Monthly(day()?)),
            "quarterly" => Ok(Self::Quarterly(day()?)),
            "half-yearly" => day_and_month(when).map(|(d, m)| Self::HalfYearly(d, m)).ok_or(NotARhythm),
            "yearly" => day_and_month(when).map(|(d, m)| Self::Yearly(d, m)).ok_or(NotARhythm),
            _ => Err(NotARhythm),
        }
    }
}

impl FromStr for Rhythm {
    type Err = NotARhythm;

    fn from_str(text: &str) -> Result<Self, NotARhythm> {
        Self::new(text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(rhythm: &str, from: &str, to: &str) -> Vec<String> {
        let rhythm: Rhythm = rhythm.parse().unwrap();
        let found = rhythm.occurrences(from.parse().unwrap(), to.parse().unwrap());
        found.into_iter().map(|o| format!("{} {}", o.due_on, o.period)).collect()
    }

    #[test]
    fn occurrences_fall_on_their_days() {
        assert_eq!(
            due("monthly:31", "2026-01-15", "2026-04-15"),
            ["2026-01-31 2026-01", "2026-02-28 2026-02", "2026-03-31 2026-03"],
            "a month without a 31st ends it"
        );
        assert_eq!(
            due("quarterly:20 yearly:15/12", "2026-01-01", "2026-12-31"),
            [
                "2026-03-20 2026-Q1",
                "2026-06-20 2026-Q2",
                "2026-09-20 2026-Q3",
                "2026-12-15 2026",
                "2026-12-20 2026-Q4"
            ]
        );
        assert_eq!(
            due("half-yearly:15/6", "2026-01-01", "2026-12-31"),
            ["2026-06-15 2026-H1", "2026-12-15 2026-H2"]
        );
        assert_eq!(due("monthly:15", "2026-06-16", "2026-06-30"), Vec::<String>::new());
    }

    #[test]
    fn the_words_of_plans_are_read() {
        let words = "Định kỳ trước ngày 15 hằng tháng, 6 tháng (trước ngày 15/6), 01 năm (trước ngày 15/12)";
        let rhythm = Rhythm::of_words(words).unwrap();
        assert_eq!(rhythm.to_string(), "monthly:15 half-yearly:15/6 yearly:15/12");
        assert_eq!(Rhythm::of_words("Trước ngày 25 hàng tháng").unwrap().to_string(), "monthly:25");
        assert_eq!(Rhythm::of_words("Thường xuyên"), None);
        assert_eq!(Rhythm::of_words("trước ngày 45 hằng tháng"), None, "no month has such a day");
    }

    #[test]
    fn texts_that_are_no_rhythm_are_refused() {
        for text in ["", "monthly", "monthly:0", "monthly:32", "yearly:31/2", "weekly:1", "half-yearly:15"] {
            assert!(text.parse::<Rhythm>().is_err(), "{text}");
        }
    }
}
