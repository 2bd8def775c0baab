//! Deadlines in the words of Vietnamese administration: "Trước 30/9/2025", "Quý I/2026", "Thường xuyên",
//! "Khi có hướng dẫn của Bộ…".

use crate::compiled::{Due, DueKind, Period, Warning, WarningCode};
use crate::folded::Folded;
use crate::times::{Point, day, points, years_in};
use chrono::{Datelike, Days};

/// Reads the deadline of a task. `year` is the year of the plan, for months named without one.
pub fn parse_due(raw: &str, year: Option<i32>, line: u32, warnings: &mut Vec<Warning>) -> Due {
    let raw = raw.trim().trim_end_matches(['.', ';', ',']).trim();
    let mut due = Due { raw: raw.to_owned(), ..Due::default() };
    if raw.is_empty() {
        return due;
    }
    let folded = Folded::new(raw);
    if is_condition(folded.ascii()) {
        due.kind = DueKind::Conditional;
        due.condition = Some(raw.to_owned());
        return due;
    }
    let points = points(&folded, year);
    let tail_condition = condition_after(&folded, 0);
    let points: Vec<Point> =
        points.into_iter().filter(|p| tail_condition.is_none_or(|at| p.start < at)).collect();
    due.condition = tail_condition.map(|at| folded.slice(at, folded.len()).to_owned());

    if is_recurring(&folded) && first_words_recur(&folded, points.first()) {
        due.kind = DueKind::Recurring;
        let last = points.last().filter(|p| matches!(p.kind, DueKind::Year | DueKind::Date));
        due.to = last.filter(|p| !p.year_assumed).map(|p| p.to);
        let says_when = folded.has_any(&["dinh ky"]) || raw.contains(|c: char| c.is_ascii_digit());
        if due.condition.is_none() && says_when {
            due.condition = Some(raw.to_owned());
        }
        return due;
    }
    if points.iter().any(|p| p.year_assumed) {
        let message = format!("\"{raw}\": the plan's year was taken");
        warnings.push(Warning::new(WarningCode::YearAssumed, line, message));
    }
    match points.as_slice() {
        [] if waits_for(&folded) => {
            due.kind = DueKind::Conditional;
            due.condition = Some(raw.to_owned());
        }
        [] => {
            let message = format!("\"{raw}\" is not understood as a time");
            warnings.push(Warning::new(WarningCode::DueNotUnderstood, line, message));
        }
        [only] => single(&folded, *only, &mut due),
        [first, .., last] => several(&folded, *first, *last, line, &mut due, warnings),
    }
    due
}

/// Finds a deadline inside the text of a task: "hoàn thành trước ngày 15/01/2025", "(Thực hiện thường
/// xuyên)".
pub(crate) fn find_due(text: &str, year: Option<i32>, line: u32, warnings: &mut Vec<Warning>) -> Due {
    let folded = Folded::new(text);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for point in points(&folded, None) {
        let lead_in = folded.ascii().get(point.start.saturating_sub(45)..point.start).unwrap_or_default();
        let near = lead_in.rsplit(['.', ';', '(']).next().unwrap_or_default();
        let openings =
            ["hoan thanh", "truoc ngay", "truoc thang", "truoc", "xong truoc", "thoi han", "cham nhat"];
        let begin = openings
            .iter()
            .filter(|words| {
                near.contains(*words) && (**words == "hoan thanh" || near.trim_end().ends_with(*words))
            })
            .filter_map(|words| near.rfind(words))
            .min()
            // "Đến 30/6/2026, hoàn thành …"
            .or_else(|| matches!(near.trim(), "den" | "den het").then_some(0));
        if let Some(begin) = begin {
            found.push((point.start - near.len() + begin, point.end));
        }
    }
    if found.len() > 1 {
        warnings.push(Warning::new(
            WarningCode::SeveralTimes,
            line,
            "several times are named; the last was taken",
        ));
    }
    if let Some(&(start, end)) = found.last() {
        return parse_due(folded.slice(start, end), year, line, warnings);
    }
    if let Some(due) = sentence_end(&folded, year, line, warnings) {
        return due;
    }
    let always = ["thuc hien thuong xuyen", "thuong xuyen thuc hien"];
    match always.iter().find_map(|words| Some((folded.find_words(words, 0)?, words.len()))) {
        Some((at, length)) if folded.ascii().get(..at).is_some_and(|head| head.trim_end().ends_with('(')) => {
            parse_due(folded.slice(at, at + length), year, line, warnings)
        }
        _ => Due::default(),
    }
}

