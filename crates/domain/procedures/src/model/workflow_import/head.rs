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
    /// Where.
    pub(super) line: u32,
}

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

/// The heading a piece is: a longer text with a procedure code in it. A cell that is nothing but a code is a row
/// of a list.
pub(super) fn heading(piece: &Piece) -> Option<Heading> {
    let announced = ["quy trinh", "thu tuc", "tthc", "ma so"].iter().any(|w| piece.folded.contains(w));
    let (at, end, code, suffix) = last_code(&piece.text).filter(|_| announced)?;
    let before = piece.text[..at].trim_end();
    let name = name_before(before);
    if name.chars().count() < 8 {
        return None;
    }
    let case = piece.text[end..].trim_matches([' ', ')', '.', ':', ';', '”', '"', '-']).to_owned();
    Some(Heading {
        code: Some(code),
        suffix,
        name,
        case: Some(case).filter(|c| c.chars().count() > 3),
        line: piece.line,
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
    let mut text = text.trim_end_matches([' ', '(', ':', '-', '–']);
    for announcement in
        ["Mã TTHC", "Mã số TTHC", "Mã số", "Mã thủ tục hành chính", "Mã thủ tục", "mã số", "MÃ SỐ"]
    {
        text =
            text.strip_suffix(announcement).unwrap_or(text).trim_end_matches([' ', '(', ':', '-', '–', ',']);
    }
    let markers = ["TTHC:", "thủ tục hành chính:", "Thủ tục hành chính:", "Tên thủ tục:", "Quy trình:"];
    let after = markers.iter().filter_map(|m| text.rfind(m).map(|at| at + m.len())).max();
    let name = match after {
        Some(at) => &text[at..],
        None => text.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | ')' | ' ' | 'I' | 'V' | 'X')
        }),
    };
    name.trim_matches([' ', '“', '”', '"', '.', ':', '«', '»']).to_owned()
}
