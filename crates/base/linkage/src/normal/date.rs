//! Dates of birth, as far as they are known.
//!
//! Half of the people born before 1960 are recorded with their year only, spreadsheets turn dates into day
//! numbers (`31113`) or exchange day and month, and old books write them in words. What is read here is kept
//! at the precision it has: a part that is unknown is 0. Day and month are exchanged only where they cannot be
//! what they seem (`03/25/1985`); whether `03/07` was meant as `07/03` is for the comparator to weigh. A day
//! that its month does not have (30/02, as lunar dates had) is kept as written.

use super::date_words::{self, DateWords};
use crate::field::BirthDate;

/// Day 0 of Excel's calendar counted from 1970-01-01: 1899-12-30, so that days after the 29 February 1900
/// that Excel believes in are right.
const EXCEL_DAY_0: i64 = -25_569;

/// A run of digits.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    value: u32,
    len: usize,
}

/// Reads a date of birth; `None` if nothing of it can be read.
pub(super) fn read(words: &DateWords, raw: &str) -> Option<BirthDate> {
    let raw = raw.trim();
    let date = match Runs::of(raw) {
        Some(runs) => from_runs(words, &runs),
        None => from_fields(words, raw).or_else(|| date_words::read(words, raw)),
    };
    date.filter(|date| *date != BirthDate::default() && !words.is_unknown(*date))
}

/// The digits of a text that has nothing but digits, separators and a time of day.
pub(super) struct Runs {
    runs: [Run; 3],
    count: usize,
    /// What stood between the first two.
    separator: u8,
}

impl Runs {
    /// `None` if there are words, or no digits.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut found = Self { runs: [Run::default(); 3], count: 0, separator: 0 };
        let mut in_run = false;
        for byte in text.bytes() {
            if byte.is_ascii_digit() {
                if !in_run {
                    found.count += 1;
                    in_run = true;
                }
                if let Some(run) = found.count.checked_sub(1).and_then(|at| found.runs.get_mut(at)) {
                    run.value = run.value.saturating_mul(10).saturating_add(u32::from(byte - b'0'));
                    run.len += 1;
                }
                continue;
            }
            if in_run && found.count == 1 {
                found.separator = byte;
            }
            in_run = false;
            match byte {
                b'/' | b'-' | b'.' | b' ' | b',' | b'\'' | b'\\' => {}
                // A time of day behind the date.
                b'T' | b't' | b':' if found.count >= 3 => break,
                _ => return None,
            }
        }
        (found.count > 0).then_some(found)
    }
}

fn from_runs(words: &DateWords, found: &Runs) -> Option<BirthDate> {
    let [first, second, third] = found.runs;
    match found.count {
        1 => from_one(words, first),
        2 if found.separator == b'.' && second.value == 0 && first.len >= 4 => from_one(words, first),
        2 if found.separator == b'.' && first.len == 5 => from_one(words, first),
        2 => from_two(words, first, second),
        _ if first.len == 4 => day(words, third, second, first),
        _ if third.len < 3 && first.value > 31 => day(words, third, second, first),
        _ => day(words, first, second, third),
    }
}

/// `1985`, `07031985`, `19850307`, `31113`.
fn from_one(words: &DateWords, run: Run) -> Option<BirthDate> {
    let value = run.value;
    let part = |divisor: u32, modulus: u32, len: usize| Run { value: value / divisor % modulus, len };
    match run.len {
        2 => words.year(value, 2).map(only_year),
        4 => words.year(value, 4).map(only_year).or_else(|| from_excel(words, value)),
        5 => from_excel(words, value),
        6 => {
            let year_month = exact(words, Run::default(), part(1, 100, 2), part(100, 10_000, 4));
            let month_year = exact(words, Run::default(), part(10_000, 100, 2), part(1, 10_000, 4));
            let short = exact(words, part(10_000, 100, 2), part(100, 100, 2), part(1, 100, 2));
            only([year_month, month_year, short])
        }
        7 | 8 => {
            let year_first = exact(words, part(1, 100, 2), part(100, 100, 2), part(10_000, 10_000, 4));
            let day_first = exact(words, part(1_000_000, 100, 2), part(10_000, 100, 2), part(1, 10_000, 4));
            if run.len == 7 { day_first } else { only([year_first, day_first, None]) }
        }
        _ => None,
    }
}

