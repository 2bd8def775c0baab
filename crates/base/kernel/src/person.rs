//! What identifies a person: number, sex, partial dates.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Sex, as the population database records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// The personal identification number (số định danh cá nhân): 12 digits (Law on Identification 2023 Art. 12).
///
/// There is no checksum. Its parts (province of birth registration before 2025, century and sex, year of
/// birth) are hints and never grounds for rejection: numbers are re-issued after corrections. `Debug` and
/// `Display` hide the middle, so that a number cannot slip into a log; use [`Self::as_str`] where the whole
/// number is meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonalNumber([u8; 12]);

/// The text is not a personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a personal number has 12 digits")]
pub struct NotAPersonalNumber;

impl PersonalNumber {
    /// All 12 digits.
    pub fn as_str(&self) -> &str {
        // The constructor admits ASCII digits only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for PersonalNumber {
    type Err = NotAPersonalNumber;

    fn from_str(text: &str) -> Result<Self, NotAPersonalNumber> {
        let digits: Vec<u8> = text.bytes().filter(|b| !matches!(b, b' ' | b'.' | b'-')).collect();
        let digits: [u8; 12] = digits.try_into().map_err(|_| NotAPersonalNumber)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(NotAPersonalNumber) }
    }
}

impl fmt::Display for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.as_str();
        write!(f, "{}••••••{}", &digits[..3], &digits[9..])
    }
}

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PersonalNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PersonalNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A date of which perhaps only the year, or year and month, is known. Serialised as `1985`, `1985-03` or
/// `1985-03-07`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// Only the year.
    Year(i32),
    /// Year and month.
    Month(i32, u32),
    /// The day.
    Day(NaiveDate),
}

/// The text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct NotADate;

impl PartialDate {
    /// The year, always known.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(day) => day.year(),
        }
    }

    /// The day, if known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Year(_) | Self::Month(..) => None,
        }
    }

    /// The first day it can be.
    pub fn earliest(self) -> Option<NaiveDate> {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Day(day) => Some(day),
        }
    }

    /// As Vietnamese papers write it: `07/03/1985`, `03/1985`, `1985`.
    pub fn vietnamese(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month(year, month) => format!("{month:02}/{year:04}"),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    /// Reads ISO (`1985-03-07`), compact (`19850307`) and Vietnamese (`07/03/1985`) forms; a day that does
    /// not exist (30/02) is refused, never moved.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        let number = |s: &str| -> Result<u32, NotADate> {
            if s.is_empty() || s.len() > 4 || !s.bytes().all(|b| b.is_ascii_digit()) {
                return Err(NotADate);
            }
            s.parse().map_err(|_| NotADate)
        };
        let build = |year: &str, month: Option<&str>, day: Option<&str>| -> Result<Self, NotADate> {
            let year_number = i32::try_from(number(year)?).map_err(|_| NotADate)?;
            if year.len() != 4 || !(1800..=2200).contains(&year_number) {
                return Err(NotADate);
            }
            match (month, day) {
                (None, _) => Ok(Self::Year(year_number)),
                (Some(month), None) => {
                    let month = number(month)?;
                    if (1..=12).contains(&month) {
                        Ok(Self::Month(year_number, month))
                    } else {
                        Err(NotADate)
                    }
                }
                (Some(month), Some(day)) => {
                    NaiveDate::from_ymd_opt(year_number, number(month)?, number(day)?)
                        .map(Self::Day)
                        .ok_or(NotADate)
                }
            }
        };
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            return build(&text[..4], Some(&text[4..6]), Some(&text[6..]));
        }
        let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
        match parts.as_slice() {
            [year] => build(year, None, None),
            [first, second] if first.len() == 4 => build(first, Some(second), None),
            [first, second] => build(second, Some(first), None),
            [first, second, third] if first.len() == 4 => build(first, Some(second), Some(third)),
            [first, second, third] => build(third, Some(second), Some(first)),
            _ => Err(NotADate),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_hides_its_middle_and_survives_storage() {
        let number: PersonalNumber = "030 198.000-101".parse().unwrap();
        assert_eq!(number.as_str(), "030198000101");
        assert_eq!(number.to_string(), "030••••••101");
        assert_eq!(format!("{number:?}"), "030••••••101");
        let json = serde_json::to_string(&number).unwrap();
        assert_eq!(serde_json::from_str::<PersonalNumber>(&json).unwrap(), number);
        for wrong in ["", "03019800010", "0301980001011", "03019800010a", "０30198000101"] {
            assert!(wrong.parse::<PersonalNumber>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_are_read_in_every_form_and_never_moved() {
        let day = PartialDate::Day(NaiveDate::from_ymd_opt(1985, 3, 7).unwrap());
        for text in ["1985-03-07", "19850307", "07/03/1985", "7/3/1985", " 07.03.1985 ", "7-3-1985"] {
            assert_eq!(text.parse(), Ok(day), "{text}");
        }
        assert_eq!("03/1985".parse(), Ok(PartialDate::Month(1985, 3)));
        assert_eq!("1985".parse(), Ok(PartialDate::Year(1985)));
        for wrong in
            ["30/02/2024", "29/02/2023", "31/04/2024", "13/1985", "0", "85", "1/1/85", "a/b/c", "", "1/2/3/4"]
        {
            assert_eq!(wrong.parse::<PartialDate>(), Err(NotADate), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_to_be_refused(text in any::<String>()) {
            let _ = text.parse::<PartialDate>();
            let _ = text.parse::<PersonalNumber>();
        }

        #[test]
        fn a_date_is_read_back_from_both_its_forms(days in -40_000_i64..40_000, precision in 0..3) {
            let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Duration::days(days);
            let date = match precision {
                0 => PartialDate::Year(day.year()),
                1 => PartialDate::Month(day.year(), day.month()),
                _ => PartialDate::Day(day),
            };
            prop_assert_eq!(date.to_string().parse(), Ok(date));
            prop_assert_eq!(date.vietnamese().parse(), Ok(date));
            prop_assert!(date.earliest().is_some_and(|first| first <= day && first.year() == date.year()));
        }
    }
}
