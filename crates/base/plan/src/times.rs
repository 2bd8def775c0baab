//! Times in the words of Vietnamese administration, wherever they stand in a text: days, months, quarters, parts of a
//! year, years.

use crate::compiled::DueKind;
use crate::folded::Folded;
use crate::numbering::roman;
use chrono::NaiveDate;

/// A time named in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    /// Where the words begin and end.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: DueKind,
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    pub(crate) year_assumed: bool,
}

/// All times named in a text, in order, none inside another.
pub(crate) fn points(folded: &Folded<'_>, year: Option<i32>) -> Vec<Point> {
    let ascii = folded.ascii();
    let mut found: Vec<Point> = Vec::new();
    let mut at = 0;
    while at < ascii.len() {
        let before = at.checked_sub(1).and_then(|i| ascii.as_bytes().get(i));
        let starts_word = before.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'/');
        match starts_word.then(|| point_at(ascii, at, year)).flatten() {
            Some(point) => {
                at = point.end.max(at + 1);
                found.push(point);
            }
            None => at += 1,
        }
    }
    found
}

/// The time whose words begin at this byte.
fn point_at(ascii: &str, at: usize, year: Option<i32>) -> Option<Point> {
    let mut scan = Scan { text: ascii, at };
    let point = |scan: &Scan<'_>, kind, from, to| {
        Some(Point { start: at, end: scan.at, kind, from, to, year_assumed: false })
    };
    if scan.word("ngay") {
        if let Some(date) = scan.date() {
            return point(&scan, DueKind::Date, date, date);
        }
        return day_of_year(scan, at, year);
    }
    if scan.word("quy") || scan.short_quarter() {
        let quarter = scan.quarter()?;
        let named = scan.year_after().or_else(|| year_ahead(ascii, scan.at));
        let of_plan = named.or(year)?;
        let from = day(of_plan, quarter * 3 - 2, 1)?;
        let found = point(&scan, DueKind::Quarter, from, month_end(of_plan, quarter * 3)?)?;
        return Some(Point { year_assumed: named.is_none(), ..found });
    }
    if scan.word("thang") {
        let month = scan.number(2)?;
        let named = scan.year_after().or_else(|| year_ahead(ascii, scan.at));
        let of_plan = named.or(year)?;
        let from = day(of_plan, month, 1)?;
        let found = point(&scan, DueKind::Month, from, month_end(of_plan, month)?)?;
        return Some(Point { year_assumed: named.is_none(), ..found });
    }
    if let Some((first, last)) = scan.months_of_year() {
        let named = scan.year();
        let of_plan = named.or(year)?;
        let found = point(&scan, DueKind::Range, day(of_plan, first, 1)?, month_end(of_plan, last)?)?;
        return Some(Point { year_assumed: named.is_none(), ..found });
    }
    if scan.word("nam") {
        let year = scan.year()?;
        return point(&scan, DueKind::Year, day(year, 1, 1)?, day(year, 12, 31)?);
    }
    if let Some(date) = scan.date() {
        return point(&scan, DueKind::Date, date, date);
    }
    scan.at = at;
    if let Some(month) = scan.number(2)
        && scan.sign(&['/', '.', '-'])
        && let Some(year) = scan.year()
    {
        return point(&scan, DueKind::Month, day(year, month, 1)?, month_end(year, month)?);
    }
    if let Some(found) = day_of_year(Scan { text: ascii, at }, at, year) {
        return Some(found);
    }
    // A bare year carries on a list: "các mốc năm 2027, 2030".
    scan.at = at;
    let year = scan.year()?;
    let before = ascii.get(..at)?.trim_end();
    (before.ends_with(',') || before.ends_with('-')).then_some(())?;
    point(&scan, DueKind::Year, day(year, 1, 1)?, day(year, 12, 31)?)
}

/// A day without its year, which stands at the end of the range ("từ 01/4 đến 30/6/2026") or is the plan's.
fn day_of_year(mut scan: Scan<'_>, at: usize, year: Option<i32>) -> Option<Point> {
    let day_of_month = scan.number(2)?;
    let month = scan.sign(&['/']).then(|| scan.number(2)).flatten()?;
    let goes_on = scan.rest().starts_with(|c: char| c == '/' || c == '%' || c.is_ascii_alphanumeric());
    let named = year_ahead(scan.text, scan.at);
    let date = day(named.or(year)?, month, day_of_month).filter(|_| !goes_on)?;
    Some(Point {
        start: at,
        end: scan.at,
        kind: DueKind::Date,
        from: date,
        to: date,
        year_assumed: named.is_none(),
    })
}

