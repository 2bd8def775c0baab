//! What a measure stood at on a day.

use chrono::NaiveDate;
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::Moment;

/// What a measure stood at on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The measure's key.
    pub measure: String,
    /// The unit it was counted for, with all below it.
    pub unit: String,
    /// The day, and the last day counted.
    pub day: NaiveDate,
    /// First day counted.
    pub counted_from: NaiveDate,
    /// The two counts.
    pub ratio: Ratio,
    /// When it was taken.
    pub taken_at: Moment,
}
