//! Tables of steps.

use super::head::{Heading, heading};
use super::pieces::{Piece, is_header, is_roman, is_time_header};
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
    for piece in pieces {
        reader.take(piece);
    }
    reader.close(None);
    reader.done
}

/// A row of which the cells are still coming.
struct OpenStep<'a> {
    number: u32,
    line: u32,
    /// What stands beside the number in the same cell.
    beside: Option<String>,
    cells: Vec<&'a Piece>,
}

/// Where the reader stands in the text.
struct Reader<'a, 'w> {
    heading: Option<Heading>,
    case: Option<String>,
    stage: Option<String>,
    /// A roman numeral was read: the next piece names a stage.
    stage_follows: bool,
    in_table: bool,
    /// The header is that of a list of procedures, not of steps.
    in_list: bool,
    /// The column for time stands before the one for the performer.
    time_first: bool,
    /// Steps are plain numbers without a word before them.
    plain_numbers: bool,
    open: Option<OpenStep<'a>>,
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
            in_table: false,
            in_list: false,
            time_first: false,
            plain_numbers: false,
            open: None,
            steps: Vec::new(),
            total_follows: false,
            last_line: 0,
            done: Vec::new(),
            warnings,
        }
    }

    fn take(&mut self, piece: &'a Piece) {
        if self.total_follows {
            let total = read_time(&piece.text);
            self.last_line = if total.is_some() { piece.last_line } else { self.last_line };
            self.close(total);
            if total.is_some() {
                return;
            }
        }
        if let Some(heading) = heading(piece).or_else(|| heading_without_code(piece)) {
            self.close(None);
            self.case = heading.case.clone();
            self.heading = Some(heading);
            self.in_list = false;
        } else if is_case(&piece.folded) {
            self.close(None);
            self.case = Some(piece.text.clone());
        } else if is_list_header(&piece.folded) && self.steps.is_empty() && self.open.is_none() {
            (self.in_list, self.in_table) = (true, false);
        } else if is_header(&piece.folded) {
            self.take_header(&piece.folded);
        } else if self.in_table {
            self.take_cell(piece);
        }
    }

    fn take_header(&mut self, folded: &str) {
        if is_time_header(folded) {
            self.time_first = false;
            self.in_table = !self.in_list;
        } else if is_step_header(folded) {
            self.in_list = false;
        } else if self.in_table && self.steps.is_empty() && is_performer_header(folded) {
            self.time_first = true;
        }
    }

    fn take_cell(&mut self, piece: &'a Piece) {
        if ["tong thoi gian", "tong cong", "tong so"].iter().any(|w| piece.folded.starts_with(w)) {
            self.end_step();
            self.last_line = piece.last_line;
            match piece.text.rsplit_once(':').and_then(|(_, time)| read_time(time)) {
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
            self.open = Some(OpenStep { number, line: piece.line, beside, cells: Vec::new() });
            self.last_line = piece.last_line;
        } else if let Some(open) = &mut self.open
            && !open.is_complete(self.time_first)
        {
            open.cells.push(piece);
            self.last_line = piece.last_line;
        }
    }

    /// The number of a step that begins with this piece, and what stands beside it in the cell.
    fn step_start(&mut self, piece: &Piece) -> Option<(u32, Option<String>)> {
        if let Some(found) = numbered_step(piece) {
            return Some(found);
        }
        let plain: u32 = piece.text.trim_end_matches('.').parse().ok()?;
        let expected = self.open.as_ref().map(|o| o.number).or_else(|| self.steps.last().map(|s| s.number));
        let fits = match expected {
            None => plain == 1,
            Some(last) => self.plain_numbers && plain == last + 1,
        };
        self.plain_numbers |= fits && expected.is_none();
        fits.then_some((plain, None))
    }

    /// Makes a step of the open row.
    fn end_step(&mut self) {
        let Some(open) = self.open.take() else { return };
        let last = self.steps.last().filter(|s| s.stage == self.stage).map_or(0, |s| s.number);
        if open.number != last + 1 {
            self.warn(open.line, WarningKind::StepNumber, &open.number.to_string());
        }
        let row = open.row(self.time_first);
        if row.performer.is_empty() {
            self.warn(open.line, WarningKind::NoPerformer, &row.content);
        }
        match (&row.time, &row.unread) {
            (Some(_), _) => {}
            (None, Some(text)) => self.warn(open.line, WarningKind::TimeNotUnderstood, text),
            (None, None) => self.warn(open.line, WarningKind::NoTime, &row.content),
        }
        self.steps.push(ImportedStep {
            number: open.number,
            stage: self.stage.clone(),
            content: row.content,
            performer: row.performer,
            time: row.time.unwrap_or(StepTime::Unstated),
            line: open.line,
        });
    }

    /// Ends the workflow, if steps were read.
    fn close(&mut self, total: Option<StepTime>) {
        self.end_step();
        let steps = std::mem::take(&mut self.steps);
        let case = self.case.take();
        self.stage = None;
        (self.stage_follows, self.in_table, self.plain_numbers, self.total_follows) =
            (false, false, false, false);
        let Some(first) = steps.first().map(|s| s.line) else {
            self.case = case;
            return;
        };
        let heading = self.heading.as_ref();
        let workflow = ImportedWorkflow {
            code: heading.and_then(|h| h.code),
            suffix: heading.and_then(|h| h.suffix.clone()),
            name: heading.map(|h| h.name.clone()).unwrap_or_default(),
            case,
            steps,
            total,
            lines: (first, self.last_line),
        };
        self.check(&workflow);
        self.done.push(workflow);
    }

    fn check(&mut self, workflow: &ImportedWorkflow) {
        let line = workflow.lines.0;
        if workflow.code.is_none() {
            self.warn(line, WarningKind::NoCode, &workflow.name);
        }
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

/// What the cells of a row amount to.
struct Row {
    content: String,
    performer: String,
    time: Option<StepTime>,
    /// The cell where the time should stand, if it is not understood.
    unread: Option<String>,
}

impl OpenStep<'_> {
    /// Whether the row has all its cells.
    fn is_complete(&self, time_first: bool) -> bool {
        let time_at = self.cells.iter().position(|c| read_time(&c.text).is_some());
        time_at.is_some_and(|at| !time_first || self.cells.len() > at + 1)
    }

    fn row(&self, time_first: bool) -> Row {
        let time_at = self.cells.iter().position(|c| read_time(&c.text).is_some());
        let time = time_at.and_then(|at| read_time(&self.cells[at].text));
        let text = |cells: &[&Piece]| cells.iter().map(|c| c.text.clone()).collect::<Vec<String>>();
        let mut unread = None;
        let (mut content, performer) = match time_at {
            Some(at) if time_first => (text(&self.cells[..at]), text(&self.cells[at + 1..]).pop()),
            at => {
                let mut before = text(&self.cells[..at.unwrap_or(self.cells.len())]);
                // Three cells without a time: the last stands where the time should.
                if at.is_none() && before.len() + usize::from(self.beside.is_some()) > 2 {
                    unread = before.pop();
                }
                let performer =
                    (before.len() + usize::from(self.beside.is_some()) > 1).then(|| before.pop()).flatten();
                (before, performer)
            }
        };
        if let Some(beside) = &self.beside {
            content.insert(0, beside.clone());
        }
        Row { content: content.join(" "), performer: performer.unwrap_or_default(), time, unread }
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
    let after = piece.text.find(|c: char| c.is_ascii_digit()).map(|at| &piece.text[at + digits..])?;
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

/// A column that only a list of procedures has.
fn is_list_header(folded: &str) -> bool {
    let begins = ["ma tthc", "ma so tthc", "ma thu tuc", "so ho so tthc", "ten tthc", "ten thu tuc"];
    folded.len() <= 40 && begins.iter().any(|w| folded.starts_with(w))
}

/// A column that only a table of steps has.
fn is_step_header(folded: &str) -> bool {
    ["noi dung cong viec", "noi dung thuc hien", "thu tu", "buoc", "trinh tu", "cac buoc"]
        .iter()
        .any(|w| folded.starts_with(w))
}

fn is_performer_header(folded: &str) -> bool {
    ["trach nhiem", "nguoi thuc hien", "don vi", "phan cong", "can bo"].iter().any(|w| folded.starts_with(w))
}

/// `Quy trình số 15`, `3. Quy trình cấp lại …`: a heading that names no code.
fn heading_without_code(piece: &Piece) -> Option<Heading> {
    let title = piece.folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let is_title = title.starts_with("quy trinh") && !title.starts_with("quy trinh giai quyet tai");
    (is_title && piece.folded.len() <= 400).then(|| Heading {
        code: None,
        suffix: None,
        name: piece.text.clone(),
        case: None,
        line: piece.line,
    })
}