/// The year that a list names at its end: "quý II, quý III năm 2026".
fn year_ahead(ascii: &str, at: usize) -> Option<i32> {
    let rest = ascii.get(at..)?.trim_start();
    let list = rest
        .strip_prefix([',', '-'])
        .or_else(|| rest.strip_prefix("va "))
        .or_else(|| rest.strip_prefix("den "))?;
    let list: String = list.chars().take(30).take_while(|c| !matches!(c, ';' | '.')).collect();
    let list = list.trim_start();
    let list = list.strip_prefix("het ").unwrap_or(list);
    let goes_on = ["quy", "thang", "ngay"].iter().any(|word| list.starts_with(word))
        || list.starts_with(|c: char| c.is_ascii_digit());
    goes_on.then(|| years_in(list).next()).flatten()
}

/// Reads words and numbers off a folded text, one after the other.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn word(&mut self, word: &str) -> bool {
        let next = self.rest().as_bytes().get(word.len());
        let found = self.rest().starts_with(word) && next.is_none_or(|b| !b.is_ascii_alphanumeric());
        if found {
            self.at += word.len();
            self.blanks();
        }
        found
    }

    fn sign(&mut self, signs: &[char]) -> bool {
        self.blanks();
        let found = self.rest().starts_with(signs);
        if found {
            self.at += 1;
            self.blanks();
        }
        found
    }

    /// A number of at most `digits` digits that is not part of a longer one.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let length = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > digits {
            return None;
        }
        let value = self.rest().get(..length)?.parse().ok()?;
        self.at += length;
        Some(value)
    }

    fn year(&mut self) -> Option<i32> {
        let before = self.at;
        let year = self.number(4).and_then(|y| i32::try_from(y).ok()).filter(|y| (1990..2100).contains(y));
        if year.is_none() || self.rest().starts_with('/') {
            self.at = before;
            return None;
        }
        year
    }

    /// `/2026`, ` năm 2026`, `-2026`.
    fn year_after(&mut self) -> Option<i32> {
        let before = self.at;
        self.blanks();
        let joined = self.sign(&['/', '.', '-']) || self.word("nam");
        let year = joined.then(|| self.year()).flatten();
        if year.is_none() {
            self.at = before;
        }
        year
    }

    /// `30/9/2025`, `30-9-2025`, `30 tháng 9 năm 2025`. A day that the calendar lacks is none.
    fn date(&mut self) -> Option<NaiveDate> {
        let before = self.at;
        let date = self.date_parts();
        if date.is_none() {
            self.at = before;
        }
        date
    }

    fn date_parts(&mut self) -> Option<NaiveDate> {
        let day_of_month = self.number(2)?;
        let joined = self.sign(&['/', '.', '-']) || self.word("thang");
        let month = joined.then(|| self.number(2)).flatten()?;
        self.blanks();
        let joined = self.sign(&['/', '.', '-']) || self.word("nam");
        let year = joined.then(|| self.year()).flatten()?;
        day(year, month, day_of_month)
    }

    /// `6 tháng đầu năm`, `09 tháng đầu năm`, `6 tháng cuối năm`: the first and the last month.
    fn months_of_year(&mut self) -> Option<(u32, u32)> {
        let before = self.at;
        let months = self.number(2).filter(|months| (1..12).contains(months));
        self.blanks();
        let span = months.and_then(|months| {
            if self.word("thang dau nam") {
                Some((1, months))
            } else {
                self.word("thang cuoi nam").then_some((13 - months, 12))
            }
        });
        if span.is_none() {
            self.at = before;
        }
        span
    }

    /// The "Q" of `Q3/2026` or `Q.IV/2026`.
    fn short_quarter(&mut self) -> bool {
        let after = self.rest().strip_prefix('q').map(|rest| rest.trim_start_matches('.'));
        let found =
            after.is_some_and(|rest| rest.starts_with(['1', '2', '3', '4', 'i']) && rest.contains('/'));
        if found {
            self.at = self.text.len() - after.unwrap_or_default().len();
        }
        found
    }

    fn quarter(&mut self) -> Option<u32> {
        let word: String = self.rest().chars().take_while(char::is_ascii_alphanumeric).collect();
        self.at += word.len();
        let number = word.parse().ok().or_else(|| roman(&word.to_ascii_uppercase()))?;
        (1..=4).contains(&number).then_some(number)
    }
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month_end(year: i32, month: u32) -> Option<NaiveDate> {
    let next = if month == 12 { day(year.checked_add(1)?, 1, 1) } else { day(year, month + 1, 1) };
    next?.pred_opt()
}

/// The years named in a folded text.
pub(crate) fn years_in(ascii: &str) -> impl Iterator<Item = i32> {
    ascii
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse().ok())
        .filter(|year| (1990..2100).contains(year))
}
