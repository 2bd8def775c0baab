//! Times as decisions write them: `0,25 ngày làm việc`, `04 giờ`, `1/2 ngày`, `02 ngày`, `Không tính thời
//! gian`, `Không quy định`.

use crate::model::definition::StepTime;
use d06_kernel::text::search_key;

/// Minutes of a working day, by which decisions reckon (8 hours).
pub(super) const MINUTES_PER_DAY: u32 = 480;

/// Words before a number that change nothing.
const BEFORE: [&str; 9] =
    ["khong qua", "toi da", "trong vong", "trong thoi han", "trong", "thoi gian", "thoi han", "khoang", "la"];
/// What ends a time; anything after it is an explanation.
const AFTER: [&str; 14] = [
    "ke tu",
    "tinh tu",
    "sau khi",
    "doi voi",
    "truong hop",
    "neu ",
    "cho moi",
    "theo quy dinh",
    "/ho so",
    "/01",
    "/1",
    "=",
    ";",
    ",",
];

/// The unit of bare numbers, where the header of the column names it: `Thời gian (giờ)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit(&'static str);

impl Unit {
    /// The unit a column header names.
    pub(super) fn in_header(folded: &str) -> Option<Self> {
        ["gio", "phut", "ngay lam viec", "ngay"].into_iter().find(|unit| folded.contains(unit)).map(Self)
    }

    /// The time of a cell under such a header: a time as anywhere, or a bare number of units.
    pub(super) fn read(self, text: &str) -> Option<StepTime> {
        let bare = text.trim();
        let is_number =
            !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '/'));
        if is_number { read_time(&format!("{bare} {}", self.0)) } else { read_time(text) }
    }
}

/// The time a cell states; `None` if the cell is not a time or is not understood.
pub fn read_time(text: &str) -> Option<StepTime> {
    let folded = search_key(text);
    let folded = folded.trim_matches(['.', ';', ':', ' ', '-', '+', '(', ')']);
    if folded.starts_with("khong tinh") {
        return Some(StepTime::NotCounted);
    }
    if matches!(folded, "khong quy dinh" | "khong" | "khong co" | "khong xac dinh" | "theo quy dinh") {
        return Some(StepTime::Unstated);
    }
    if matches!(folded, "trong ngay" | "trong ngay lam viec" | "ngay trong ngay" | "ngay trong ngay lam viec")
    {
        return Some(StepTime::WorkingMinutes(MINUTES_PER_DAY));
    }
    let mut rest = folded;
    while let Some(shorter) = BEFORE.iter().find_map(|w| rest.strip_prefix(w)) {
        rest = shorter.trim_start_matches([' ', ':']);
    }
    let (number, rest) = read_number(rest)?;
    let rest = strip_words_in_brackets(rest.trim_start());
    // "0,5 ngày (04 giờ)": what stands in brackets says the same again.
    let rest = rest.split_once('(').map_or(rest, |(before, _)| before);
    let end = AFTER.iter().filter_map(|w| rest.find(w)).min().unwrap_or(rest.len());
    let unit = rest[..end].trim().trim_end_matches(['.', ',', ';']);
    of_unit(number, unit).or_else(|| of_hours_and_minutes(number, unit))
}

/// `1 giờ 30 phút`.
fn of_hours_and_minutes(hours: u64, rest: &str) -> Option<StepTime> {
    let (unit, minutes) = rest.split_once(' ')?;
    let (minutes, rest) = read_number(minutes)?;
    let (StepTime::WorkingMinutes(hours), StepTime::WorkingMinutes(minutes)) =
        (of_unit(hours, unit)?, of_unit(minutes, rest.trim())?)
    else {
        return None;
    };
    (unit == "gio").then_some(StepTime::WorkingMinutes(hours.checked_add(minutes)?))
}

/// A number in thousandths, so that `0,25` and `1/3` need no floating point.
fn read_number(text: &str) -> Option<(u64, &str)> {
    if let Some(rest) = text.strip_prefix("½").or_else(|| text.strip_prefix("nua ")) {
        return Some((500, rest));
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '/' | '\u{2044}'))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number = number.trim_end_matches(['.', ',']);
    if let Some((above, below)) = number.split_once(['/', '\u{2044}']) {
        let (above, below): (u64, u64) = (above.parse().ok()?, below.parse().ok()?);
        return (below != 0 && above < 1000).then(|| (above * 1000 / below, rest));
    }
    let (whole, part) = number.split_once([',', '.']).unwrap_or((number, ""));
    let whole: u64 = whole.parse().ok().filter(|n| *n < 10_000)?;
    let part = format!("{part:0<3}");
    (part.len() == 3).then(|| part.parse::<u64>().ok().map(|p| (whole * 1000 + p, rest)))?
}

