//! Dates, moments, numbers and money as people read them. Civil time is Indochina Time.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use d06_kernel::Locale;
use d06_kernel::person::PartialDate;
use d06_kernel::time::{Moment, local};

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date: `15/06/2026`, `15 June 2026`.
pub fn date(locale: Locale, date: NaiveDate) -> String {
    match locale {
        Locale::Vi => date.format("%d/%m/%Y").to_string(),
        Locale::En => format!("{} {} {}", date.day(), english_month(date.month()), date.year()),
    }
}

/// A date of which perhaps only the year or the month is known: `06/2026`, `June 2026`, `2026`.
pub fn partial_date(locale: Locale, value: PartialDate) -> String {
    match (locale, value) {
        (_, PartialDate::Day(day)) => date(locale, day),
        (Locale::Vi, other) => other.vietnamese(),
        (Locale::En, PartialDate::Month(year, month)) => format!("{} {year}", english_month(month)),
        (Locale::En, PartialDate::Year(year)) => year.to_string(),
    }
}

/// A moment to the minute, in Indochina Time: `09:05 ngày 15/06/2026`, `15 June 2026, 09:05`.
pub fn datetime(locale: Locale, moment: Moment) -> String {
    local_datetime(locale, local(moment))
}

/// A civil date and time to the minute.
pub fn local_datetime(locale: Locale, civil: NaiveDateTime) -> String {
    let time = civil.format("%H:%M");
    match locale {
        Locale::Vi => format!("{time} ngày {}", date(locale, civil.date())),
        Locale::En => format!("{}, {time}", date(locale, civil.date())),
    }
}

/// A whole number with its thousands grouped: `1.234.567`, `1,234,567`.
pub fn integer(locale: Locale, number: i64) -> String {
    let digits = group(&number.unsigned_abs().to_string(), thousands_mark(locale));
    if number < 0 { format!("-{digits}") } else { digits }
}

/// A number with at most `decimals` decimals, without trailing zeros: `1.234,5`, `1,234.5`.
pub fn number(locale: Locale, value: f64, decimals: usize) -> String {
    let fixed = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut text = group(whole, thousands_mark(locale));
    if !fraction.is_empty() {
        text.push(decimal_mark(locale));
        text.push_str(fraction);
    }
    if value < 0.0 && text.bytes().any(|b| matches!(b, b'1'..=b'9')) { format!("-{text}") } else { text }
}

/// An amount of money in whole đồng: `150.000 đồng`, `VND 150,000`.
pub fn money(locale: Locale, dong: i64) -> String {
    let digits = integer(locale, dong);
    match locale {
        Locale::Vi => format!("{digits} đồng"),
        Locale::En => format!("VND {digits}"),
    }
}

fn english_month(month: u32) -> &'static str {
    usize::try_from(month)
        .ok()
        .and_then(|month| ENGLISH_MONTHS.get(month.wrapping_sub(1)))
        .copied()
        .unwrap_or("")
}

fn thousands_mark(locale: Locale) -> char {
    match locale {
        Locale::Vi => '.',
        Locale::En => ',',
    }
}

fn decimal_mark(locale: Locale) -> char {
    match locale {
        Locale::Vi => ',',
        Locale::En => '.',
    }
}

fn group(digits: &str, mark: char) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(Locale::Vi, 1234.5, 2), "1.234,5");
        assert_eq!(number(Locale::En, 1234.5, 2), "1,234.5");
        assert_eq!(number(Locale::Vi, -0.001, 2), "0");
        assert_eq!(integer(Locale::Vi, -1_234_567), "-1.234.567");
        assert_eq!(integer(Locale::Vi, 100), "100");
        assert_eq!(money(Locale::Vi, 150_000), "150.000 đồng");
        assert_eq!(money(Locale::En, 150_000), "VND 150,000");
    }

    #[test]
    fn moments_are_shown_in_indochina_time() {
        let moment: Moment = "2026-06-14T18:05:00Z".parse().unwrap();
        assert_eq!(datetime(Locale::Vi, moment), "01:05 ngày 15/06/2026");
        assert_eq!(datetime(Locale::En, moment), "15 June 2026, 01:05");
    }

    #[test]
    fn partial_dates_show_what_is_known() {
        assert_eq!(partial_date(Locale::Vi, PartialDate::Month(1985, 3)), "03/1985");
        assert_eq!(partial_date(Locale::En, PartialDate::Month(1985, 3)), "March 1985");
        assert_eq!(partial_date(Locale::En, PartialDate::Year(1985)), "1985");
    }
}
