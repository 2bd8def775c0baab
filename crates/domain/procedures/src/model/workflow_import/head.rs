//! The decision's own head, and headings that name a procedure.

use super::pieces::Piece;
use crate::model::ProcedureCode;
use chrono::NaiveDate;
use d06_kernel::text::{nfc, search_key};

/// A heading over one or more step tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// The code, if one is given.
    pub(super) code: Option<ProcedureCode>,
    /// The locality's suffix to it: `H61`.
    pub(super) suffix: Option<String>,
    /// The procedure's name.
    pub(super) name: String,
    /// What stands after the code: `a) Đối với trường hợp …`.
    pub(super) case: Option<String>,
}

/// A shorter text is no procedure's name, in characters.
const SHORTEST_NAME: usize = 8;
/// A longer text without a code is a paragraph and no heading, in bytes.
const LONGEST_HEADING: usize = 400;

/// Number, issuer and date, from the first lines.
pub(super) fn decision(text: &str) -> (Option<String>, Option<String>, Option<NaiveDate>) {
    let head: String = text.lines().take(40).map(nfc).collect::<Vec<_>>().join("\n");
    let act = head.split_once("Số:").and_then(|(_, rest)| {
        let number: String = rest.trim_start().chars().take_while(|c| !c.is_whitespace()).collect();
        number.contains('/').then_some(number)
    });
    let issuer = head
        .lines()
        .map(|l| l.split(['\t', '-']).next().unwrap_or_default().trim())
        .find(|l| search_key(l).starts_with("uy ban nhan dan"))
        .map(str::to_owned);
    (act, issuer, date(&search_key(&head)))
}

/// The first `ngày 27 tháng 11 năm 2025` of a folded text.
fn date(folded: &str) -> Option<NaiveDate> {
    folded.match_indices("ngay ").find_map(|(at, _)| {
        let mut words = folded[at..].split(' ');
        let mut number_after = |word: &str| {
            if words.next()? != word {
                return None;
            }
            words.next()?.trim_end_matches([',', '.', ';']).parse::<u32>().ok()
        };
        let (day, month, year) = (number_after("ngay")?, number_after("thang")?, number_after("nam")?);
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    })
}

/// The heading a piece is: a longer text with a procedure code in it, or the code alone under a line that is
/// the name (`before`). A cell that is nothing but a code is a row of a list.
pub(super) fn heading(piece: &Piece, before: Option<&Piece>) -> Option<Heading> {
    let announced = ["quy trinh", "thu tuc", "tthc", "ma so"].iter().any(|w| piece.folded.contains(w));
    let (at, end, code, suffix) = last_code(&piece.text).filter(|_| announced)?;
    let mut name = name_before(&piece.text[..at]);
    if name.chars().count() < SHORTEST_NAME {
        name = name_before(&before?.text);
    }
    if name.chars().count() < SHORTEST_NAME {
        return None;
    }
    let case = piece.text[end..].trim_matches([' ', ')', '.', ':', ';', '”', '"', '-']).to_owned();
    Some(Heading { code: Some(code), suffix, name, case: Some(case).filter(|c| c.chars().count() > 3) })
}

/// `Quy trình số 15`, `3. Quy trình cấp lại …`, `2. Thủ tục đăng ký …`: a heading that names no code.
pub(super) fn heading_without_code(piece: &Piece) -> Option<Heading> {
    let title = piece.folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')'));
    let numbered = title.len() < piece.folded.len();
    let workflow = title.starts_with("quy trinh") && !title.starts_with("quy trinh giai quyet tai");
    let procedure = numbered && (title.starts_with("thu tuc") || title.starts_with("ten thu tuc"));
    ((workflow || procedure) && piece.folded.len() <= LONGEST_HEADING).then(|| Heading {
        code: None,
        suffix: None,
        name: name_before(&piece.text),
        case: None,
    })
}

/// The last procedure code of a text: where it begins and ends, the code, the suffix.
fn last_code(text: &str) -> Option<(usize, usize, ProcedureCode, Option<String>)> {
    text.char_indices().rev().find_map(|(at, c)| {
        let starts = c.is_ascii_digit() && !text[..at].ends_with(|b: char| b.is_ascii_digit() || b == '.');
        let tail = starts.then(|| &text[at..])?;
        let length = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(tail.len());
        let word = tail[..length].trim_end_matches('.');
        let (code, suffix) = ProcedureCode::parse_local(word).ok()?;
        Some((at, at + word.len(), code, suffix.map(str::to_owned)))
    })
}

/// The procedure's name in what stands before its code: after the last `TTHC:` or `thủ tục hành chính:`, else
/// after the numbering; without quotation marks and without the words that announce the code.
fn name_before(text: &str) -> String {
    let around = [' ', '(', ':', '-', '–', ','];
    let mut text = text.trim_end_matches(around);
    for announcement in ANNOUNCEMENTS {
        text = text.strip_suffix(announcement).unwrap_or(text).trim_end_matches(around);
    }
    let after = NAME_FOLLOWS.iter().filter_map(|m| text.rfind(m).map(|at| at + m.len())).max();
    let name = after.map_or_else(|| without_numbering(text), |at| &text[at..]);
    name.trim_matches([' ', '“', '”', '"', '.', ':', '«', '»']).to_owned()
}

/// What announces a code.
const ANNOUNCEMENTS: [&str; 10] = [
    "Mã số thủ tục hành chính",
    "Mã thủ tục hành chính",
    "Mã số TTHC",
    "Mã TTHC",
    "mã TTHC",
    "MÃ TTHC",
    "Mã thủ tục",
    "Mã số",
    "mã số",
    "MÃ SỐ",
];
/// What announces a name.
const NAME_FOLLOWS: [&str; 6] =
    ["TTHC:", "thủ tục hành chính:", "Thủ tục hành chính:", "Tên thủ tục:", "Quy trình:", "Thủ tục:"];

/// The text without `3.`, `2.1)`, `IV.` or `Quy trình số 15` before it.
fn without_numbering(text: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ');
    let text = text.strip_prefix("Quy trình số").unwrap_or(text).trim_start_matches(digits);
    match text.split_once(['.', ')']) {
        Some((first, rest)) if super::pieces::is_roman(first) => rest.trim_start_matches(digits),
        _ => text,
    }
}
