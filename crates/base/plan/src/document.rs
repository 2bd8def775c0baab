//! The document as a whole: kind, number, issuer, place, date, title, period.

use crate::clean::Line;
use crate::compiled::{Document, Period, Warning, WarningCode};
use crate::due::{find_period, period_of_title};
use crate::folded::Folded;
use crate::letterhead::{number_and_rest, part, without_motto};
use crate::times::years_in;

/// The kinds of document and the words that stand over their titles.
const KINDS: [(&str, &str); 6] = [
    ("ke hoach", "plan"),
    ("chi thi", "directive"),
    ("quyet dinh", "decision"),
    ("chuong trinh", "programme"),
    ("thong bao", "notice"),
    ("nghi quyet", "resolution"),
];
/// What stands over a table that is the whole document.
const LISTS: [&str; 4] = ["bang phan cong", "bang tong hop", "bang tien do", "bieu"];
/// Who decides, in a line of its own below the title of a decision.
const SIGNERS: [&str; 6] =
    ["chu tich", "uy ban nhan dan", "bo truong", "thu tuong", "giam doc", "truong ban"];
/// Lines read at the front of the document and of each annex.
const FRONT: usize = 40;

/// Reads what the document says of itself.
pub(crate) fn read(lines: &[Line], warnings: &mut Vec<Warning>) -> Document {
    let mut document = Document::default();
    from_front(lines, &mut document);
    if document.date.is_none() {
        from_date_line(lines, &mut document);
    }
    for line in lines {
        from_annex_note(line, &mut document);
        from_time_line(line, &mut document);
    }
    if document.period == Period::default()
        && let Some(title) = &document.title
    {
        document.period = period_of_title(&without_quotes(title));
    }
    if document.place.is_none() {
        document.place = document.title.as_deref().and_then(place_in).map(str::to_owned);
    }
    document.title = document.title.filter(|title| !title.is_empty());
    let blanks = [
        ("number", document.number.as_deref().is_none_or(|number| number.starts_with('/'))),
        ("date", document.date.as_deref().is_none_or(|date| date.len() < 10)),
        ("title", document.title.is_none()),
    ];
    let line = lines.first().map_or(1, |line| line.number);
    for (what, _) in blanks.into_iter().filter(|(_, is_blank)| *is_blank) {
        let message = format!("the {what} of the document is left blank");
        warnings.push(Warning::new(WarningCode::DocumentBlank, line, message));
    }
    document
}

/// The heading: kind and title, number, place and date, subject of a letter.
fn from_front(lines: &[Line], document: &mut Document) {
    let mut issuer: Vec<&str> = Vec::new();
    let mut motto_goes_on = 0_u8;
    let mut at = 0;
    while at < lines.len().min(FRONT) {
        let text = without_motto(&lines[at].text);
        // The country's name may go on beside or below the next line of the issuer.
        let rest = text.strip_suffix("VIỆT NAM").filter(|_| motto_goes_on > 0);
        motto_goes_on = match rest {
            Some(_) => 0,
            None if lines[at].text.trim_end().ends_with("CHỦ NGHĨA") => 2,
            None => motto_goes_on.saturating_sub(1),
        };
        let text = rest.map_or(text, str::trim);
        if text.is_empty() {
            at += 1;
            continue;
        }
        let folded = Folded::new(text);
        if let Some((_, kind)) = KINDS.iter().find(|(words, _)| folded.ascii() == *words) {
            document.kind = Some((*kind).to_owned());
            document.title = Some(take_title(&lines[at + 1..]));
            return finish_front(issuer, document);
        }
        // "KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2026": kind and title on one line.
        let titled = is_capitals(text) && at + 1 < lines.len();
        let opening = KINDS.iter().find(|(words, _)| folded.starts_with_words(words));
        if let Some((_, kind)) = opening.filter(|_| titled) {
            document.kind = Some((*kind).to_owned());
            let more = lines[at + 1..].iter().take_while(|l| is_capitals(&l.text) && !opens_part(&l.text));
            let title: Vec<&str> = [text].into_iter().chain(more.map(|l| l.text.as_str())).collect();
            document.title = Some(title.join(" "));
            return finish_front(issuer, document);
        }
        if let Some(subject) = text.strip_prefix("V/v") {
            document.kind = Some("letter".to_owned());
            let rest = lines[at + 1..].iter().take_while(|l| !l.after_blank).map(|l| l.text.as_str());
            document.title = Some([subject.trim()].into_iter().chain(rest).collect::<Vec<_>>().join(" "));
        } else if let Some((number, rest)) = number_and_rest(text) {
            document.number = Some(number);
            place_and_date(rest, &lines[at + 1..], document);
        } else if place_and_date(text, &lines[at + 1..], document) {
            // The line says nothing else.
        } else if is_capitals(text) && LISTS.iter().any(|words| folded.starts_with_words(words)) {
            let title = [text.to_owned(), take_title(&lines[at + 1..])].join(" ").trim().to_owned();
            document.title.get_or_insert(title);
            return finish_front(issuer, document);
        } else if folded.starts_with_words("phu luc") {
            let title = [annex_words(text), &take_title(&lines[at + 1..])].join(" ").trim().to_owned();
            document.title.get_or_insert(title);
            return finish_front(issuer, document);
        } else if at < 8 && is_capitals(text) && !opens_part(text) && !folded.starts_with_words("cong hoa") {
            issuer.push(text);
        } else if opens_part(text)
            || folded.starts_with_words("kinh gui")
            || at > 0 && crate::outline::is_page_number(text)
        {
            return finish_front(issuer, document);
        }
        at += 1;
    }
    finish_front(issuer, document);
    if document.title.is_none() {
        document.title = title_of_annex(lines);
    }
}

