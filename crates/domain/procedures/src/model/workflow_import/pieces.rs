//! Cutting flattened text into pieces: a cell, a heading, a paragraph.

use super::time::read_time;
use d06_kernel::text::{nfc, search_key};

/// A cell or paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Line on which it begins, counted from 1.
    pub(super) line: u32,
    /// Line on which it ends.
    pub(super) last_line: u32,
    /// The text, in one line.
    pub(super) text: String,
    /// The text folded for recognition.
    pub(super) folded: String,
}

impl Piece {
    fn new(line: u32, text: &str) -> Self {
        let text = nfc(text);
        Self { line, last_line: line, folded: search_key(&text), text }
    }

    fn join(&mut self, line: u32, text: &str) {
        *self = Self { last_line: line, ..Self::new(self.line, &format!("{} {text}", self.text)) };
    }
}

/// A line shorter than this was not broken for lack of room, in characters.
const FULL_LINE: usize = 50;

/// Cuts at tabs; joins a line to the one before where it only continues it.
pub(super) fn cut(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Whether the last piece may go on in the next line, and how long its last line was.
    let mut open: Option<usize> = None;
    for (line, content) in (1..).zip(text.lines()) {
        if content.trim().is_empty() {
            open = None;
            continue;
        }
        let cells: Vec<&str> = content.split('\t').map(str::trim).collect();
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let goes_on = at == 0 && open.is_some_and(|length| continues(cell, length));
            match pieces.last_mut() {
                Some(last) if goes_on && !is_whole(last) => last.join(line, cell),
                _ => pieces.push(Piece::new(line, cell)),
            }
        }
        // A line of several cells ends a row of the table: what follows is a cell of its own.
        open = (cells.len() == 1).then(|| content.trim().chars().count());
    }
    pieces
}

/// Whether a line goes on with what the line above, of that length, began: it is no cell of its own, and
/// either begins in lower case or the line above was full.
fn continues(line: &str, above: usize) -> bool {
    let folded = search_key(line);
    let upper = line.chars().next().is_some_and(char::is_uppercase);
    let own = is_header(&folded) || begins_anew(&folded) || read_time(line).is_some();
    !own && (!upper || above >= FULL_LINE)
}

/// Whether nothing can be added to a piece: it is a time or a column header.
fn is_whole(piece: &Piece) -> bool {
    is_header(&piece.folded) || read_time(&piece.text).is_some()
}

/// Whether a folded line begins something: a step, a workflow, a case, a dash, a roman numeral.
fn begins_anew(folded: &str) -> bool {
    let first = folded.split(' ').next().unwrap_or_default();
    let numbered = first.strip_suffix(['.', ')']).is_some_and(|n| {
        !n.is_empty() && n.len() <= 4 && (n.bytes().all(|b| b.is_ascii_digit() || b == b'.') || n.len() == 1)
    });
    numbered
        || first == "-"
        || folded.starts_with("buoc ")
        || folded.starts_with("quy trinh so")
        || folded.starts_with("tong thoi gian")
        || folded.starts_with("phu luc")
        || is_roman(first)
}

/// Whether a word is a roman numeral of the sort that numbers parts.
pub(super) fn is_roman(word: &str) -> bool {
    (1..=5).contains(&word.len())
        && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'I' | b'V' | b'X'))
}

/// Short column headers of step tables, folded.
const HEADERS: [&str; 14] = [
    "stt",
    "tt",
    "so tt",
    "buoc",
    "thu tu",
    "trinh tu",
    "noi dung",
    "cong viec",
    "trach nhiem",
    "chuc danh",
    "ket qua",
    "san pham",
    "bieu mau",
    "ghi chu",
];
/// What longer column headers begin with, folded.
const HEADERS_BEGIN: [&str; 24] = [
    "thu tu cong viec",
    "thu tu buoc",
    "trinh tu thuc hien",
    "trinh tu cac buoc",
    "cac buoc",
    "buoc thuc hien",
    "ten buoc",
    "noi dung cong viec",
    "noi dung thuc hien",
    "noi dung cac buoc",
    "noi dung quy trinh",
    "cong viec thuc hien",
    "trach nhiem thuc hien",
    "trach nhiem xu ly",
    "nguoi thuc hien",
    "nguoi xu ly",
    "don vi thuc hien",
    "don vi/",
    "bo phan thuc hien",
    "co quan thuc hien",
    "phan cong nhiem vu",
    "can bo, cong chuc thuc hien",
    "ket qua/",
    "bieu mau/",
];
/// A longer text is no header, in bytes of its folded form.
const LONGEST_HEADER: usize = 45;

/// Whether a folded text is a column header.
pub(super) fn is_header(folded: &str) -> bool {
    let begins = HEADERS_BEGIN.iter().any(|w| folded.starts_with(w));
    HEADERS.contains(&folded)
        || is_time_header(folded)
        || (begins && folded.len() <= LONGEST_HEADER && !folded.contains(':'))
}

/// Whether a folded text is the header of the column for time.
pub(super) fn is_time_header(folded: &str) -> bool {
    let begins = ["thoi gian", "thoi han", "tg thuc hien"].iter().any(|w| folded.starts_with(w));
    begins
        && folded.len() <= LONGEST_HEADER
        && !folded.contains(':')
        && !folded.bytes().any(|b| b.is_ascii_digit())
}