/// The first month, quarter or half-year that a text names, in its words. A day is often that of another document.
pub(crate) fn time_named(text: &str) -> Option<String> {
    let folded = Folded::new(text);
    let is_time = |p: &Point| matches!(p.kind, DueKind::Month | DueKind::Quarter | DueKind::Range);
    if let Some(found) = points(&folded, None).into_iter().find(is_time) {
        return Some(folded.slice(found.start, found.end).to_owned());
    }
    // Schools count in years of their own.
    let at = folded.find_words("nam hoc", 0)?;
    let years = folded.ascii().get(at + "nam hoc".len()..)?;
    let length = years.find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-'))).unwrap_or(years.len());
    let named = folded.slice(at, at + "nam hoc".len() + length).trim();
    named.ends_with(|c: char| c.is_ascii_digit()).then(|| named.to_owned())
}

/// A time that a sentence ends with ("… trong tháng 6/2026."), words of repetition that it begins with, or what it waits
/// for ("… khi có hướng dẫn của Bộ").
fn sentence_end(
    folded: &Folded<'_>,
    year: Option<i32>,
    line: u32,
    warnings: &mut Vec<Warning>,
) -> Option<Due> {
    let ascii = folded.ascii();
    let in_time = |point: &&Point| {
        let rest = ascii.get(point.end..).unwrap_or_default().trim_start_matches([')', '/']).trim_start();
        let before = ascii.get(..point.start).unwrap_or_default().trim_end();
        let ends = rest.is_empty() || rest.starts_with(['.', ';']);
        ends && (before.ends_with(" trong") || point.kind == DueKind::Quarter && before.ends_with(" vao"))
    };
    if let Some(point) = points(folded, None).iter().rfind(in_time) {
        return Some(parse_due(folded.slice(point.start, point.end), year, line, warnings));
    }
    let waits =
        ["khi co huong dan", "sau khi co huong dan", "ngay khi co huong dan", "khi co van ban huong dan"];
    if let Some(at) = waits.iter().filter_map(|words| folded.find_words(words, 0)).min() {
        let end = ascii.get(at..)?.find(['.', ';', ',']).map_or(folded.len(), |length| at + length);
        return Some(parse_due(folded.slice(at, end), year, line, warnings));
    }
    if let Some((at, end)) = day_of_every_period(folded) {
        return Some(parse_due(folded.slice(at, end), year, line, warnings));
    }
    let bare = ascii.trim_end_matches(['.', ';', ' ', ')']);
    if let Some(head) =
        bare.strip_suffix("thuong xuyen").filter(|head| head.ends_with(['(', ',', '.', ';', ' ']))
    {
        return Some(parse_due(folded.slice(head.len(), bare.len()), year, line, warnings));
    }
    let always = ["thuong xuyen", "dinh ky", "hang thang", "hang quy", "hang nam", "hang tuan"];
    let begins = always.iter().find(|words| folded.starts_with_words(words))?;
    Some(parse_due(folded.slice(0, end_of_cycle(ascii, begins.len())), year, line, warnings))
}

