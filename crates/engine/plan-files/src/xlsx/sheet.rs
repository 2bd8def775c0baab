//! One sheet.

use super::format::{Formats, show};
use crate::error::ReadError;
use crate::limits;
use crate::xml::{Element, Visitor, walk};
use d06_plan::{Cell, Merged};
use std::collections::BTreeMap;

struct Sheet<'a> {
    strings: &'a [String],
    formats: &'a Formats,
    from_1904: bool,
    cells: BTreeMap<(usize, usize), String>,
    merged: Vec<[usize; 4]>,
    row: usize,
    column: usize,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    bytes: usize,
}

/// Reads the rows of a sheet, from the first to the last with text; an empty row has no cells.
pub(crate) fn read(
    xml: &str,
    strings: &[String],
    formats: &Formats,
    from_1904: bool,
) -> Result<Vec<Vec<Cell>>, ReadError> {
    let mut sheet = Sheet {
        strings,
        formats,
        from_1904,
        cells: BTreeMap::new(),
        merged: Vec::new(),
        row: 0,
        column: 0,
        kind: String::new(),
        style: 0,
        value: String::new(),
        in_value: false,
        bytes: 0,
    };
    walk(xml, &mut sheet)?;
    Ok(sheet.rows())
}

impl Sheet<'_> {
    fn rows(mut self) -> Vec<Vec<Cell>> {
        let first = self.cells.keys().map(|(row, _)| *row).min();
        let last = self.cells.keys().map(|(row, _)| *row).max();
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        let width = self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut expected = first;
        // A sheet may have its last row a million rows down: only one blank row stands for a gap.
        let mut at: BTreeMap<usize, usize> = BTreeMap::new();
        let numbers: Vec<usize> = {
            let mut numbers: Vec<usize> = self.cells.keys().map(|(row, _)| *row).collect();
            numbers.dedup();
            numbers
        };
        for row in numbers {
            if row > expected {
                rows.push(Vec::new());
            }
            expected = row + 1;
            at.insert(row, rows.len());
            let cells = (0..width).map(|column| Cell {
                text: self.cells.remove(&(row, column)).unwrap_or_default(),
                merged: Merged::No,
            });
            rows.push(cells.collect());
        }
        let merged = std::mem::take(&mut self.merged);
        for [top, left, bottom, right] in merged {
            for (_, index) in at.range(top..=bottom.min(last)) {
                let below = *index != at.get(&top).copied().unwrap_or(usize::MAX);
                for column in left..=right.min(width.saturating_sub(1)) {
                    let Some(cell) = rows.get_mut(*index).and_then(|row| row.get_mut(column)) else {
                        continue;
                    };
                    if column > left {
                        *cell = Cell { text: String::new(), merged: Merged::Left };
                    } else if below {
                        *cell = Cell { text: String::new(), merged: Merged::Above };
                    }
                }
            }
        }
        rows
    }

    fn keep(&mut self) -> Result<(), ReadError> {
        let raw = std::mem::take(&mut self.value);
        let text = match self.kind.as_str() {
            "s" => raw
                .trim()
                .parse()
                .ok()
                .and_then(|at: usize| self.strings.get(at))
                .cloned()
                .unwrap_or_default(),
            "str" | "inlineStr" => raw,
            "b" => if raw.trim() == "1" { "Có" } else { "Không" }.to_owned(),
            "e" => raw,
            "d" => raw.get(..10).map_or_else(|| raw.clone(), of_iso),
            _ => match raw.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => {
                    show(value, &self.formats.of_style(self.style), self.from_1904)
                }
                _ => raw,
            },
        };
        if text.trim().is_empty() || self.column >= limits::COLUMNS {
            return Ok(());
        }
        self.bytes += text.len();
        if self.bytes > limits::TEXT || self.cells.len() > limits::LINES * 4 {
            return Err(ReadError::TooLarge);
        }
        // Blanks at the front stay: in a table that lost its lines they stand for empty cells.
        self.cells.insert((self.row, self.column), text.trim_end().to_owned());
        Ok(())
    }
}

/// `2025-09-30` as `30/09/2025`.
fn of_iso(day: &str) -> String {
    day.split('-').rev().collect::<Vec<_>>().join("/")
}

impl Visitor for Sheet<'_> {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        match element.name() {
            "row" => {
                self.row = element.number("r").map_or(self.row + 1, |row| row.min(2_000_000));
                self.column = 0;
            }
            "c" => {
                if let Some((_, column)) = element.get("r").as_deref().and_then(position) {
                    self.column = column;
                }
                self.kind = element.get("t").unwrap_or_default();
                self.style = element.number("s").unwrap_or(0);
                self.value.clear();
            }
            "v" | "t" => self.in_value = true,
            "mergeCell" if self.merged.len() < limits::LINES => {
                let range = element.get("ref").unwrap_or_default();
                let (from, to) = range.split_once(':').unwrap_or((&range, &range));
                if let (Some((top, left)), Some((bottom, right))) = (position(from), position(to)) {
                    self.merged.push([top, left, bottom, right]);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "v" | "t" => self.in_value = false,
            "c" => {
                self.keep()?;
                self.column = self.column.saturating_add(1);
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_value {
            self.value.push_str(text);
        }
    }
}

/// Row and column of `B12`: the row as written, the column from 0.
fn position(name: &str) -> Option<(usize, usize)> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let column = name.get(..letters).filter(|l| (1..=3).contains(&l.len()))?;
    let column = column.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    Some((name.get(letters..)?.parse().ok()?, column - 1))
}
