//! Asks the domain that owns the records what a measure stands at now.

use crate::deps::Deps;
use crate::model::figure::{Figure, Month};
use crate::model::reading::Reading;
use chrono::{Datelike, NaiveDate};
use d06_kernel::port::measure::{MeasureScope, MeasuredRecord, Ratio};
use d06_kernel::time::{Moment, local_date};
use d06_kernel::{Cx, Problem};

/// Records on a page.
pub const RECORDS: u64 = 25;

/// What is known of the value of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measured {
    /// No measure answers this target yet.
    Unbound,
    /// It is bound to a measure that no domain of this installation offers.
    NotOffered(String),
    /// The domain that keeps the records cannot answer now.
    Unavailable(String),
    /// Counted now.
    Value(Box<Value>),
    /// Entered by units.
    Entered(Box<Entered>),
}

impl Measured {
    /// The two counts, where there are any.
    pub fn ratio(&self) -> Option<Ratio> {
        match self {
            Self::Value(value) => Some(value.ratio),
            Self::Entered(entered) => Some(entered.ratio),
            Self::Unbound | Self::NotOffered(_) | Self::Unavailable(_) => None,
        }
    }
}

/// A value that units entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The two counts of the year up to `until`, of all units.
    pub ratio: Ratio,
    /// The latest month with a figure.
    pub until: Month,
    /// The latest figure of each unit.
    pub figures: Vec<Figure>,
}

/// A value as it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The measure's key.
    pub measure: String,
    /// Of whom and of when.
    pub scope: MeasureScope,
    /// The two counts.
    pub ratio: Ratio,
    /// The moment of counting.
    pub as_of: Moment,
}

impl Value {
    /// What is kept of the value for the course of days.
    pub fn reading(&self) -> Reading {
        Reading {
            measure: self.measure.clone(),
            unit: self.scope.unit.clone(),
            day: local_date(self.as_of),
            counted_from: self.scope.from,
            ratio: self.ratio,
            taken_at: self.as_of,
        }
    }

    /// Puts the value in the place of an earlier reading of its day: readings are taken once an hour, and a page
    /// does not contradict the number on its top. Readings count from January; a value of another period is none.
    pub fn renew(&self, newest_first: &mut Vec<Reading>) {
        let now = self.reading();
        if now.counted_from.ordinal() == 1 {
            newest_first.retain(|earlier| earlier.day != now.day);
            newest_first.insert(0, now);
        }
    }
}

/// A page of the records behind a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// The records.
    pub items: Vec<MeasuredRecord>,
    /// How many come before them.
    pub offset: u64,
    /// Whether more follow.
    pub more: bool,
}

/// From the first day of the year to today: targets of a year are counted cumulatively from January.
pub fn year_to_date(cx: &Cx, unit: &str) -> MeasureScope {
    let today = local_date(cx.now());
    let from = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    MeasureScope { unit: unit.to_owned(), from, to: today }
}

/// The value of a measure now. A source that fails makes the value unknown and not the page; the cause is
/// logged.
pub async fn value(cx: &Cx, deps: &Deps, key: Option<&str>, scope: MeasureScope) -> Measured {
    let Some(key) = key else { return Measured::Unbound };
    if deps.measures.find(key).is_none() {
        return Measured::NotOffered(key.to_owned());
    }
    match deps.measures.value(cx, key, &scope).await {
        Ok(ratio) => {
            let value = Value { measure: key.to_owned(), scope, ratio, as_of: cx.now() };
            Measured::Value(Box::new(value))
        }
        Err(problem) => {
            tracing::error!(measure = key, error = ?problem, "a measure cannot be counted");
            Measured::Unavailable(key.to_owned())
        }
    }
}

/// A page of the records behind a value.
///
/// # Errors
/// The source's problem.
pub async fn records(cx: &Cx, deps: &Deps, value: &Value, offset: u64) -> Result<Records, Problem> {
    // One more than a page tells whether there is another.
    let found = deps.measures.records(cx, &value.measure, &value.scope, offset, RECORDS + 1).await?;
    let page = usize::try_from(RECORDS).unwrap_or(usize::MAX);
    let more = found.len() > page;
    Ok(Records { items: found.into_iter().take(page).collect(), offset, more })
}
