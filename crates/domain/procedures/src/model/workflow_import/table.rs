//! Tables of steps.

use super::head::{Heading, heading, heading_without_code};
use super::pieces::{Piece, is_header, is_roman};
use super::row::{Columns, Row};
use super::time::{MINUTES_PER_DAY, read_time};
use super::warning::{Warning, WarningKind};
use crate::model::ProcedureCode;
use crate::model::definition::StepTime;
use serde::Serialize;

/// A workflow as a decision writes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportedWorkflow {
    /// The procedure's code.
    pub code: Option<ProcedureCode>,
    /// The locality's suffix to it.
    pub suffix: Option<String>,
    /// The procedure's name.
    pub name: String,
    /// Which case of the procedure this is, where one has several: `a) Đối với trường hợp …`.
    pub case: Option<String>,
    /// The steps in order.
    pub steps: Vec<ImportedStep>,
    /// The total the decision states.
    pub total: Option<StepTime>,
    /// First and last line, counted from 1.
    pub lines: (u32, u32),
}

/// A step as a decision writes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportedStep {
    /// The number it has.
    pub number: u32,
    /// The part of the workflow it stands in: `Quy trình giải quyết tại cấp xã (03 ngày làm việc)`.
    pub stage: Option<String>,
    /// What is done.
    pub content: String,
    /// Who does it; empty if the decision does not say.
    pub performer: String,
    /// How long it takes.
    pub time: StepTime,
    /// First line, counted from 1.
    pub line: u32,
}

impl ImportedWorkflow {
    /// The working minutes of all steps, calendar days taken as working days.
    pub fn minutes(&self) -> u32 {
        self.steps.iter().map(|s| s.time.working_minutes(MINUTES_PER_DAY)).sum()
    }
}

/// Reads every table of steps.
pub(super) fn read(pieces: &[Piece], warnings: &mut Vec<Warning>) -> Vec<ImportedWorkflow> {
    let mut reader = Reader::new(warnings);
    let mut before = None;
    for piece in pieces {
        reader.take(piece, before);
        before = Some(piece);
    }
    reader.close(None);
    reader.done
}

/// Where the reader stands in the text.
struct Reader<'a, 'w> {
    heading: Option<Heading>,
    case: Option<String>,
    stage: Option<String>,
    /// A roman numeral was read: the next piece names a stage.
    stage_follows: bool,
    columns: Columns,
    /// Steps are plain numbers without a word before them.
    plain_numbers: bool,
    open: Option<Row<'a>>,
    steps: Vec<ImportedStep>,
    total_follows: bool,
    last_line: u32,
    done: Vec<ImportedWorkflow>,
    warnings: &'w mut Vec<Warning>,
}

impl<'a, 'w> Reader<'a, 'w> {
    fn new(warnings: &'w mut Vec<Warning>) -> Self {
        Self {
            heading: None,
            case: None,
            stage: None,
            stage_follows: false,
            columns: Columns::default(),
            plain_numbers: false,
            open: None,
            steps: Vec::new(),
            total_follows: false,
            last_line: 0,
            done: Vec::new(),
            warnings,
        }
    }

    fn take(&mut self, piece: &'a Piece, before: Option<&Piece>) {
        if self.total_follows {
            let total = self.columns.read_time(&piece.text);
            self.last_line = if total.is_some() { piece.last_line } else { self.last_line };
            self.close(total);
            if total.is_some() {
                return;
            }
        }
        let name = before.filter(|b| !is_header(&b.folded) && read_time(&b.text).is_none());
        if let Some(heading) = heading(piece, name) {
            self.begin(heading);
        } else if is_case(&piece.folded) {
            self.close(None);
            self.case = Some(piece.text.clone());
        } else if self.takes_header(&piece.folded) {
            self.columns.take(&piece.folded);
        } else if self.columns.is_table() {
            self.take_cell(piece);
        } else if let Some(heading) = heading_without_code(piece) {
            self.begin(heading);
        }
    }

    fn begin(&mut self, heading: Heading) {
        self.close(None);
        self.columns = Columns::default();
        self.case = heading.case.clone();
        self.heading = Some(heading);
    }

    /// Whether a piece is a column header. Below the first step only a whole header word is one: a header
    /// that is repeated on a new page.
    fn takes_header(&self, folded: &str) -> bool {
        let begun = self.open.is_some() || !self.steps.is_empty();
        is_header(folded) || (!begun && Columns::is_list_header(folded))
    }

    fn take_cell(&mut self, piece: &'a Piece) {
        if is_total(&piece.folded) {
            self.end_step();
            self.last_line = piece.last_line;
            match piece.text.rsplit_once(':').and_then(|(_, time)| self.columns.read_time(time)) {
                Some(total) => self.close(Some(total)),
                None => self.total_follows = true,
            }
        } else if self.stage_follows {
            self.stage = Some(piece.text.clone());
            self.stage_follows = false;
        } else if is_roman(&piece.text) {
            self.end_step();
            self.stage_follows = true;
        } else if let Some((number, beside)) = self.step_start(piece) {
            self.end_step();
            self.open = Some(Row::new(number, piece.line, beside));
            self.last_line = piece.last_line;
        } else if let Some(heading) = heading_without_code(piece).filter(|_| self.is_between_rows()) {
            self.begin(heading);
        } else if let Some(row) = &mut self.open {
            if row.push(piece, &self.columns) {
                self.last_line = piece.last_line;
            } else if piece.text.chars().any(char::is_alphabetic) {
                self.warn(piece.line, WarningKind::CellIgnored, &piece.text);
            }
        }
    }