/// The place and date in a line of their own, where they stand below the title.
fn from_date_line(lines: &[Line], document: &mut Document) {
    let at = lines.iter().take(FRONT).position(|line| is_date_line(&line.text));
    if let Some((line, below)) = at.and_then(|at| lines.get(at..)?.split_first()) {
        let _ = place_and_date(&line.text, below, document);
    }
}

fn finish_front(issuer: Vec<&str>, document: &mut Document) {
    if !issuer.is_empty() {
        document.issuer = Some(issuer.join(" "));
    }
}

/// Whether a line begins a part of the plan: "A. MỤC TIÊU", "I. MỤC ĐÍCH", "PHẦN THỨ NHẤT".
fn opens_part(text: &str) -> bool {
    let lettered = text.get(1..3) == Some(". ");
    is_section(text) || lettered || part(text).is_some()
}

/// The lines of a title: up to an empty line, the first item, or the words that open the text.
fn take_title(lines: &[Line]) -> String {
    let in_capitals = lines.first().is_some_and(|line| is_capitals(&line.text));
    let ends = |text: &str| {
        let folded = Folded::new(text);
        folded.has_any(&["can cu"])
            || is_date_line(text)
            || folded.ascii().starts_with('(')
            || crate::fields::label_of(text).is_some()
            || part(text).is_some()
            || cites(&folded)
            || text.ends_with([':', '.', ';'])
            || text.contains(". ")
            || crate::outline::begins_item(text)
            || !in_capitals
                && is_capitals(text)
                && SIGNERS.iter().any(|words| folded.starts_with_words(words))
            || ["tt", "stt", "thuc hien chi thi so", "i."].iter().any(|words| {
                folded.ascii().starts_with(words) && folded.starts_with_words(words.trim_end_matches('.'))
            })
    };
    // Where every line stands alone, empty lines say nothing.
    let single_spaced = lines.get(1).is_some_and(|line| !line.after_blank);
    let lines: Vec<&str> = lines
        .iter()
        .take(8)
        .enumerate()
        .take_while(|(index, line)| {
            line.cells.is_none() && !ends(&line.text) && (*index == 0 || !(single_spaced && line.after_blank))
        })
        .map(|(_, line)| line.text.as_str())
        .collect();
    lines.join(" ")
}

/// Whether a line opens the text by citing what it is based on: "Thực hiện Quyết định số 06/QĐ-TTg …".
fn cites(folded: &Folded<'_>) -> bool {
    const OPENINGS: [&str; 6] =
        ["thuc hien", "trien khai", "nham", "de trien khai", "de thuc hien", "tiep tuc"];
    OPENINGS.iter().any(|words| folded.starts_with_words(words))
        && folded.find_words("so", 0).is_some_and(|at| {
            let after = folded.ascii().get(at + 2..).unwrap_or_default();
            after.trim_start_matches([':', ' ']).starts_with(|c: char| c.is_ascii_digit())
        })
}

/// What an annex is about, if that stands beside its number: "PHỤ LỤC II: PHÂN CÔNG NHIỆM VỤ".
fn annex_words(text: &str) -> &str {
    text.split_once([':', '.', '-', '–']).map_or("", |(_, words)| words.trim())
}

fn title_of_annex(lines: &[Line]) -> Option<String> {
    let at = lines.iter().position(|line| crate::layout::is_annex(&line.text))?;
    Some(take_title(&lines[at + 1..])).filter(|title| !title.is_empty())
}

