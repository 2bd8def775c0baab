//! Numbers and dates written wrongly.

use super::occasion;
use chrono::{Datelike, NaiveDate};
use d06_kernel::person::PartialDate;
use rand::{Rng, RngExt};

/// One digit misread, two exchanged, one missing, or the leading zero eaten by a spreadsheet.
pub(in crate::register) fn digits<R: Rng>(rng: &mut R, number: &str) -> Option<String> {
    const ALIKE: [(char, char); 10] = [
        ('1', '7'),
        ('7', '1'),
        ('3', '8'),
        ('8', '3'),
        ('0', '6'),
        ('6', '0'),
        ('5', '6'),
        ('4', '9'),
        ('9', '4'),
        ('2', '7'),
    ];
    let mut all: Vec<char> = number.chars().collect();
    let place = occasion(rng, &all, |_, c| c.is_ascii_digit())?;
    match rng.random_range(0..10) {
        0..4 => all[place] = ALIKE.iter().find(|(from, _)| *from == all[place])?.1,
        4..7 if place + 1 < all.len() => all.swap(place, place + 1),
        7 => {
            all.remove(place);
        }
        _ => return number.strip_prefix('0').map(str::to_owned),
    }
    Some(all.into_iter().collect())
}

/// A date a little off: day and month exchanged, a neighbouring year, another decade, a wrong day.
pub(in crate::register) fn date<R: Rng>(rng: &mut R, date: PartialDate) -> PartialDate {
    let PartialDate::Day(day) = date else {
        return PartialDate::Year(date.year() + if rng.random_bool(0.5) { 1 } else { -1 });
    };
    let changed = match rng.random_range(0..10) {
        0..4 => NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()),
        4..7 => day.with_year(day.year() + if rng.random_bool(0.5) { 1 } else { -1 }),
        7 => day.with_year(day.year() + if rng.random_bool(0.5) { 10 } else { -10 }),
        8 => day.with_day(rng.random_range(1..29)),
        _ => day.with_month(rng.random_range(1..13)),
    };
    PartialDate::Day(changed.unwrap_or(day))
}

/// A date in one of the manners in which papers have it.
pub(in crate::register) fn written<R: Rng>(rng: &mut R, date: PartialDate) -> String {
    let PartialDate::Day(day) = date else { return date.vietnamese() };
    let (d, m, y) = (day.day(), day.month(), day.year());
    match rng.random_range(0..20) {
        0..9 => format!("{d:02}/{m:02}/{y}"),
        9..12 => format!("{d}/{m}/{y}"),
        12..14 => format!("{d:02}-{m:02}-{y}"),
        14..16 => format!("{d:02}.{m:02}.{y}"),
        16..18 => format!("{y}-{m:02}-{d:02}"),
        18 => format!("ngày {d:02} tháng {m:02} năm {y}"),
        _ => format!("{d:02}{m:02}{y}"),
    }
}