/// Drops `(hai)` after `02`.
fn strip_words_in_brackets(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(') else { return text };
    inner.split_once(')').map_or(text, |(_, rest)| rest.trim_start())
}

fn of_unit(thousandths: u64, unit: &str) -> Option<StepTime> {
    let minutes = |per_unit: u64| {
        u32::try_from((thousandths * per_unit + 500) / 1000).ok().map(StepTime::WorkingMinutes)
    };
    match unit {
        "phut" | "phut lam viec" => minutes(1),
        "gio" | "gio lam viec" | "h" | "tieng" | "gio hanh chinh" => minutes(60),
        "buoi" | "buoi lam viec" => minutes(u64::from(MINUTES_PER_DAY) / 2),
        "ngay lam viec" | "ngay lv" | "ngay lam viec." => minutes(u64::from(MINUTES_PER_DAY)),
        // A part of a day can only be working time.
        "ngay" if !thousandths.is_multiple_of(1000) => minutes(u64::from(MINUTES_PER_DAY)),
        "ngay" => u32::try_from(thousandths / 1000).ok().map(StepTime::CalendarDays),
        "tuan" if thousandths.is_multiple_of(1000) => {
            u32::try_from(thousandths / 1000 * 7).ok().map(StepTime::CalendarDays)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_decisions_write_them() {
        let minutes = |m| Some(StepTime::WorkingMinutes(m));
        let table = [
            ("0,25 ngày làm việc", minutes(120)),
            ("0.5 ngày làm việc", minutes(240)),
            ("01 ngày làm việc", minutes(480)),
            ("1,5 ngày", minutes(720)),
            ("1/2 ngày", minutes(240)),
            ("½ ngày làm việc", minutes(240)),
            ("04 giờ", minutes(240)),
            ("0,5 giờ", minutes(30)),
            ("4h", minutes(240)),
            ("16 giờ làm việc", minutes(960)),
            ("30 phút", minutes(30)),
            ("01 buổi", minutes(240)),
            ("Không quá 02 (hai) ngày làm việc", minutes(960)),
            ("03 ngày làm việc (kể từ ngày nhận đủ hồ sơ)", minutes(1440)),
            ("03 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ", minutes(1440)),
            ("0,5 ngày (04 giờ)", minutes(240)),
            ("1 giờ 30 phút", minutes(90)),
            ("168 giờ = 21 ngày làm việc", minutes(168 * 60)),
            ("02 giờ/hồ sơ", minutes(120)),
            ("Trong ngày làm việc", minutes(480)),
            ("05 ngày làm việc; trường hợp phải xác minh không quá 10 ngày", minutes(2400)),
            ("02 ngày", Some(StepTime::CalendarDays(2))),
            ("Không tính thời gian", Some(StepTime::NotCounted)),
            ("Không quy định", Some(StepTime::Unstated)),
            ("", None),
            ("Lãnh đạo Sở Y tế", None),
            ("10 ngày làm việc phải do cơ quan cấp trên quyết định", None),
            ("1/0 ngày", None),
            ("99999999999999999999 giờ", None),
            ("5", None),
            ("2 tháng 9", None),
            ("02 bộ hồ sơ", None),
            ("Ngay sau khi nhận hồ sơ", None),
        ];
        for (text, time) in table {
            assert_eq!(read_time(text), time, "{text}");
        }
    }

    #[test]
    fn a_header_gives_bare_numbers_their_unit() {
        let unit = |header| Unit::in_header(header).unwrap();
        assert_eq!(unit("thoi gian (gio)").read("04"), Some(StepTime::WorkingMinutes(240)));
        assert_eq!(unit("thoi gian (ngay lam viec)").read("0,5"), Some(StepTime::WorkingMinutes(240)));
        assert_eq!(unit("thoi gian (gio)").read("Lãnh đạo"), None);
        assert_eq!(Unit::in_header("thoi gian thuc hien"), None);
    }
}
