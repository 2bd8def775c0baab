//! Spreadsheets (ECMA-376 part 1, SpreadsheetML), read as a person sees them: a value of 0.8 shown as a percentage
//! is "80%", a day is a day, a merged range has its text once.

mod format;
mod sheet;
mod strings;
mod workbook;

use crate::error::ReadError;
use crate::package::Package;
use crate::tables::{self, Block};
use d06_plan::Source;

/// Reads a spreadsheet: its visible sheets in order, rows with their cells.
pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let package = Package::open(bytes)?;
    let part = |name: &str| package.part(name).map(Option::unwrap_or_default);
    let book = workbook::read(&package.need("xl/workbook.xml")?, &part("xl/_rels/workbook.xml.rels")?)?;
    let strings = strings::read(&part("xl/sharedStrings.xml")?)?;
    let formats = format::read(&part("xl/styles.xml")?)?;
    let shown: Vec<_> = book.sheets.iter().filter(|sheet| !sheet.hidden).collect();
    let mut blocks = Vec::new();
    for sheet in &shown {
        let xml = part(&sheet.part)?;
        if xml.is_empty() {
            continue;
        }
        let rows = sheet::read(&xml, &strings, &formats, book.from_1904)?;
        if rows.is_empty() {
            continue;
        }
        if shown.len() > 1 {
            blocks.push(Block::Paragraph(String::new()));
        }
        blocks.extend(rows.into_iter().map(|row| match row.is_empty() {
            true => Block::Paragraph(String::new()),
            false => Block::Rows(vec![row]),
        }));
    }
    if let Some(hidden) = book.sheets.iter().find(|sheet| sheet.hidden) {
        blocks.push(Block::LeftOut(hidden.name.clone()));
    }
    tables::source(blocks)
}
