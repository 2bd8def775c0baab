//! Citations of law: which point, clause and article of which act.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A citation precise enough to be looked up: an article (Điều), perhaps its clause (khoản) and point (điểm),
/// and the number of the act (`123/2015/NĐ-CP`). An override of the requirement engine must carry one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    text: String,
    point: Option<String>,
    clause: Option<String>,
    article: String,
    act: String,
}

/// What a citation lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACitation {
    /// No article (Điều) is named.
    #[error("no article is named")]
    NoArticle,
    /// No act number such as `123/2015/NĐ-CP` is named.
    #[error("no act number is named")]
    NoAct,
    /// A point stands without a clause (Law on Promulgation of Legal Documents 64/2025/QH15 Art. 8: a point
    /// divides a clause).
    #[error("a point is named without its clause")]
    PointWithoutClause,
    /// The text is longer than a citation can be.
    #[error("a citation has at most 300 characters")]
    TooLong,
}

impl NotACitation {
    /// The stable code of a field problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoArticle => "citation.no-article",
            Self::NoAct => "citation.no-act",
            Self::PointWithoutClause => "citation.point-without-clause",
            Self::TooLong => "citation.too-long",
        }
    }
}

/// Longest citation, in characters; the longest in the appendix of Resolution 66.7/2025/NQ-CP has 291.
const LONGEST: usize = 300;

impl Citation {
    /// As it was written, with spaces tidied.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The point (điểm): `b`, `đ`.
    pub fn point(&self) -> Option<&str> {
        self.point.as_deref()
    }

    /// The clause (khoản): `1`, `2a`.
    pub fn clause(&self) -> Option<&str> {
        self.clause.as_deref()
    }

    /// The article (Điều): `22`.
    pub fn article(&self) -> &str {
        &self.article
    }

    /// The number of the act: `123/2015/NĐ-CP`.
    pub fn act(&self) -> &str {
        &self.act
    }
}

impl FromStr for Citation {
    type Err = NotACitation;

    fn from_str(text: &str) -> Result<Self, NotACitation> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > LONGEST {
            return Err(NotACitation::TooLong);
        }
        let words: Vec<&str> =
            text.split([' ', ',', ';', ':', '(', ')', '+']).filter(|w| !w.is_empty()).collect();
        let after = |name: &str| {
            words
                .windows(2)
                .find(|pair| pair[0].to_lowercase() == name)
                .map(|pair| pair[1].trim_end_matches('.').to_owned())
        };
        let article = after("điều").filter(|a| is_numbered(a)).ok_or(NotACitation::NoArticle)?;
        let clause = after("khoản").filter(|c| is_numbered(c));
        let point = after("điểm").filter(|p| is_point(p));
        let act = words
            .iter()
            .map(|w| w.trim_end_matches('.'))
            .find(|w| is_act_number(w))
            .ok_or(NotACitation::NoAct)?;
        if point.is_some() && clause.is_none() {
            return Err(NotACitation::PointWithoutClause);
        }
        Ok(Self { act: act.to_owned(), point, clause, article, text })
    }
}

/// `22`, `38a`, `II`: a number of at most four digits, perhaps with a letter.
fn is_numbered(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let tail: Vec<char> = text.chars().skip(digits).collect();
    (1..=4).contains(&digits) && tail.len() <= 1 && tail.iter().all(|c| c.is_lowercase())
}

/// `a`, `đ`, `a1`, `2.1`: a letter or a decimal number.
fn is_point(text: &str) -> bool {
    (1..=6).contains(&text.chars().count())
        && text.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '.')
}

/// `123/2015/NĐ-CP`, `60/2014/QH13`, `66.7/2025/NQ-CP`: number, year, abbreviation of kind and issuer.
fn is_act_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let [number, year, kind] = parts.as_slice() else { return false };
    let number_ok = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let year_ok = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let kind_ok = kind.chars().count() >= 2
        && kind.chars().next().is_some_and(char::is_uppercase)
        && kind.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-');
    number_ok && year_ok && kind_ok
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Citation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
