//! A sheet of a workbook, laid out as a list; see [`super::layout`]. Where none is asked for it is the first that holds
//! a table with known headers, else the first that holds any table.

mod book;
mod web;

pub(super) use book::{is_book, is_web};

use super::layout::Layout;
use super::{Noticed, Rows};
use crate::error::RunError;
use book::{Book, Grid};
use d06_linkage::Column;
use d06_linkage::table::ColumnBuilder;
use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

/// So many rows are looked at to learn how the list is laid out.
const SEEN: usize = 2_000;

pub(super) struct SheetRows {
    headers: Vec<String>,
    layout: Layout,
    grid: Grid,
    next: usize,
    chosen: Vec<usize>,
    noticed: Noticed,
}

impl SheetRows {
    pub(super) fn open(path: &Path, sheet: Option<&str>, file: File) -> Result<Self, RunError> {
        let mut book = Book::open(path, file)?;
        let (Table { name, layout, mut grid }, others) = choose(path, sheet, &mut book)?;
        if grid.len() >= SEEN {
            grid = book.grid(path, &name, usize::MAX)?;
        }
        let (headers, next) = (layout.headers(), layout.first());
        let mut noticed = Noticed::default();
        if !others.is_empty() {
            noticed.sheets.push([vec![name], others].concat());
        }
        Ok(Self { headers, layout, grid, next, chosen: Vec::new(), noticed })
    }
}

/// A sheet that holds a table, with its first rows.
struct Table {
    name: String,
    layout: Layout,
    grid: Grid,
}

/// The sheet to be read, and the names of others that hold a table and were not asked for.
fn choose(path: &Path, sheet: Option<&str>, book: &mut Book) -> Result<(Table, Vec<String>), RunError> {
    let all = book.sheets();
    let is_wanted = |(name, is_shown): &&(String, bool)| sheet.map_or(*is_shown, |sheet| name == sheet);
    let wanted: Vec<&(String, bool)> = all.iter().filter(is_wanted).collect();
    if let (Some(sheet), true) = (sheet, wanted.is_empty()) {
        let sheets = all.into_iter().map(|(name, _)| name).collect();
        return Err(RunError::NoSheet { path: path.to_owned(), sheet: sheet.to_owned(), sheets });
    }
    let mut tables = Vec::new();
    for (name, _) in wanted {
        let grid = book.grid(path, name, SEEN)?;
        if let Some(layout) = Layout::find(&grid)
            && layout.first() < grid.len()
        {
            tables.push(Table { name: name.clone(), layout, grid });
        }
    }
    let is_known = |table: &Table| table.layout.known() > 0;
    if tables.is_empty() {
        return Err(RunError::NoRows(path.to_owned()));
    }
    let chosen = tables.remove(tables.iter().position(is_known).unwrap_or(0));
    let others = tables.into_iter().filter(|other| is_known(other) == is_known(&chosen));
    let others = others.map(|other| other.name).collect();
    Ok((chosen, others))
}

impl Rows for SheetRows {
    fn headers(&self) -> &[String] {
        &self.headers
    }

    fn choose(&mut self, columns: &[usize]) -> Result<(), RunError> {
        self.chosen = columns.to_vec();
        Ok(())
    }

    fn next(&mut self, most: usize) -> Result<Option<Vec<Column>>, RunError> {
        let mut columns: Vec<ColumnBuilder> = self.chosen.iter().map(|_| ColumnBuilder::new()).collect();
        let mut rows = 0;
        while rows < most
            && let Some(cells) = self.grid.get(self.next)
        {
            self.next += 1;
            if cells.is_empty() {
                continue;
            }
            if !self.layout.is_entry(cells) {
                self.noticed.passed_over += 1;
                continue;
            }
            let cell = |place: usize| Cow::Borrowed(cells.get(place).map_or("", String::as_str));
            self.layout.push(&self.chosen, &mut columns, cell);
            rows += 1;
        }
        Ok((rows > 0).then(|| columns.into_iter().map(ColumnBuilder::finish).collect()))
    }

    fn noticed(&self) -> Noticed {
        self.noticed.clone()
    }
}