    /// Whether the last row has all its cells, so that a new heading may come.
    fn is_between_rows(&self) -> bool {
        self.open.as_ref().is_none_or(|row| row.is_complete(&self.columns))
    }

    /// The number of a step that begins with this piece, and what stands beside it in the cell.
    fn step_start(&mut self, piece: &Piece) -> Option<(u32, Option<String>)> {
        if let Some(found) = numbered_step(piece) {
            // "1 | Bước 1 | …": the running number was no step of its own.
            if self.open.as_ref().is_some_and(Row::is_empty) {
                self.open = None;
                self.plain_numbers = false;
            }
            return Some(found);
        }
        let plain: u32 = piece.text.trim_end_matches('.').parse().ok()?;
        let last = self.open.as_ref().map(|o| o.number).or_else(|| self.steps.last().map(|s| s.number));
        let fits = match last {
            None => plain == 1,
            Some(last) => self.plain_numbers && plain == last + 1 && self.is_between_rows(),
        };
        self.plain_numbers |= fits && last.is_none();
        fits.then_some((plain, None))
    }

    /// Makes a step of the open row.
    fn end_step(&mut self) {
        let Some(row) = self.open.take().filter(|row| !row.is_empty()) else { return };
        let (number, line) = (row.number, row.line);
        let last = self.steps.last().filter(|s| s.stage == self.stage).map_or(0, |s| s.number);
        if number != last + 1 {
            self.warn(line, WarningKind::StepNumber, &number.to_string());
        }
        let cells = row.read(&self.columns);
        if cells.performer.is_empty() {
            self.warn(line, WarningKind::NoPerformer, &cells.content);
        }
        match (&cells.time, &cells.unread) {
            (Some(_), _) => {}
            (None, Some(text)) => self.warn(line, WarningKind::TimeNotUnderstood, text),
            (None, None) => self.warn(line, WarningKind::NoTime, &cells.content),
        }
        self.steps.push(ImportedStep {
            number,
            stage: self.stage.clone(),
            content: cells.content,
            performer: cells.performer,
            time: cells.time.unwrap_or(StepTime::Unstated),
            line,
        });
    }

    /// Ends the workflow, if steps were read.
    fn close(&mut self, total: Option<StepTime>) {
        self.end_step();
        (self.stage, self.stage_follows, self.plain_numbers, self.total_follows) =
            (None, false, false, false);
        let steps = std::mem::take(&mut self.steps);
        let Some(first) = steps.first().map(|s| s.line) else { return };
        self.columns = Columns::default();
        let heading = self.heading.as_ref();
        let workflow = ImportedWorkflow {
            code: heading.and_then(|h| h.code),
            suffix: heading.and_then(|h| h.suffix.clone()),
            name: heading.map(|h| h.name.clone()).unwrap_or_default(),
            case: self.case.take(),
            steps,
            total,
            lines: (first, self.last_line),
        };
        self.check(&workflow);
        self.done.push(workflow);
    }

    fn check(&mut self, workflow: &ImportedWorkflow) {
        let line = workflow.lines.0;
        let unstated = workflow.steps.iter().any(|s| s.time == StepTime::Unstated);
        match workflow.total.map(|t| t.working_minutes(MINUTES_PER_DAY)) {
            None => self.warn(line, WarningKind::NoTotal, &workflow.name),
            Some(total) if !unstated && total != workflow.minutes() => {
                self.warn(line, WarningKind::SumDiffers, &format!("{} / {total}", workflow.minutes()));
            }
            Some(_) => {}
        }
    }

    fn warn(&mut self, line: u32, kind: WarningKind, text: &str) {
        let text = text.chars().take(200).collect();
        self.warnings.push(Warning { line, kind, text });
    }
}

/// `Bước 3`, `Bước 3: Thẩm định`, `B3`.
fn numbered_step(piece: &Piece) -> Option<(u32, Option<String>)> {
    let rest = piece.folded.strip_prefix("buoc ").or_else(|| piece.folded.strip_prefix('b'))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = rest.get(..digits).filter(|d| (1..=2).contains(&d.len()))?.parse().ok()?;
    let follows = rest[digits..].chars().next();
    if follows.is_some_and(|c| !matches!(c, ' ' | ':' | '.' | ',' | '-' | ')')) {
        return None;
    }
    let at = piece.text.find(|c: char| c.is_ascii_digit())?;
    let after = piece.text.get(at + digits..)?;
    let beside = after.trim_start_matches([' ', ':', '.', ',', '-', ')']).to_owned();
    Some((number, Some(beside).filter(|b| !b.is_empty())))
}

/// `b) Đối với trường hợp giải thể`.
fn is_case(folded: &str) -> bool {
    let mut chars = folded.chars();
    let lettered = chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(')');
    let rest = chars.as_str().trim_start();
    lettered && (rest.starts_with("doi voi") || rest.starts_with("truong hop"))
}

/// The row that ends a table.
fn is_total(folded: &str) -> bool {
    let whole = folded.trim_end_matches(':');
    matches!(whole, "tong" | "cong")
        || ["tong thoi gian", "tong cong", "tong so ngay", "tong so gio", "tong so thoi gian"]
            .iter()
            .any(|w| folded.starts_with(w))
}