/// "(Kèm theo Kế hoạch số 12/KH-UBND ngày 25/3/2025 của Chủ tịch UBND xã Hà Bắc, thành phố Hải Phòng)".
fn from_annex_note(line: &Line, document: &mut Document) {
    let text = line.text.trim_matches(|c: char| matches!(c, '(' | ')' | '*'));
    let folded = Folded::new(text);
    if !["kem theo", "ban hanh kem theo"].iter().any(|words| folded.starts_with_words(words)) {
        return;
    }
    if document.kind.is_none() {
        let kind = KINDS.iter().find(|(words, _)| folded.find_words(words, 0).is_some_and(|at| at < 20));
        document.kind = kind.map(|(_, kind)| (*kind).to_owned());
    }
    if document.number.is_none() {
        document.number = folded.find_words("so", 0).and_then(|at| {
            let end = folded.find_words("ngay", at)?;
            Some(folded.slice(at + 2, end).to_owned())
        });
    }
    if document.date.is_none() {
        document.date = folded.find_words("ngay", 0).and_then(|at| dated(&folded, at));
    }
    if document.issuer.is_none()
        && let Some(at) = folded.find_words("cua", 0)
    {
        let whole = folded.slice(at + 3, folded.len());
        let (issuer, place) = whole.split_once(',').unwrap_or((whole, ""));
        document.issuer = Some(issuer.trim().to_owned());
        if document.place.is_none() && !place.trim().is_empty() {
            document.place = Some(place.trim().to_owned());
        }
    }
}

/// "2. Thời gian thực hiện: Từ 01/9/2025 đến 31/12/2025." in the part on scope; a task's own line begins with
/// a dash.
fn from_time_line(line: &Line, document: &mut Document) {
    let numbered = line.text.starts_with(|c: char| c.is_ascii_digit());
    if !numbered || document.period != Period::default() {
        return;
    }
    let Some((label, value)) = line.text.split_once(':') else { return };
    if Folded::new(label).has_any(&["thoi gian thuc hien", "thoi gian trien khai"])
        && label.chars().count() < 40
    {
        document.period = find_period(value);
    }
}

/// Takes the place and the date of a line, if it says them. The year may stand on one of the next lines.
fn place_and_date(text: &str, below: &[Line], document: &mut Document) -> bool {
    let folded = Folded::new(text);
    let Some(place) = place_of_date(&folded) else { return false };
    document.place = Some(place.to_owned());
    let year_below = || {
        let year = below.iter().take(2).find_map(|line| years_in(&line.text).next())?;
        let text = text.trim_end().trim_end_matches("năm");
        dated(&Folded::new(&format!("{text} năm {year}")), 0)
    };
    document.date = dated(&folded, 0).or_else(year_below);
    true
}

/// The place of "Hải Phòng, ngày … tháng … năm 2024".
fn place_of_date<'a>(folded: &Folded<'a>) -> Option<&'a str> {
    let comma = folded.ascii().find(", ngay")?;
    (comma < 40 && folded.has_any(&["thang"])).then(|| folded.slice(0, comma))
}

/// Whether a line says place and date and nothing else: "Đông Hải, ngày 12 tháng 01 năm 2026".
fn is_date_line(text: &str) -> bool {
    let folded = Folded::new(text);
    let Some(place) = place_of_date(&folded) else { return false };
    let words = text.split_whitespace().count() - place.split_whitespace().count();
    words <= 6 && folded.is_upper(0) && !place.contains(|c: char| c.is_ascii_digit())
}

/// The date after a position: whole, or year and month where the day was left blank, or the year.
fn dated(folded: &Folded<'_>, from: usize) -> Option<String> {
    let text = folded.slice(from, folded.len());
    if let Some(day) = find_period(text).to.filter(|_| text.chars().any(|c| c == '/') || has_day(text)) {
        return Some(day.to_string());
    }
    let folded = Folded::new(text);
    let numbers: Vec<u32> = folded
        .ascii()
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let year = numbers.iter().find(|n| (1990..2100).contains(*n))?;
    match numbers.first() {
        Some(month) if (1..=12).contains(month) => Some(format!("{year}-{month:02}")),
        _ => Some(year.to_string()),
    }
}

fn has_day(text: &str) -> bool {
    let folded = Folded::new(text);
    let after = folded.find_words("ngay", 0).and_then(|at| folded.ascii().get(at + 4..));
    after.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// The place a title says the plan is for.
fn place_in(title: &str) -> Option<&str> {
    let folded = Folded::new(title);
    let at = folded.find_words("dia ban", 0)? + "dia ban".len();
    let end =
        ["nam", "giai doan"].iter().filter_map(|w| folded.find_words(w, at)).min().unwrap_or(folded.len());
    let end = folded.ascii().get(at..end)?.find('(').map_or(end, |i| at + i);
    Some(folded.slice(at, end)).filter(|place| !place.is_empty())
}

/// A title without the titles of other documents quoted in it.
fn without_quotes(title: &str) -> String {
    let mut out = String::new();
    let mut depth = false;
    for c in title.chars() {
        match c {
            '“' => depth = true,
            '”' => depth = false,
            '"' => depth = !depth,
            c if !depth => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether a section begins here: the heading of the document is over.
fn is_section(text: &str) -> bool {
    text.split_once(". ").is_some_and(|(number, _)| crate::numbering::roman(number).is_some())
}

fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.chars().all(|c| !c.is_lowercase())
}
