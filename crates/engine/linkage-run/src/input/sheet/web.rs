//! The tables of a web page: many portals write one when they are asked for Excel, and call it `.xls`.

use super::book::Grid;
use crate::input::text;
use html5gum::{Token, Tokenizer};

/// A cell stands over at most so many columns (HTML standard, section 4.9.11).
const MOST_COLUMNS: usize = 1_000;
/// A cell stands over at most so many rows (HTML standard, section 4.9.11).
const MOST_ROWS: usize = 65_534;

/// A table under way.
#[derive(Default)]
struct Table {
    grid: Grid,
    /// Per column, how many further rows a cell above holds.
    held: Vec<usize>,
    /// The bytes of the open cell, with the columns and rows it stands over.
    cell: Option<(Vec<u8>, usize, usize)>,
}

/// All tables that have rows, in the order in which they end; one inside a cell is a table of its own.
pub(super) fn tables(page: &[u8]) -> Vec<Grid> {
    let mut open: Vec<Table> = Vec::new();
    let mut done = Vec::new();
    let mut is_hidden = false;
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => match (tag.name.as_slice(), open.last_mut()) {
                (b"table", _) => open.push(Table::default()),
                (b"tr", Some(table)) => table.row(),
                (b"td" | b"th", Some(table)) => {
                    let over = |name: &[u8], most| {
                        let value = tag.attributes.get(name).map(|value| text::field(value, &mut 0));
                        value.and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, most)
                    };
                    table.end_cell();
                    table.cell =
                        Some((Vec::new(), over(b"colspan", MOST_COLUMNS), over(b"rowspan", MOST_ROWS)));
                }
                (b"br" | b"p" | b"div", Some(table)) => table.write(b" "),
                (b"style" | b"script", _) => is_hidden = true,
                _ => {}
            },
            Token::EndTag(tag) => match (tag.name.as_slice(), open.last_mut()) {
                (b"td" | b"th" | b"tr", Some(table)) => table.end_cell(),
                (b"table", Some(_)) => done.extend(open.pop().map(Table::finish)),
                (b"style" | b"script", _) => is_hidden = false,
                _ => {}
            },
            Token::String(bytes) if !is_hidden => {
                if let Some(table) = open.last_mut() {
                    table.write(&bytes);
                }
            }
            _ => {}
        }
    }
    // A page that is cut off, or whose author forgot the ends.
    done.extend(open.into_iter().rev().map(Table::finish));
    done.retain(|grid| grid.iter().any(|row| !row.is_empty()));
    done
}

impl Table {
    fn row(&mut self) {
        self.end_cell();
        if !self.grid.is_empty() {
            self.held.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        self.grid.push(Vec::new());
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some((cell, ..)) = &mut self.cell {
            cell.extend_from_slice(bytes);
        }
    }

    fn end_cell(&mut self) {
        let Some((bytes, columns, rows)) = self.cell.take() else { return };
        if self.grid.is_empty() {
            self.grid.push(Vec::new());
        }
        let Some(row) = self.grid.last_mut() else { return };
        while self.held.get(row.len()).is_some_and(|rows| *rows > 0) {
            row.push(String::new());
        }
        let from = row.len();
        let text = text::field(&bytes, &mut 0);
        let words: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c == '\u{a0}')
            .filter(|word| !word.is_empty())
            .collect();
        row.push(words.join(" "));
        row.resize(from + columns, String::new());
        if self.held.len() < row.len() {
            self.held.resize(row.len(), 0);
        }
        // The row itself is counted when the next one begins.
        self.held.iter_mut().skip(from).take(columns).for_each(|held| *held = rows);
    }

    fn finish(mut self) -> Grid {
        self.end_cell();
        for row in &mut self.grid {
            let used = row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
            row.truncate(used);
        }
        self.grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spans_hold_their_places_and_inner_tables_are_their_own() {
        let page = "<html><head><style>td { color: red }</style></head><table border=1>
            <tr><th rowspan=2>STT<th rowspan='2'>H&#7885; t&ecirc;n</th><th colspan=\"2\">Năm sinh</th><th rowspan=2>Nơi ở</tr>
            <tr><td>Nam<td>Nữ</tr>
            <tr><td>1<td>Lê<br>An<td>1990<td>&nbsp;<td><table><tr><td>x</table>Thôn Đông";
        let expected: Vec<Grid> = vec![
            vec![vec!["x".to_owned()]],
            [
                vec!["STT", "Họ tên", "Năm sinh", "", "Nơi ở"],
                vec!["", "", "Nam", "Nữ"],
                vec!["1", "Lê An", "1990", "", "Thôn Đông"],
            ]
            .map(|row| row.into_iter().map(str::to_owned).collect())
            .to_vec(),
        ];
        assert_eq!(tables(page.as_bytes()), expected);
    }

    proptest! {
        #[test]
        fn any_page(page in "(<table>|</table>|<tr>|<td colspan=9>|<td rowspan=3>|</td>|<td>|a| |&lt;|<!--|<){0,40}") {
            for grid in tables(page.as_bytes()) {
                prop_assert!(grid.iter().all(|row| row.last().is_none_or(|text| !text.is_empty())));
            }
        }
    }
}
