//! The code of a dossier (mã số hồ sơ): made strictly, read tolerantly.
//!
//! | form | origin |
//! |---|---|
//! | `H31.10816-260615-0001` | Circular 03/2025/TT-VPCP Art. 13 |
//! | `H31.10816-260615-310001` | with two digits of the system's owner, Circular 04/2025/TT-VPCP Art. 23 |
//! | `000.00.18.H31-260615-0001` | Circular 01/2018/TT-VPCP Art. 19, still met |
//! | `G09.20-20260609-0092637` | seen in 2026: four-digit year, seven-digit sequence |

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Longest agency code, in characters (Decision 20/2020/QĐ-TTg Art. 4).
const LONGEST_AGENCY: usize = 35;
/// Fewest digits of the daily sequence.
const SEQUENCE_DIGITS: usize = 4;
/// Most digits after the second dash that are taken for a code.
const LONGEST_TAIL: usize = 12;

/// Which form a code has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeForm {
    /// Agency code first, six-digit date.
    Current,
    /// Agency code with its level 1 last (Circular 01/2018).
    Old,
    /// Eight-digit date.
    LongDate,
}

/// A dossier code. Two codes are the same if they are the same but for case, spaces and kinds of dashes.
#[derive(Clone, Debug)]
pub struct DossierCode {
    raw: String,
    canonical: String,
    agency: String,
    date: NaiveDate,
    tail: String,
    form: CodeForm,
}

/// Why a text is no dossier code, or why none can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADossierCode {
    /// Not three parts joined by dashes.
    #[error("a dossier code has three parts")]
    Parts,
    /// The first part is no agency code.
    #[error("the first part is no agency code")]
    Agency,
    /// The second part is no date.
    #[error("the second part is no date")]
    Date,
    /// The third part is no sequence of at least four digits.
    #[error("the third part is no sequence")]
    Sequence,
}

impl NotADossierCode {
    /// The stable code of the problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parts => "dossier-code.parts",
            Self::Agency => "dossier-code.agency",
            Self::Date => "dossier-code.date",
            Self::Sequence => "dossier-code.sequence",
        }
    }
}

impl DossierCode {
    /// The code of the `sequence`-th dossier (from 1) that `agency` received on `date`. `owner`, the two
    /// digits of the owner of a centralised system, comes before the sequence (Circular 04/2025/TT-VPCP Art.
    /// 23).
    pub fn generate(
        agency: &str,
        date: NaiveDate,
        sequence: u32,
        owner: Option<&str>,
    ) -> Result<Self, NotADossierCode> {
        if agency_form(agency) != Some(CodeForm::Current) {
            return Err(NotADossierCode::Agency);
        }
        if !(2000..=2099).contains(&date.year()) {
            return Err(NotADossierCode::Date);
        }
        let owner = owner.unwrap_or_default();
        let owner_ok = owner.is_empty() || (owner.len() == 2 && owner.bytes().all(|b| b.is_ascii_digit()));
        if sequence == 0 || !owner_ok {
            return Err(NotADossierCode::Sequence);
        }
        format!("{agency}-{}-{owner}{sequence:0SEQUENCE_DIGITS$}", date.format("%y%m%d")).parse()
    }

    /// The code as it was written.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The code to store and compare: upper case, no spaces, plain dashes.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The agency's code.
    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// The day of receipt.
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// The digits after the date. Whether the first two name the owner of a centralised system cannot be seen
    /// in the code itself.
    pub fn tail(&self) -> &str {
        &self.tail
    }

    /// Which form it has.
    pub fn form(&self) -> CodeForm {
        self.form
    }
}

/// The form an agency code belongs to; `None` if it is none.
fn agency_form(agency: &str) -> Option<CodeForm> {
    let groups: Vec<&str> = agency.split('.').collect();
    let level_one = |g: &str| {
        let b = g.as_bytes();
        b.len() == 3 && (b'A'..=b'Y').contains(&b[0]) && b[1..].iter().all(u8::is_ascii_digit)
    };
    let lower = |g: &&str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let (first, last) = (*groups.first()?, *groups.last()?);
    if agency.len() > LONGEST_AGENCY {
        None
    } else if level_one(first) && groups[1..].iter().all(lower) {
        Some(CodeForm::Current)
    } else if groups.len() > 1 && level_one(last) && groups[..groups.len() - 1].iter().all(lower) {
        Some(CodeForm::Old)
    } else {
        None
    }
}

/// The date of `YYMMDD` or `YYYYMMDD`.
fn date_of(text: &str) -> Option<NaiveDate> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let long = if text.len() == 6 { format!("20{text}") } else { text.to_owned() };
    if long.len() != 8 {
        return None;
    }
    NaiveDate::from_ymd_opt(long[..4].parse().ok()?, long[4..6].parse().ok()?, long[6..].parse().ok()?)
}

impl FromStr for DossierCode {
    type Err = NotADossierCode;

    fn from_str(text: &str) -> Result<Self, NotADossierCode> {
        let canonical: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{feff}' && *c != '\u{200b}')
            .map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c })
            .flat_map(char::to_uppercase)
            .collect();
        let parts: Vec<&str> = canonical.split('-').collect();
        let [agency, date, tail] = parts.as_slice() else { return Err(NotADossierCode::Parts) };
        let agency_form = agency_form(agency).ok_or(NotADossierCode::Agency)?;
        let day = date_of(date).ok_or(NotADossierCode::Date)?;
        let tail_ok = (SEQUENCE_DIGITS..=LONGEST_TAIL).contains(&tail.len());
        if !tail_ok || !tail.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotADossierCode::Sequence);
        }
        let form = if date.len() == 8 { CodeForm::LongDate } else { agency_form };
        let (agency, tail) = ((*agency).to_owned(), (*tail).to_owned());
        Ok(Self { raw: text.to_owned(), agency, date: day, tail, form, canonical })
    }
}

impl PartialEq for DossierCode {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for DossierCode {}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical)
    }
}

impl Serialize for DossierCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.raw)
    }
}

impl<'de> Deserialize<'de> for DossierCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
