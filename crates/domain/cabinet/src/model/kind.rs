//! Kinds of documents, as dated data.

use chrono::{Months, NaiveDate};
use d06_kernel::Locale;
use d06_kernel::time::{Moment, from_local, local};
use d06_pdf::{Line, Section, Shape};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file of kinds cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("kinds of documents: {0}")]
pub struct KindError(#[from] toml::de::Error);

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Words {
    /// In the reader's language.
    pub fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::Vi => &self.vi,
            Locale::En => &self.en,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
struct Period {
    from: NaiveDate,
    to: Option<NaiveDate>,
}

/// What a document proves.
#[derive(Clone, Debug, Deserialize)]
pub struct ClaimProof {
    /// The claim (`marital-status`).
    pub claim: String,
    /// For how many months after issue; without end where absent.
    pub months: Option<u32>,
    /// The fields that are shown with the proof.
    pub facts: Vec<String>,
    /// The article of law.
    pub basis: String,
}

#[derive(Clone, Debug, Deserialize)]
struct LineRule {
    field: String,
    label: String,
    #[serde(default)]
    words: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
struct SectionRule {
    heading: Option<String>,
    lines: Vec<LineRule>,
}

/// A kind of document.
#[derive(Clone, Debug, Deserialize)]
pub struct DocumentKind {
    /// Its key.
    pub key: String,
    in_force: Period,
    /// Its name.
    pub name: Words,
    /// The symbol after the number.
    pub symbol: String,
    /// How the paper is arranged.
    pub shape: Shape,
    /// The title on the paper.
    pub title: String,
    /// What it is about, under the title.
    pub about: Option<String>,
    /// The bases in law.
    pub bases: Vec<String>,
    /// The line before the body.
    pub opening: Option<String>,
    /// Paragraphs after the body.
    pub closing: Vec<String>,
    /// What it proves.
    pub proves: Vec<ClaimProof>,
    /// Kinds of its owners' documents that say something no longer so once this one is issued.
    #[serde(default)]
    pub supersedes: Vec<String>,
    sections: Vec<SectionRule>,
}

impl DocumentKind {
    /// The body of the paper: fields that have a value, in words.
    pub fn body(&self, fields: &BTreeMap<String, String>) -> Vec<Section> {
        let section = |rule: &SectionRule| Section {
            heading: rule.heading.clone(),
            lines: rule.lines.iter().filter_map(|line| line_of(line, fields)).collect(),
        };
        self.sections.iter().map(section).filter(|section| !section.lines.is_empty()).collect()
    }

    /// Label and wording of some fields.
    pub fn facts(&self, wanted: &[String], fields: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let lines = self.sections.iter().flat_map(|section| &section.lines);
        let wanted = lines.filter(|line| wanted.contains(&line.field));
        wanted.filter_map(|line| line_of(line, fields)).map(|line| (line.label, line.value)).collect()
    }

    /// Until when a document of this kind holds: the longest of what it proves; `None` without end.
    pub fn valid_until(&self, issued_at: Moment) -> Option<Moment> {
        let ends = self.proves.iter().map(|proof| proof.valid_until(issued_at));
        ends.reduce(|left, right| Some(left?.max(right?))).flatten()
    }

    /// What it proves of a claim.
    pub fn proof_of(&self, claim: &str) -> Option<&ClaimProof> {
        self.proves.iter().find(|proof| proof.claim == claim)
    }
}

impl ClaimProof {
    /// Until when a document issued at a moment proves the claim.
    pub fn valid_until(&self, issued_at: Moment) -> Option<Moment> {
        // Months count from day to day (Civil Code 2015 Art. 145, 147): the end of the same day of the month.
        let months = Months::new(self.months?);
        local(issued_at).checked_add_months(months).map(from_local)
    }
}

fn line_of(rule: &LineRule, fields: &BTreeMap<String, String>) -> Option<Line> {
    let value = fields.get(&rule.field).filter(|value| !value.is_empty())?;
    Some(Line { label: rule.label.clone(), value: rule.words.get(value).unwrap_or(value).clone() })
}

/// All kinds.
#[derive(Clone, Debug, Deserialize)]
pub struct Kinds {
    kind: Vec<DocumentKind>,
}

impl Kinds {
    /// The kinds that the product ships.
    ///
    /// # Errors
    /// The file is not of the expected form.
    pub fn shipped() -> Result<Self, KindError> {
        Ok(toml::from_str(include_str!("../../../../../data/cabinet/kinds.toml"))?)
    }

    /// The kind of a key in force on a day.
    pub fn on(&self, key: &str, day: NaiveDate) -> Option<&DocumentKind> {
        self.kind.iter().find(|kind| {
            kind.key == key && kind.in_force.from <= day && kind.in_force.to.is_none_or(|to| day <= to)
        })
    }

    /// Keys of the kinds that prove a claim.
    pub fn proving(&self, claim: &str) -> Vec<&str> {
        self.kind.iter().filter(|kind| kind.proof_of(claim).is_some()).map(|kind| kind.key.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confirmation_holds_for_six_months_and_says_the_status_in_words() {
        let kinds = Kinds::shipped().unwrap();
        let kind =
            kinds.on("marital-status-confirmation", NaiveDate::from_ymd_opt(2026, 8, 31).unwrap()).unwrap();
        // 31 August 2026, 09:00 in Việt Nam; February has 28 days.
        let until = kind.valid_until("2026-08-31T02:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(until.to_rfc3339(), "2027-02-28T02:00:00+00:00");
        let fields = BTreeMap::from([("marital-status".to_owned(), "single".to_owned())]);
        let facts = kind.facts(&["marital-status".to_owned()], &fields);
        assert_eq!(facts, [("Tình trạng hôn nhân".to_owned(), "Chưa đăng ký kết hôn với ai".to_owned())]);
        assert_eq!(kinds.proving("marital-status"), ["marital-status-confirmation"]);
    }
}
