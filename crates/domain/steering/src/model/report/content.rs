//! Everything a report says, as it is frozen: the same text gives the same hash.

use crate::model::report::figure::Figure;
use crate::model::report::words::Words;
use chrono::NaiveDate;
use d06_kernel::Problem;
use d06_kernel::port::measure::MeasuredRecord;
use d06_kernel::time::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A line of a list in a report: a document, a task, an obstacle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListLine {
    /// Number or reference.
    pub reference: String,
    /// The words.
    pub text: String,
    /// Who has it.
    pub who: String,
    /// By when, as written or as a date.
    pub due: String,
    /// Where it opens.
    pub href: String,
}

/// A report of a unit below that is summed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    /// The report.
    pub report: String,
    /// The unit's name.
    pub unit: String,
    /// The hash of its content.
    pub hash: String,
}

/// A unit below whose report is not summed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// The unit's name.
    pub unit: String,
    /// Where its report stands.
    pub state: String,
    /// Who has it.
    pub held_by: String,
}

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The unit's name.
    pub unit: String,
    /// The unit's code.
    pub unit_code: String,
    /// The period's stable name.
    pub period: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The moment of counting.
    pub as_of: Moment,
    /// The plan that is reported on.
    pub plan: Option<String>,
    /// The figures, in the order of the report.
    pub figures: Vec<Figure>,
    /// Steering documents issued in the period.
    pub documents: Vec<ListLine>,
    /// Tasks overdue.
    pub overdue: Vec<ListLine>,
    /// Obstacles that stand.
    pub obstacles: Vec<ListLine>,
    /// Tasks of the next month.
    pub next: Vec<ListLine>,
    /// What is asked of the units above, out of the obstacles.
    pub proposals: Vec<ListLine>,
    /// What the writer wrote.
    pub words: Words,
    /// Reports summed up.
    pub included: Vec<Included>,
    /// Units below that are missing in the sums.
    pub absent: Vec<Absent>,
}

impl Content {
    /// Overdue tasks that lie with units below: counted, but not among those listed.
    pub fn overdue_below(&self) -> u64 {
        self.counted_beside("tasks.overdue", &self.overdue)
    }

    /// Standing obstacles that lie with units below: counted, but not among those listed.
    pub fn obstacles_below(&self) -> u64 {
        self.counted_beside("obstacles.open", &self.obstacles)
    }

    fn counted_beside(&self, key: &str, listed: &[ListLine]) -> u64 {
        let all = self.figure(key).and_then(|figure| figure.value).map_or(0, |value| value.numerator);
        u64::try_from(all).unwrap_or(0).saturating_sub(listed.len() as u64)
    }

    /// The text that is kept and hashed.
    ///
    /// # Errors
    /// Never for this type; the type is the serialiser's.
    pub fn to_text(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(Problem::internal)
    }

    /// The content of a kept text.
    ///
    /// # Errors
    /// The text is not one.
    pub fn of_text(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(Problem::internal)
    }

    /// A figure by key.
    pub fn figure(&self, key: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// SHA-256 of a list of records in their order: each field with its length before it, so that no two lists give
/// one text.
pub fn records_hash<'a>(records: impl IntoIterator<Item = &'a MeasuredRecord>) -> String {
    let mut digest = Sha256::new();
    for record in records {
        for field in [&record.label, &record.href, &record.reason] {
            digest.update((field.len() as u64).to_be_bytes());
            digest.update(field.as_bytes());
        }
        digest.update([u8::from(record.counted)]);
    }
    hex::encode(digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(label: &str, counted: bool) -> MeasuredRecord {
        MeasuredRecord { label: label.into(), href: "/x".into(), counted, reason: "r".into() }
    }

    #[test]
    fn the_hash_tells_every_change_of_a_record() {
        let base = records_hash(&[record("a", true), record("b", false)]);
        assert_eq!(base, records_hash(&[record("a", true), record("b", false)]));
        for other in [
            vec![record("a", true), record("b", true)],
            vec![record("b", false), record("a", true)],
            vec![record("a", true)],
            vec![record("a", true), record("b ", false)],
        ] {
            assert_ne!(base, records_hash(&other));
        }
    }
}
