//! Measures: numbers that a domain computes from its own records, so that targets are measured and not typed.

use crate::{Cx, Problem};
use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a measure is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureInfo {
    /// Stable key: `procedures.on-time`.
    pub key: &'static str,
    /// Message id of its name.
    pub name: &'static str,
    /// Message id of what the numerator counts.
    pub numerator: &'static str,
    /// Message id of what the denominator counts.
    pub denominator: &'static str,
}

/// Of whom and of when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureScope {
    /// The unit and all below it.
    pub unit: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
}

/// A ratio kept as its two counts; ratios are added by their parts, never averaged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// Counted.
    pub numerator: i64,
    /// Out of.
    pub denominator: i64,
}

impl Ratio {
    /// In percent, rounded to 2 decimals; `None` for a denominator of zero (Decision 766: "N/A").
    pub fn percent(self) -> Option<f64> {
        (self.denominator != 0)
            .then(|| (self.numerator as f64 * 10_000.0 / self.denominator as f64).round() / 100.0)
    }
}

/// A record behind a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredRecord {
    /// What the reader sees: a dossier code, a procedure code and name. No personal data.
    pub label: String,
    /// The page of the record.
    pub href: String,
    /// Whether it counts in the numerator.
    pub counted: bool,
    /// Message id of the reason.
    pub reason: String,
}

/// Offers measures.
#[async_trait]
pub trait MeasureSource: Send + Sync {
    /// What can be measured here.
    fn measures(&self) -> Vec<MeasureInfo>;
    /// The measure of this source whose records those of `key` stand on: procedures whose papers were cut stand on
    /// dossiers whose papers were cut. Most measures count the last things there are.
    fn behind(&self, _key: &str) -> Option<&'static str> {
        None
    }
    /// The value of one measure.
    async fn value(&self, cx: &Cx, key: &str, scope: &MeasureScope) -> Result<Ratio, Problem>;
    /// The records behind the value, a page at a time (`offset`, at most `limit`).
    async fn records(
        &self,
        cx: &Cx,
        key: &str,
        scope: &MeasureScope,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<MeasuredRecord>, Problem>;
}
