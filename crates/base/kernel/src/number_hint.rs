//! What a personal number lets one suppose of its holder.
//!
//! A personal number is the province of birth registration, century and sex, year of birth, and chance
//! (Decree 137/2015 Art. 13). That helps to find slips of the pen. It proves nothing: numbers were given anew
//! after corrections, provinces merged in 2025, and their codes stay in the numbers. So [`hints`] explains,
//! [`warnings`] warns, and nothing here rejects.

use crate::person::{PartialDate, PersonalNumber, Sex};
use chrono::NaiveDate;
use serde::Deserialize;

/// The list of provinces, dated.
const BIRTH_PROVINCES: &str = include_str!("../../../../data/places/birth_provinces.csv");

/// A code that stands, or stood, for a province in new numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BirthProvince {
    /// The first three digits.
    pub code: String,
    /// The province's name of that time.
    pub province: String,
    /// The first day it was given to the newborn.
    pub from: NaiveDate,
    /// The last day; `None` while it is still given. It stays in older numbers.
    pub to: Option<NaiveDate>,
}

/// The codes of provinces.
#[derive(Clone, Debug)]
pub struct BirthProvinces(Vec<BirthProvince>);

impl BirthProvinces {
    /// Reads a list (CSV: `code,province,from,to`).
    ///
    /// # Errors
    /// If the text is not such a list.
    pub fn parse(text: &str) -> Result<Self, csv::Error> {
        Ok(Self(csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>()?))
    }

    /// The list that is shipped (Circular 07/2016/TT-BCA).
    ///
    /// # Errors
    /// Only if the shipped data is damaged, which a test excludes.
    pub fn national() -> Result<Self, csv::Error> {
        Self::parse(BIRTH_PROVINCES)
    }

    /// The province of a code.
    pub fn find(&self, code: &str) -> Option<&BirthProvince> {
        self.0.iter().find(|province| province.code == code)
    }
}

/// What a number lets one suppose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints {
    /// The first three digits: province, or country, of birth registration.
    pub place_code: String,
    /// The sex.
    pub sex: Sex,
    /// The year of birth.
    pub birth_year: i32,
}

/// A reason to look twice. Never a reason to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberWarning {
    /// The first three digits are the code of no province of the country: perhaps born abroad.
    PlaceUnknown,
    /// The number speaks of the other sex.
    SexDiffers,
    /// The number speaks of another year of birth.
    BirthYearDiffers,
}

impl NumberWarning {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::PlaceUnknown => "number.place-unknown",
            Self::SexDiffers => "number.sex-differs",
            Self::BirthYearDiffers => "number.birth-year-differs",
        }
    }
}

/// What the number lets one suppose.
///
/// ```
/// use d06_kernel::{number_hint::hints, person::Sex};
/// let hints = hints(&"030198000101".parse().unwrap());
/// assert_eq!((hints.sex, hints.birth_year), (Sex::Female, 1998));
/// ```
pub fn hints(number: &PersonalNumber) -> Hints {
    let digits = number.as_str();
    let value = |range: std::ops::Range<usize>| digits[range].parse::<i32>().unwrap_or(0);
    let century = value(3..4);
    Hints {
        place_code: digits[..3].to_owned(),
        sex: if century % 2 == 0 { Sex::Male } else { Sex::Female },
        birth_year: 1900 + century / 2 * 100 + value(4..6),
    }
}

/// Compares a number with what else is known of its holder.
pub fn warnings(
    number: &PersonalNumber,
    provinces: &BirthProvinces,
    sex: Option<Sex>,
    birth: Option<PartialDate>,
) -> Vec<NumberWarning> {
    let hints = hints(number);
    let mut warnings = Vec::new();
    if provinces.find(&hints.place_code).is_none() {
        warnings.push(NumberWarning::PlaceUnknown);
    }
    if sex.is_some_and(|sex| sex != hints.sex) {
        warnings.push(NumberWarning::SexDiffers);
    }
    if birth.is_some_and(|birth| birth.year() != hints.birth_year) {
        warnings.push(NumberWarning::BirthYearDiffers);
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> PersonalNumber {
        text.parse().unwrap()
    }

    #[test]
    fn centuries_and_sexes() {
        for (text, sex, year) in [
            ("030085001234", Sex::Male, 1985),
            ("001199000001", Sex::Female, 1999),
            ("079204000001", Sex::Male, 2004),
            ("031325000001", Sex::Female, 2025),
        ] {
            assert_eq!((hints(&number(text)).sex, hints(&number(text)).birth_year), (sex, year), "{text}");
        }
    }

    #[test]
    fn the_63_provinces_are_known_with_dates() {
        let provinces = BirthProvinces::national().unwrap();
        assert_eq!(provinces.0.len(), 63);
        let hai_duong = provinces.find("030").unwrap();
        assert_eq!((hai_duong.province.as_str(), hai_duong.to.is_some()), ("Hải Dương", true));
        assert!(provinces.find("031").unwrap().to.is_none());
        assert_eq!(provinces.0.iter().filter(|province| province.to.is_none()).count(), 34);
    }

    #[test]
    fn differences_warn() {
        let provinces = BirthProvinces::national().unwrap();
        let check =
            |text, sex, year| warnings(&number(text), &provinces, Some(sex), Some(PartialDate::Year(year)));
        assert_eq!(check("030085001234", Sex::Male, 1985), []);
        assert_eq!(
            check("999085001234", Sex::Female, 1986),
            [NumberWarning::PlaceUnknown, NumberWarning::SexDiffers, NumberWarning::BirthYearDiffers]
        );
        assert_eq!(warnings(&number("030085001234"), &provinces, None, None), []);
    }

    proptest! {
        #[test]
        fn every_number_has_hints(text in "[0-9]{12}") {
            let hints = hints(&number(&text));
            prop_assert!((1900..2400).contains(&hints.birth_year));
        }
    }
}
