//! Lists of procedures (danh mục): code, name, term.

use super::pieces::Piece;
use super::time::read_time;
use crate::model::ProcedureCode;
use crate::model::definition::{StepTime, TermRule};
use serde::Serialize;

/// A procedure that a decision lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListedProcedure {
    /// The code.
    pub code: ProcedureCode,
    /// The locality's suffix to it.
    pub suffix: Option<String>,
    /// The name.
    pub name: String,
    /// The term as written, if the list has one.
    pub term_text: Option<String>,
    /// The term as understood.
    pub term: Option<TermRule>,
    /// Whether the decision repeals it.
    pub repealed: bool,
    /// The line.
    pub line: u32,
}

/// The rows of all lists: a piece that is nothing but a code, beside a name.
pub(super) fn read(pieces: &[Piece]) -> Vec<ListedProcedure> {
    let mut listed: Vec<ListedProcedure> = Vec::new();
    let mut repealed = false;
    for (at, piece) in pieces.iter().enumerate() {
        if let Some(says) = repeals(&piece.folded) {
            repealed = says;
        }
        let Ok((code, suffix)) = ProcedureCode::parse_local(&piece.text) else { continue };
        let before = at.checked_sub(1).and_then(|b| pieces.get(b));
        let numbered =
            before.is_none_or(|p| p.text.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit()));
        let (name, rest) = if numbered { (pieces.get(at + 1), at + 2) } else { (before, at + 1) };
        let Some(name) = name else { continue };
        let term_piece = pieces.get(rest).filter(|p| !repealed && p.line == piece.line);
        let term = term_piece.and_then(read_term);
        listed.push(ListedProcedure {
            code,
            suffix: suffix.map(str::to_owned),
            name: name.text.clone(),
            term_text: term_piece.filter(|_| term.is_some()).map(|p| p.text.clone()),
            term,
            repealed,
            line: piece.line,
        });
    }
    listed
}

/// Whether a heading begins a list of repealed procedures (`true`) or of others (`false`).
fn repeals(folded: &str) -> Option<bool> {
    let (first, title) = folded.split_once(' ')?;
    let part = super::pieces::is_roman(first.trim_end_matches('.')) && first.ends_with('.');
    let is_list = title.starts_with("thu tuc hanh chinh") || title.starts_with("danh muc thu tuc");
    (part && is_list).then(|| title.contains("bi bai bo"))
}

/// The legal term: the same day with a cut-off at 15:00, or a number of days or hours.
fn read_term(piece: &Piece) -> Option<TermRule> {
    if piece.folded.contains("ngay trong ngay") {
        return Some(TermRule::SameDay);
    }
    match read_time(&piece.text)? {
        StepTime::WorkingMinutes(minutes) if minutes % super::time::MINUTES_PER_DAY == 0 => {
            Some(TermRule::WorkingDays(minutes / super::time::MINUTES_PER_DAY))
        }
        StepTime::WorkingMinutes(minutes) => Some(TermRule::WorkingHours(minutes.div_ceil(60))),
        StepTime::CalendarDays(days) => Some(TermRule::CalendarDays(days)),
        StepTime::NotCounted | StepTime::Unstated => None,
    }
}