/// Where words of repetition end that began before `at`: "Định kỳ hằng tháng (trước ngày 15)".
fn end_of_cycle(ascii: &str, at: usize) -> usize {
    const CYCLES: [&str; 7] =
        ["hang ngay", "hang tuan", "hang thang", "hang quy", "hang nam", "6 thang", "truoc ngay"];
    let mut end = at;
    loop {
        let rest = ascii.get(end..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches([' ', ',']).len();
        let next = rest.get(blanks..).unwrap_or_default();
        let in_brackets = next.starts_with('(').then(|| next.find(')')).flatten();
        let is_time =
            |words: &str| words.contains("ngay") || CYCLES.iter().any(|cycle| words.contains(cycle));
        let length = if let Some(close) = in_brackets.filter(|close| is_time(&next[..*close])) {
            close + 1
        } else if let Some(cycle) = CYCLES.iter().find(|cycle| next.starts_with(**cycle)) {
            let number =
                next[cycle.len()..].trim_start_matches(|c: char| c == ' ' || c == '/' || c.is_ascii_digit());
            if *cycle == "truoc ngay" { next.len() - number.len() } else { cycle.len() }
        } else {
            return end;
        };
        end += blanks + length;
    }
}

/// "trước ngày 15 hằng tháng": where the words begin and end.
fn day_of_every_period(folded: &Folded<'_>) -> Option<(usize, usize)> {
    let ascii = folded.ascii();
    let mut from = 0;
    while let Some(at) = folded.find_words("ngay", from) {
        from = at + "ngay".len();
        let after = ascii.get(from..)?.trim_start();
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let rest = after.get(digits..)?.trim_start();
        let period = ["hang thang", "hang quy", "hang nam", "moi thang", "moi quy", "cua thang"];
        if (1..=2).contains(&digits)
            && let Some(words) = period.into_iter().find(|words| rest.starts_with(words))
        {
            let end = ascii.len() - rest.len() + words.len();
            let before = ascii.get(..at)?.trim_end();
            let start = if before.ends_with("truoc") { before.len() - "truoc".len() } else { at };
            return Some((start, end));
        }
    }
    None
}

/// The time a plan covers, as its title or its own line says: "Từ 01/9/2025 đến 31/12/2025", "giai đoạn
/// 2026 - 2030", "năm 2025".
pub(crate) fn find_period(text: &str) -> Period {
    let folded = Folded::new(text);
    if let Some(at) = folded.find_words("giai doan", 0) {
        let mut years = years_in(folded.ascii().get(at..).unwrap_or_default());
        if let (Some(first), Some(last)) = (years.next(), years.next()) {
            return Period { from: day(first, 1, 1), to: day(last, 12, 31) };
        }
    }
    let points = points(&folded, None);
    let from = points.first().map(|p| p.from);
    Period { from, to: points.last().map(|p| p.to) }
}

/// The time a title names, by years only: its dates are those of other documents.
pub(crate) fn period_of_title(title: &str) -> Period {
    let folded = Folded::new(title);
    let dated = points(&folded, None).iter().any(|p| p.kind == DueKind::Date);
    if dated && folded.find_words("giai doan", 0).is_none() { Period::default() } else { find_period(title) }
}

fn single(folded: &Folded<'_>, point: Point, due: &mut Due) {
    let before = folded.ascii().get(..point.start).unwrap_or_default();
    let after = folded.ascii().get(point.end..).unwrap_or_default();
    due.kind = point.kind;
    (due.from, due.to) = (Some(point.from), Some(point.to));
    if point.kind == DueKind::Date {
        due.from = None;
    }
    let opens = before.trim_end().ends_with("tu") || after.contains("tiep theo") || after.contains("tro di");
    if opens {
        (due.kind, due.from, due.to) = (DueKind::Range, Some(point.from), None);
    } else if before.trim_end().ends_with("truoc") && point.kind != DueKind::Date {
        (due.from, due.to) = (None, point.from.checked_sub_days(Days::new(1)));
    } else if after.contains("thuong xuyen") && due.condition.is_none() {
        let at = point.end + after.find("thuong xuyen").unwrap_or(0);
        due.condition = Some(folded.slice(at, folded.len()).to_owned());
    }
}

fn several(
    folded: &Folded<'_>,
    first: Point,
    last: Point,
    line: u32,
    due: &mut Due,
    warnings: &mut Vec<Warning>,
) {
    let before = folded.ascii().get(..first.start).unwrap_or_default();
    let between = folded.ascii().get(first.end..last.start).unwrap_or_default();
    due.from = Some(first.from);
    due.to = Some(last.to);
    due.kind = DueKind::Range;
    // Neighbouring quarters or months are one time: "quý II, quý III năm 2026".
    let adjoining = first.kind == last.kind
        && first.kind != DueKind::Date
        && first.to.checked_add_days(Days::new(1)) == Some(last.from);
    let is_range = adjoining
        || before.contains("tu ")
        || before.trim_end().ends_with("tu")
        || between.contains("den")
        || between.trim() == "-";
    if !is_range {
        let message = format!("\"{}\" names several times", due.raw);
        warnings.push(Warning::new(WarningCode::SeveralTimes, line, message));
    }
}

/// Whether the whole deadline hangs on something else.
fn is_condition(ascii: &str) -> bool {
    const OPENINGS: [&str; 12] = [
        "khi ",
        "sau khi",
        "theo ",
        "hoan thanh theo",
        "thuc hien khi",
        "thuc hien theo",
        "ngay sau khi",
        "ngay khi",
        "tuy theo",
        "can cu ",
        "phu thuoc",
        "hoan thanh khi",
    ];
    OPENINGS.iter().any(|opening| ascii.starts_with(opening))
}

/// Whether a time without a date counts from something else: "trong 30 ngày kể từ khi Bộ công bố".
fn waits_for(folded: &Folded<'_>) -> bool {
    folded.has_any(&["ke tu", "sau khi", "truoc khi"])
}

/// Where words begin that make the deadline depend on something: "và theo hướng dẫn của Bộ".
fn condition_after(folded: &Folded<'_>, from: usize) -> Option<usize> {
    [
        "va theo",
        "hoac theo",
        "hoac khi",
        "va khi",
        "theo huong dan",
        "theo chi dao",
        "theo yeu cau",
        "theo lo trinh",
        "theo tien do",
    ]
    .iter()
    .filter_map(|words| {
        let at = folded.find_words(words, from)?;
        Some(if words.starts_with("va ") { at + 3 } else { at })
    })
    .min()
}

fn is_recurring(folded: &Folded<'_>) -> bool {
    folded.has_any(&[
        "thuong xuyen",
        "dinh ky",
        "hang thang",
        "hang nam",
        "hang quy",
        "hang tuan",
        "hang ngay",
        "lien tuc",
        "hng thang",
    ])
}

/// Whether the words of repetition stand before any time that is named.
fn first_words_recur(folded: &Folded<'_>, first: Option<&Point>) -> bool {
    let Some(first) = first else { return true };
    let before = Folded::new(folded.slice(0, first.start)).ascii().to_owned();
    ["thuong xuyen", "dinh ky", "hang ", "lien tuc"].iter().any(|words| before.contains(words))
}

/// The year a plan is about, for months named without a year.
pub(crate) fn plan_year(period: &Period) -> Option<i32> {
    let (from, to) = (period.from?, period.to?);
    (from.year() == to.year()).then(|| from.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(raw: &str) -> (DueKind, String, String, String) {
        let mut warnings = Vec::new();
        let due = parse_due(raw, Some(2025), 1, &mut warnings);
        let text = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        (due.kind, text(due.from), text(due.to), due.condition.unwrap_or_default())
    }

    fn expect(raw: &str, kind: DueKind, from: &str, to: &str, condition: &str) {
        assert_eq!(due(raw), (kind, from.into(), to.into(), condition.into()), "{raw}");
    }

    #[test]
    fn the_words_of_the_administration() {
        use DueKind::*;
        expect("Trước 30/9/2025", Date, "", "2025-09-30", "");
        expect("Hoàn thành trước ngày 31/12/2026", Date, "", "2026-12-31", "");
        expect("Trước ngày 05 tháng 6 năm 2025.", Date, "", "2025-06-05", "");
        expect("Tháng 12/2025", Month, "2025-12-01", "2025-12-31", "");
        expect("Hoàn thành trong tháng 7/2025", Month, "2025-07-01", "2025-07-31", "");
        expect("Hết tháng 6 năm 2025", Month, "2025-06-01", "2025-06-30", "");
        expect("Trước tháng 6/2024", Month, "", "2024-05-31", "");
        expect("Quý I/2026", Quarter, "2026-01-01", "2026-03-31", "");
        expect("Quý IV năm 2026", Quarter, "2026-10-01", "2026-12-31", "");
        expect("Hoàn thành trong Quý 1/2027", Quarter, "2027-01-01", "2027-03-31", "");
        expect("trong năm 2025", Year, "2025-01-01", "2025-12-31", "");
        expect("Từ tháng 02/2025 đến hết tháng 11/2025", Range, "2025-02-01", "2025-11-30", "");
        expect("Từ tháng 01/2025 đến Quý 3/2025", Range, "2025-01-01", "2025-09-30", "");
        expect("Từ 01/9/2025 đến 31/12/2025", Range, "2025-09-01", "2025-12-31", "");
        expect("Từ 01/4 đến 30/6/2026", Range, "2026-04-01", "2026-06-30", "");
        expect("Từ ngày 15/4 - ngày 30/6/2026", Range, "2026-04-15", "2026-06-30", "");
        expect("Từ ngày 20/12/2025 đến hết ngày 15/01/2026", Range, "2025-12-20", "2026-01-15", "");
        expect("Trước ngày 30/6", Date, "", "2025-06-30", "");
        expect("Tháng 3 - tháng 6/2026", Range, "2026-03-01", "2026-06-30", "");
        expect("Từ tháng 01/2025", Range, "2025-01-01", "", "");
        expect("Năm 2025 và các năm tiếp theo", Range, "2025-01-01", "", "");
        expect("6 tháng đầu năm 2026", Range, "2026-01-01", "2026-06-30", "");
        expect("09 tháng đầu năm", Range, "2025-01-01", "2025-09-30", "");
        expect("Q3/2026", Quarter, "2026-07-01", "2026-09-30", "");
        expect("Q.IV/2026", Quarter, "2026-10-01", "2026-12-31", "");
        let counted = "Trong 30 ngày kể từ khi Bộ công bố";
        expect(counted, Conditional, "", "", counted);
        expect("Thường xuyên", Recurring, "", "", "");
        expect("Thực hiện thường xuyên", Recurring, "", "", "");
        expect("Khi có hướng dẫn của Bộ Xây dựng", Conditional, "", "", "Khi có hướng dẫn của Bộ Xây dựng");
        expect(
            "Tháng 3/2028 và theo hướng dẫn của bộ",
            Month,
            "2028-03-01",
            "2028-03-31",
            "theo hướng dẫn của bộ",
        );
        expect("Trong năm 2025 và thực hiện thường xuyên", Year, "2025-01-01", "2025-12-31", "thường xuyên");
    }

    #[test]
    fn reporting_cycles_recur() {
        let raw = "định kỳ trước ngày 15 hằng tháng, 6 tháng (trước ngày 15/6), 01 năm (trước ngày 15/12)";
        for raw in [raw, "Hằng tháng, trước ngày 15", "Định kỳ hằng tháng (trước ngày 15)"]
        {
            assert_eq!(due(raw), (DueKind::Recurring, String::new(), String::new(), raw.to_owned()));
        }
        let text = "Định kỳ hằng tháng (trước ngày 15) các đơn vị báo cáo kết quả về Công an phường.";
        assert_eq!(find_due(text, None, 1, &mut Vec::new()).raw, "Định kỳ hằng tháng (trước ngày 15)");
    }

    #[test]
    fn what_is_no_time_is_told() {
        let mut warnings = Vec::new();
        for raw in ["Bản đồ thực thi thể chế", "30/02/2025"] {
            assert_eq!(parse_due(raw, None, 7, &mut warnings).kind, DueKind::None);
        }
        assert!(warnings.iter().all(|w| w.code == WarningCode::DueNotUnderstood && w.line == 7));
        assert_eq!(warnings.len(), 2);
    }

    #[test]
    fn a_month_without_year_takes_the_plans() {
        let mut warnings = Vec::new();
        let due = parse_due("Tháng 9", Some(2025), 3, &mut warnings);
        assert_eq!(due.to, day(2025, 9, 30));
        assert_eq!(warnings[0].code, WarningCode::YearAssumed);
    }

    #[test]
    fn deadlines_inside_a_text() {
        let find = |text| find_due(text, None, 1, &mut Vec::new());
        assert_eq!(find("đào tạo (MOOC). Hoàn thành trước ngày 01/7/2024.").to, day(2024, 7, 1));
        assert_eq!(find("hoàn thành và đưa vào vận hành trong năm 2025.").kind, DueKind::Year);
        assert_eq!(find("Nghị định 107/2021/NĐ-CP ngày 06/12/2021 sửa đổi").kind, DueKind::None);
        assert_eq!(find("khi đã được số hóa (Thực hiện thường xuyên).").kind, DueKind::Recurring);
    }
}