/// The reading, if there is only one.
fn only(readings: [Option<BirthDate>; 3]) -> Option<BirthDate> {
    let mut readings = readings.into_iter().flatten();
    readings.next().filter(|_| readings.next().is_none())
}

/// A date written without separators is one only if nothing in it is odd.
fn exact(words: &DateWords, day: Run, month: Run, year: Run) -> Option<BirthDate> {
    let year = words.year(year.value, year.len)?;
    let (day, month) = (u8::try_from(day.value).ok()?, u8::try_from(month.value).ok()?);
    let whole = day > 0 || month > 0;
    (month <= 12 && day <= 31 && whole && (month > 0 || day == 0)).then_some(BirthDate { year, month, day })
}

/// `03/1985`, `1985-03`, `3/85`, `7/3`.
fn from_two(words: &DateWords, first: Run, second: Run) -> Option<BirthDate> {
    if first.len == 4 {
        return day(words, Run::default(), second, first);
    }
    if second.len < 3 && second.value <= 31 {
        return day(words, first, second, Run::default());
    }
    day(words, Run::default(), first, second)
}

/// A date of three parts, each perhaps unknown; what is out of range is.
fn day(words: &DateWords, day: Run, month: Run, year: Run) -> Option<BirthDate> {
    let year = if year.len == 0 { 0 } else { words.year(year.value, year.len).unwrap_or(0) };
    let (mut day, mut month) = (day.value, month.value);
    if month > 12 && (1..=12).contains(&day) {
        std::mem::swap(&mut day, &mut month);
    }
    let within = |value: u32, last: u8| u8::try_from(value).ok().filter(|value| *value <= last).unwrap_or(0);
    Some(BirthDate { year, month: within(month, 12), day: within(day, 31) })
}

pub(super) fn only_year(year: u16) -> BirthDate {
    BirthDate { year, month: 0, day: 0 }
}

