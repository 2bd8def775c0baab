//! A page from top to bottom: lines of text and tables in turn, page numbers and repeated lines set aside.

use super::grid::{Grid, tables};
use super::marks::{Marks, Sign};
use super::words::{TextLine, flow, lines};
use crate::tables::Block;
use d06_plan::{Cell, Merged};
use std::collections::BTreeMap;

/// A gap of this many font sizes between two lines is a blank line.
const BLANK_LINE: f64 = 2.3;

/// What stands on a page at a height.
enum Part {
    Line(TextLine),
    Table(Vec<Vec<Cell>>),
}

/// The blocks of all pages.
pub(crate) fn compose(pages: &[Marks]) -> Vec<Block> {
    let parts: Vec<Vec<(f64, Part)>> = pages.iter().map(parts).collect();
    let repeated = repeated(&parts, pages);
    let mut blocks = Vec::new();
    for (page, parts) in pages.iter().zip(parts) {
        let last = parts.len().saturating_sub(1);
        let left = left_edge(&parts);
        let mut before: Option<(f64, f64)> = None;
        for (index, (top, part)) in parts.into_iter().enumerate() {
            match part {
                Part::Table(rows) => {
                    before = None;
                    blocks.push(Block::Rows(rows));
                }
                Part::Line(line) => {
                    let text = line.text();
                    let at_edge = index == 0 || index == last;
                    if (at_edge && is_page_number(&text))
                        || edge_key(&line, page).is_some_and(|key| repeated.contains_key(&key))
                    {
                        blocks.push(Block::Furniture(text));
                        continue;
                    }
                    let far =
                        before.is_some_and(|(base, size)| top - base > BLANK_LINE * size.max(line.size));
                    if far {
                        blocks.push(Block::Paragraph(String::new()));
                    }
                    before = Some((line.base, line.size));
                    // The head of a document has the issuer beside the name of the State.
                    for (at, piece) in line.pieces.into_iter().enumerate() {
                        let indent = if at == 0 { indent(piece.x - left, line.size) } else { 0 };
                        blocks.push(Block::Paragraph(format!("{}{}", " ".repeat(indent), piece.text)));
                    }
                }
            }
        }
    }
    blocks
}

/// Where the lines of a page begin.
fn left_edge(parts: &[(f64, Part)]) -> f64 {
    let begins = parts.iter().filter_map(|(_, part)| match part {
        Part::Line(line) => line.pieces.first().map(|piece| piece.x),
        Part::Table(_) => None,
    });
    begins.fold(f64::INFINITY, f64::min)
}

/// How many blanks an indent is, at most what a paragraph has.
fn indent(points: f64, size: f64) -> usize {
    let blank = (size * 0.25).max(1.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 40")]
    let count = (points / blank).round().clamp(0.0, 40.0) as usize;
    count
}

fn parts(page: &Marks) -> Vec<(f64, Part)> {
    let grids = tables(&page.ruled);
    let mut outside: Vec<Sign> = Vec::new();
    let mut inside: Vec<Vec<Sign>> = vec![Vec::new(); grids.len()];
    for sign in &page.signs {
        let (x, y) = (f64::midpoint(sign.x, sign.end), sign.base - sign.size * 0.3);
        match grids.iter().position(|grid| grid.holds(x, y)) {
            Some(at) => inside[at].push(sign.clone()),
            None => outside.push(sign.clone()),
        }
    }
    let mut parts: Vec<(f64, Part)> =
        lines(outside).into_iter().map(|line| (line.base, Part::Line(line))).collect();
    for (grid, signs) in grids.iter().zip(inside) {
        if signs.is_empty() {
            continue;
        }
        parts.push((grid.span().0, Part::Table(table(grid, signs))));
    }
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    parts
}

/// The rows of a table with the text of each cell.
fn table(grid: &Grid, signs: Vec<Sign>) -> Vec<Vec<Cell>> {
    let mut cells: BTreeMap<(usize, usize), Vec<Sign>> = BTreeMap::new();
    for sign in signs {
        let at = grid.cell_at(f64::midpoint(sign.x, sign.end), sign.base - sign.size * 0.3);
        cells.entry(at).or_default().push(sign);
    }
    let (rows, columns) = grid.size();
    let mut out = Vec::with_capacity(rows);
    for row in 0..rows {
        let mut line = Vec::with_capacity(columns);
        for column in 0..columns {
            let owner = grid.owner(row, column);
            line.push(if owner == (row, column) {
                let signs = cells.remove(&owner).unwrap_or_default();
                Cell { text: flow(&lines(signs), grid.width(row, column)), merged: Merged::No }
            } else if owner.0 == row || owner.1 < column {
                Cell { text: String::new(), merged: Merged::Left }
            } else {
                Cell { text: String::new(), merged: Merged::Above }
            });
        }
        out.push(line);
    }
    out.retain(|row| row.iter().any(|cell| !cell.text.is_empty() || cell.merged == Merged::Above));
    out
}

/// Lines that stand at the same place at the edge of three pages or more.
fn repeated(parts: &[Vec<(f64, Part)>], pages: &[Marks]) -> BTreeMap<(i64, String), usize> {
    let mut counts: BTreeMap<(i64, String), usize> = BTreeMap::new();
    for (parts, page) in parts.iter().zip(pages) {
        let edges = parts.iter().take(2).chain(parts.iter().skip(2).rev().take(2));
        for (_, part) in edges {
            if let Part::Line(line) = part
                && let Some(key) = edge_key(line, page)
            {
                *counts.entry(key).or_default() += 1;
            }
        }
    }
    counts.retain(|_, count| *count >= 3);
    counts
}

/// Place and words of a line at the edge of a page, digits left out; nothing for a line of the text.
fn edge_key(line: &TextLine, page: &Marks) -> Option<(i64, String)> {
    let near_edge = line.base < page.height * 0.09 || line.base > page.height * 0.91;
    let words: String = line.text().chars().filter(|c| !c.is_ascii_digit()).collect();
    #[allow(clippy::cast_possible_truncation, reason = "a place on a page, in points")]
    near_edge.then(|| ((line.base / 4.0).round() as i64, words))
}

/// Whether a line is the number of its page: `3`, `- 3 -`, `Trang 3/12`.
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '-' | '–' | ' '));
    let bare = bare.strip_prefix("Trang").unwrap_or(bare).trim();
    !bare.is_empty() && bare.len() <= 7 && bare.chars().all(|c| c.is_ascii_digit() || c == '/')
}
