//! One row of a table of steps: cells under columns.

use super::pieces::{Piece, is_time_header};
use super::time::{Unit, read_time};
use crate::model::definition::StepTime;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Content,
    Performer,
    Time,
    Other,
}

/// The columns of the table, as far as its header names them.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The columns after the step number, in order.
    order: Vec<Column>,
    /// The unit of bare numbers in the column for time.
    unit: Option<Unit>,
    /// The header is that of a list of procedures, not of steps.
    is_list: bool,
}

impl Columns {
    /// A column that only a list of procedures has.
    pub(super) fn is_list_header(folded: &str) -> bool {
        let begins = ["ma tthc", "ma so tthc", "ma thu tuc", "so ho so tthc", "ten tthc", "ten thu tuc"];
        folded.len() <= 40 && !folded.contains(':') && begins.iter().any(|w| folded.starts_with(w))
    }

    /// Takes a header.
    pub(super) fn take(&mut self, folded: &str) {
        let begins = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
        let column = if Self::is_list_header(folded) {
            *self = Self { is_list: true, ..Self::default() };
            return;
        } else if is_time_header(folded) {
            self.unit = self.unit.or_else(|| Unit::in_header(folded));
            Column::Time
        } else if begins(&["noi dung", "cong viec"]) {
            *self = if self.is_list { Self::default() } else { std::mem::take(self) };
            Column::Content
        } else if begins(&[
            "trach nhiem",
            "nguoi",
            "don vi",
            "phan cong",
            "can bo",
            "bo phan",
            "co quan",
            "chuc danh",
        ]) {
            Column::Performer
        } else if begins(&["ket qua", "ghi chu", "bieu mau", "san pham"]) {
            Column::Other
        } else {
            // The step's own number.
            return;
        };
        if column == Column::Other || !self.order.contains(&column) {
            self.order.push(column);
        }
    }

    /// Whether the header is that of a table of steps: it has a column for time.
    pub(super) fn is_table(&self) -> bool {
        !self.is_list && self.order.contains(&Column::Time)
    }

    /// The time a cell states under this header.
    pub(super) fn read_time(&self, text: &str) -> Option<StepTime> {
        self.unit.map_or_else(|| read_time(text), |unit| unit.read(text))
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.order.iter().position(|c| *c == column)
    }
}

/// A row of which the cells are still coming.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// The step's number.
    pub(super) number: u32,
    /// The line on which it begins.
    pub(super) line: u32,
    /// What stands beside the number in the same cell.
    beside: Option<String>,
    cells: Vec<&'a Piece>,
}

/// What a row amounts to.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    pub(super) content: String,
    pub(super) performer: String,
    pub(super) time: Option<StepTime>,
    /// The cell where the time should stand, if it is not understood.
    pub(super) unread: Option<String>,
}

impl<'a> Row<'a> {
    pub(super) fn new(number: u32, line: u32, beside: Option<String>) -> Self {
        Self { number, line, beside, cells: Vec::new() }
    }

    /// Whether nothing but the number was read.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.beside.is_none()
    }

    /// Takes a cell; `false` if it does not belong to the row (what follows a complete row, a page number).
    pub(super) fn push(&mut self, piece: &'a Piece, columns: &Columns) -> bool {
        let is_number = piece.text.bytes().all(|b| b.is_ascii_digit());
        let belongs = !self.is_complete(columns) && (!is_number || columns.unit.is_some());
        if belongs {
            self.cells.push(piece);
        }
        belongs
    }

    /// Whether the row has all its cells: a time, and what stands after it.
    pub(super) fn is_complete(&self, columns: &Columns) -> bool {
        let after = columns.place(Column::Time).map_or(0, |at| columns.order.len() - at - 1);
        self.time_at(columns).is_some_and(|at| self.cells.len() > at + after)
    }

    /// The first cell that states a time. Bare numbers count from the second cell on: the first is content.
    fn time_at(&self, columns: &Columns) -> Option<usize> {
        let first = usize::from(self.beside.is_none());
        let bare = |at: &usize| *at >= first && columns.read_time(&self.cells[*at].text).is_some();
        (0..self.cells.len()).find(|at| read_time(&self.cells[*at].text).is_some() || bare(at))
    }

    /// Sorts the cells. If there are as many as columns, each is what its column says; else the time is the
    /// cell that reads as one, the performer the cell beside it, and the rest the content.
    pub(super) fn read(&self, columns: &Columns) -> Cells {
        let texts: Vec<&str> =
            self.beside.as_deref().into_iter().chain(self.cells.iter().map(|c| c.text.as_str())).collect();
        let at = |column| columns.place(column).and_then(|at| texts.get(at).copied());
        if texts.len() == columns.order.len()
            && let (Some(content), Some(performer), Some(time)) =
                (at(Column::Content), at(Column::Performer), at(Column::Time))
            && columns.read_time(time).is_some()
        {
            let time = columns.read_time(time);
            return Cells {
                content: content.to_owned(),
                performer: performer.to_owned(),
                time,
                unread: None,
            };
        }
        self.read_by_time(&texts, columns)
    }

    fn read_by_time(&self, texts: &[&str], columns: &Columns) -> Cells {
        let beside = usize::from(self.beside.is_some());
        let time_at = self.time_at(columns).map(|at| at + beside);
        let time = time_at.and_then(|at| columns.read_time(texts[at]));
        let time_first = columns.place(Column::Time) < columns.place(Column::Performer);
        if let Some(at) = time_at.filter(|_| time_first) {
            let performer = texts.get(at + 1).copied().unwrap_or_default().to_owned();
            return Cells { content: texts[..at].join(" "), performer, time, unread: None };
        }
        let mut before: Vec<&str> = texts[..time_at.unwrap_or(texts.len())].to_vec();
        // Three cells without a time: the last stands where the time should.
        let unread =
            if time_at.is_none() && before.len() > 2 { before.pop().map(str::to_owned) } else { None };
        let performer_first = columns.place(Column::Performer) < columns.place(Column::Content);
        let performer = match before.len() {
            0 | 1 => "",
            _ if performer_first && columns.place(Column::Performer).is_some() => before.remove(0),
            _ => before.pop().unwrap_or_default(),
        };
        Cells { content: before.join(" "), performer: performer.to_owned(), time, unread }
    }
}
