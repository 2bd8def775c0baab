//! A table while it is read.

use crate::limits;
use d06_plan::{Cell, Merged};

/// A cell while it is read.
#[derive(Debug, Default)]
struct Open {
    paragraphs: Vec<String>,
    span: usize,
    merged: Option<Merged>,
}

/// A table: its rows so far, and the row and cell that are open.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Option<Open>,
    row_deleted: bool,
}

impl Table {
    pub(crate) fn open_row(&mut self) {
        self.row.clear();
        self.row_deleted = false;
    }

    /// Columns of the grid that the row leaves out at its front.
    pub(crate) fn skip_columns(&mut self, count: usize) {
        let count = count.min(limits::COLUMNS);
        self.row.extend(std::iter::repeat_n(Cell::default(), count));
    }

    /// The row was deleted by a tracked change.
    pub(crate) fn delete_row(&mut self) {
        self.row_deleted = true;
    }

    pub(crate) fn close_row(&mut self) {
        if !self.row_deleted && !self.row.is_empty() && self.rows.len() < limits::LINES {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    pub(crate) fn open_cell(&mut self) {
        self.cell = Some(Open { span: 1, ..Open::default() });
    }

    /// The cell takes several columns.
    pub(crate) fn span(&mut self, columns: usize) {
        if let Some(cell) = &mut self.cell {
            cell.span = columns.clamp(1, limits::COLUMNS);
        }
    }

    /// The cell carries on the cell above or on the left.
    pub(crate) fn carry_on(&mut self, merged: Merged) {
        if let Some(cell) = &mut self.cell {
            cell.merged = Some(merged);
        }
    }

    /// Adds a paragraph to the open cell; gives it back where no cell is open.
    pub(crate) fn add(&mut self, text: String) {
        if let Some(cell) = &mut self.cell {
            cell.paragraphs.push(text);
        }
    }

    pub(crate) fn close_cell(&mut self) {
        let Some(open) = self.cell.take() else { return };
        let text = open.paragraphs.join("\n").trim().to_owned();
        let merged = open.merged.unwrap_or_default();
        let text = if merged == Merged::No { text } else { String::new() };
        if self.row.len() + open.span > limits::COLUMNS {
            return;
        }
        self.row.push(Cell { text, merged });
        let rest = Cell { text: String::new(), merged: Merged::Left };
        self.row.extend(std::iter::repeat_n(rest, open.span - 1));
    }

    pub(crate) fn into_rows(self) -> Vec<Vec<Cell>> {
        self.rows
    }
}
