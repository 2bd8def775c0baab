//! The tables of a web page: many portals write one when they are asked for Excel, and call it `.xls`; and the sheets
//! of XML Spreadsheet 2003.

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

/// All tables that have rows, with their names, in the order in which they end; one inside a cell is a table of its own.
/// The sheets of XML Spreadsheet 2003, which Excel calls `.xls` too, are written in much the same way.
pub(super) fn tables(page: &[u8]) -> Vec<(String, Grid)> {
    let mut open: Vec<Table> = Vec::new();
    let mut done = Vec::new();
    let mut sheet = None;
    let mut is_hidden = false;
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => {
                let value = |name: &str| {
                    Some(text::field(tag.attributes.get(name.as_bytes())?, &mut 0).trim().to_owned())
                };
                let number = |name: &str| value(name)?.parse::<usize>().ok();
                let over = |name, most| number(name).unwrap_or(1).clamp(1, most);
                match (bare(&tag.name), open.last_mut()) {
                    (b"worksheet", _) => sheet = value("ss:name"),
                    (b"table", _) => open.push(Table::default()),
                    (b"tr", Some(table)) => table.row(None),
                    (b"row", Some(table)) => table.row(number("ss:index")),
                    (b"td" | b"th", Some(table)) => {
                        table.cell(None, over("colspan", MOST_COLUMNS), over("rowspan", MOST_ROWS));
                    }
                    (b"cell", Some(table)) => {
                        let more = number("ss:mergeacross").unwrap_or(0).min(MOST_COLUMNS - 1);
                        table.cell(number("ss:index"), more + 1, 1);
                    }
                    (b"br" | b"p" | b"div", Some(table)) => table.write(b" "),
                    (b"style" | b"script", _) => is_hidden = !tag.self_closing,
                    _ => {}
                }
            }
            Token::EndTag(tag) => match (bare(&tag.name), open.last_mut()) {
                (b"td" | b"th" | b"tr" | b"cell" | b"row", Some(table)) => table.end_cell(),
                (b"table", Some(_)) => done.extend(open.pop().map(|table| (sheet.clone(), table.finish()))),
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
    done.extend(open.into_iter().rev().map(|table| (sheet.clone(), table.finish())));
    done.retain(|(_, grid)| grid.iter().any(|row| !row.is_empty()));
    (1..)
        .zip(done)
        .map(|(number, (name, grid))| (name.unwrap_or_else(|| format!("{number}")), grid))
        .collect()
}

/// The name of a tag without the prefix of its namespace.
fn bare(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"ss:").unwrap_or(name)
}

impl Table {
    /// Begins a row, where it says so at this place (from 1).
    fn row(&mut self, place: Option<usize>) {
        self.end_cell();
        if !self.grid.is_empty() {
            self.held.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        let before = place.unwrap_or(0).saturating_sub(1).min(MOST_ROWS);
        self.grid.resize_with(self.grid.len().max(before), Vec::new);
        self.grid.push(Vec::new());
    }

    /// Begins a cell that stands over so many columns and rows, where it says so at this place (from 1).
    fn cell(&mut self, place: Option<usize>, columns: usize, rows: usize) {
        self.end_cell();
        if let (Some(place), Some(row)) = (place, self.grid.last_mut()) {
            row.resize_with(row.len().max(place.saturating_sub(1).min(MOST_COLUMNS)), String::new);
        }
        self.cell = Some((Vec::new(), columns, rows));
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
        let words: Vec<&str> = text.split_whitespace().collect();
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
        let expected = vec![
            ("1".to_owned(), vec![vec!["x".to_owned()]]),
            (
                "2".to_owned(),
                [
                    vec!["STT", "Họ tên", "Năm sinh", "", "Nơi ở"],
                    vec!["", "", "Nam", "Nữ"],
                    vec!["1", "Lê An", "1990", "", "Thôn Đông"],
                ]
                .map(|row| row.into_iter().map(str::to_owned).collect())
                .to_vec(),
            ),
        ];
        assert_eq!(tables(page.as_bytes()), expected);
    }

    #[test]
    fn xml_spreadsheets_have_places_and_names() {
        let book = r#"<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
            <Styles><Style ss:ID="Default"/></Styles><Worksheet ss:Name="Thôn Đông"><Table>
            <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">DANH SÁCH</Data></Cell><Cell><Data>x</Data></Cell></Row>
            <Row ss:Index="4"><Cell/><Cell ss:Index="3"><Data ss:Type="Number">7</Data></Cell></Row>
            </Table></Worksheet></Workbook>"#;
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let grid = vec![row(&["DANH SÁCH", "", "x"]), row(&[]), row(&[]), row(&["", "", "7"])];
        assert_eq!(tables(book.as_bytes()), [("Thôn Đông".to_owned(), grid)]);
    }

    proptest! {
        #[test]
        fn any_page(page in "(<table>|</table>|<tr>|<row ss:index=7>|<cell ss:index=3>|<td colspan=9>|<td rowspan=3>|</td>|<td>|a| |&lt;|<!--|<){0,40}") {
            for (_, grid) in tables(page.as_bytes()) {
                prop_assert!(grid.iter().all(|row| row.last().is_none_or(|text| !text.is_empty())));
            }
        }
    }
}
