use super::CalendarError;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is special about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecialDayKind {
    /// Public holiday, or the day off in its place (Labour Code 2019 Art. 111–112).
    Holiday,
    /// A working day swapped off by a yearly government notice.
    SwapOff,
    /// A day off on which a swapped day is made up for.
    MakeupWork,
}

/// A day that differs from its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// The day.
    pub date: NaiveDate,
    /// How it differs.
    pub kind: SpecialDayKind,
    /// Its name in Vietnamese.
    pub name: String,
    /// The document that says so.
    pub basis: String,
    /// `published`, `to be confirmed` or `tentative`.
    pub confidence: String,
}

/// Reads the list of special days.
pub(super) fn parse(text: &str) -> Result<Vec<SpecialDay>, CalendarError> {
    Ok(csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>()?)
}