/// The day a spreadsheet's number stands for.
fn from_excel(words: &DateWords, serial: u32) -> Option<BirthDate> {
    let (year, month, day) = civil(i64::from(serial) + EXCEL_DAY_0);
    let year = u32::try_from(year).ok().and_then(|year| words.year(year, 4))?;
    Some(BirthDate { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
}

/// Year, month and day of a count of days since 1970-01-01 in the Gregorian calendar, by eras of 400 years
/// that begin on 1 March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * march_month + 2) / 5 + 1)
}

/// `../../1985`, `07/??/1985`, `xx-03-1985`: three fields, of which some are unknown.
fn from_fields(words: &DateWords, raw: &str) -> Option<BirthDate> {
    let separator = ['/', '-', '.'].into_iter().find(|separator| raw.matches(*separator).count() == 2)?;
    let mut fields = [Run::default(); 3];
    for (run, field) in fields.iter_mut().zip(raw.split(separator)) {
        let field = field.trim();
        let digits = field.bytes().all(|byte| byte.is_ascii_digit());
        let unknown = field.chars().all(|c| matches!(c, 'x' | 'X' | '?' | '.' | '-' | '_' | '…' | '*'));
        match (digits && field.len() < 5, unknown) {
            (true, _) if !field.is_empty() => *run = Run { value: field.parse().ok()?, len: field.len() },
            (_, true) => {}
            _ => return None,
        }
    }
    let [first, second, third] = fields;
    if first.len == 4 { day(words, third, second, first) } else { day(words, first, second, third) }
}

/// The date in digits, for words around it.
pub(super) fn in_digits(words: &DateWords, text: &str) -> Option<BirthDate> {
    Runs::of(text).and_then(|runs| from_runs(words, &runs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static WORDS: LazyLock<DateWords> = LazyLock::new(DateWords::shipped);

    fn ymd(raw: &str) -> Option<(u16, u8, u8)> {
        read(&WORDS, raw).map(|date| (date.year, date.month, date.day))
    }

    #[test]
    fn in_digits() {
        for raw in [
            "07/03/1985",
            "7/3/1985",
            "07-03-1985",
            "07.03.1985",
            "7 3 1985",
            "1985-03-07",
            "1985/3/7",
            "19850307",
            "07031985",
            "7031985",
            "1985-03-07T00:00:00",
            "1985-03-07 00:00:00.000",
            "07/03/85",
            "7/3/85",
            "31113",
            "31113.0",
            "31113.5",
            " 07/03/1985 ",
            "07\\03\\1985",
            "'07/03/1985",
        ] {
            assert_eq!(ymd(raw), Some((1985, 3, 7)), "{raw}");
        }
        for (raw, expected) in [
            ("1985", (1985, 0, 0)),
            ("1985.0", (1985, 0, 0)),
            ("85", (1985, 0, 0)),
            ("05", (2005, 0, 0)),
            ("03/1985", (1985, 3, 0)),
            ("1985-03", (1985, 3, 0)),
            ("198503", (1985, 3, 0)),
            ("031985", (1985, 3, 0)),
            ("3/85", (1985, 3, 0)),
            ("00/00/1985", (1985, 0, 0)),
            ("00/03/1985", (1985, 3, 0)),
            ("03/25/1985", (1985, 3, 25)),
            ("25/13/1985", (1985, 0, 25)),
            ("30/02/1950", (1950, 2, 30)),
            ("7/3", (0, 3, 7)),
            ("07/03/0085", (0, 3, 7)),
            ("070385", (1985, 3, 7)),
            ("2500", (1906, 11, 4)),
            ("07/03/05", (2005, 3, 7)),
            ("85-03-07", (1985, 3, 7)),
        ] {
            assert_eq!(ymd(raw), Some(expected), "{raw}");
        }
    }

    #[test]
    fn with_parts_unknown() {
        for (raw, expected) in [
            ("../../1985", (1985, 0, 0)),
            ("xx/xx/1985", (1985, 0, 0)),
            ("--/--/1985", (1985, 0, 0)),
            ("?/3/1985", (1985, 3, 0)),
            ("07/??/1985", (1985, 0, 7)),
            ("…/…/1985", (1985, 0, 0)),
        ] {
            assert_eq!(ymd(raw), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for raw in
            ["", " ", "-", "abc", "0", "123", "00/00/0000", "01/01/1900", "999999999", "31/12/9999", "191012"]
        {
            assert_eq!(ymd(raw), None, "{raw}");
        }
    }

    #[test]
    fn spreadsheet_days() {
        for (serial, expected) in
            [(1, (1899, 12, 31)), (61, (1900, 3, 1)), (25_569, (1970, 1, 1)), (45_000, (2023, 3, 15))]
        {
            assert_eq!(civil(serial + EXCEL_DAY_0), expected);
        }
    }

    proptest! {
        #[test]
        fn every_form_of_a_day_is_read_back(year in 1900_u16..2027, month in 1_u8..13, day in 1_u8..29) {
            prop_assume!((day, month, year) != (1, 1, 1900));
            let date = Some((year, month, day));
            prop_assert_eq!(ymd(&format!("{day:02}/{month:02}/{year}")), date);
            prop_assert_eq!(ymd(&format!("{day}-{month}-{year}")), date);
            prop_assert_eq!(ymd(&format!("{year}-{month:02}-{day:02}")), date);
            prop_assert_eq!(ymd(&format!("ngày {day} tháng {month} năm {year}")), date);
        }

        #[test]
        fn any_text_is_survived(raw in any::<String>()) {
            if let Some((_, month, day)) = ymd(&raw) {
                prop_assert!(month <= 12 && day <= 31);
            }
        }

        #[test]
        fn odd_digits_are_survived(raw in "[0-9/. ?x-]{0,14}") {
            ymd(&raw);
        }
    }
}
