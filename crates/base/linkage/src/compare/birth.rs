//! Two dates of birth, each perhaps only a year.

use super::{Guess, MISSING};

pub(crate) const EXACT: u8 = 1;
const YEAR_ONLY: u8 = 2;
pub(crate) const SWAPPED: u8 = 3;
const DAY_OR_MONTH: u8 = 4;
const YEAR_SLIP: u8 = 5;
const SAME_YEAR: u8 = 6;
const YEAR_BESIDE: u8 = 7;
const YEAR_DIGIT: u8 = 8;
const NEAR_YEARS: u8 = 9;
const DIFFERENT: u8 = 10;

/// The levels; see the constants.
pub(super) const GUESSES: &[Guess] = &[
    ("missing", 0.0),
    ("exact", 0.6),
    ("year_only", 0.25),
    ("day_month_swapped", 0.02),
    ("day_or_month_differs", 0.04),
    ("year_differs", 0.02),
    ("same_year", 0.02),
    ("year_beside", 0.02),
    ("year_digit", 0.01),
    ("near_years", 0.01),
    ("different", 0.01),
];

/// The level of two packed dates (year, four bits of month, five of day).
pub(super) fn level(one: u32, other: u32) -> u8 {
    let ((y1, m1, d1), (y2, m2, d2)) = (parts(one), parts(other));
    if y1 == 0 || y2 == 0 {
        return MISSING;
    }
    let day_known = m1 != 0 && m2 != 0 && d1 != 0 && d2 != 0;
    // Where only the year is known, registers write the first of January.
    let filled = (m1, d1) == (1, 1) || (m2, d2) == (1, 1);
    if y1 == y2 {
        return match (m1 == m2, d1 == d2) {
            (true, true) if day_known => EXACT,
            _ if !day_known || filled => YEAR_ONLY,
            _ if m1 == d2 && d1 == m2 => SWAPPED,
            (false, false) => SAME_YEAR,
            _ => DAY_OR_MONTH,
        };
    }
    if day_known && (m1, d1) == (m2, d2) && !filled && (slip(y1, y2) || y1.abs_diff(y2) <= 2) {
        return YEAR_SLIP;
    }
    match y1.abs_diff(y2) {
        1 => YEAR_BESIDE,
        _ if slip(y1, y2) => YEAR_DIGIT,
        2..=5 => NEAR_YEARS,
        _ => DIFFERENT,
    }
}

/// Whether day, month and year of a packed date are known.
pub(crate) fn is_whole(date: u32) -> bool {
    let (year, month, day) = parts(date);
    year != 0 && month != 0 && day != 0
}

/// A packed date with day and month the other way round, if that is another date.
pub(crate) fn swapped(date: u32) -> Option<u32> {
    let (year, month, day) = parts(date);
    (day <= 12 && day != month && is_whole(date)).then_some(year << 9 | day << 5 | month)
}

/// Whether dates of this level are of one year.
pub(crate) fn same_year(level: usize) -> bool {
    const LEVELS: [u8; 5] = [EXACT, YEAR_ONLY, SWAPPED, DAY_OR_MONTH, SAME_YEAR];
    LEVELS.iter().any(|of_year| usize::from(*of_year) == level)
}

fn parts(date: u32) -> (u32, u32, u32) {
    (date >> 9, date >> 5 & 15, date & 31)
}

/// Whether the years differ in one digit, or have two neighbouring digits swapped.
fn slip(one: u32, other: u32) -> bool {
    let digits = |year: u32| [year / 1000 % 10, year / 100 % 10, year / 10 % 10, year % 10];
    let (a, b) = (digits(one), digits(other));
    let differing = a.iter().zip(&b).filter(|(a, b)| a != b).count();
    let swapped = a[2] == b[3] && a[3] == b[2] && a[..2] == b[..2];
    differing == 1 || swapped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(year: u32, month: u32, day: u32) -> u32 {
        year << 9 | month << 5 | day
    }

    #[test]
    fn each_error_has_its_level() {
        let born = date(1980, 2, 11);
        for (other, level) in [
            (born, EXACT),
            (date(1980, 0, 0), YEAR_ONLY),
            (date(1980, 1, 1), YEAR_ONLY),
            (date(1980, 11, 2), SWAPPED),
            (date(1980, 2, 17), DAY_OR_MONTH),
            (date(1908, 2, 11), YEAR_SLIP),
            (date(1923, 5, 5), DIFFERENT),
            (date(1990, 2, 11), YEAR_SLIP),
            (date(1981, 3, 12), YEAR_BESIDE),
            (date(1983, 0, 0), YEAR_DIGIT),
            (date(1950, 5, 5), YEAR_DIGIT),
            (date(1977, 5, 5), NEAR_YEARS),
            (date(0, 2, 11), MISSING),
        ] {
            assert_eq!(super::level(born, other), level, "{other:b}");
        }
    }

    #[test]
    fn day_and_month_change_places_where_that_is_another_date() {
        assert_eq!(swapped(date(1980, 2, 11)), Some(date(1980, 11, 2)));
        for same in [date(1980, 5, 5), date(1980, 2, 13), date(1980, 0, 0), date(1980, 2, 0)] {
            assert_eq!(swapped(same), None);
        }
    }

    proptest! {
        #[test]
        fn symmetric(one in any::<u32>(), other in any::<u32>()) {
            prop_assert_eq!(level(one, other), level(other, one));
        }
    }
}
