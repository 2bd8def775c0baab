//! Links as a workbook for people: a frozen header and a filter. Rows are written out as they come.

use super::atomic::AtomicFile;
use super::{LinkRow, LinkRows, LinkSink, columns, rounded};
use crate::error::RunError;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::path::{Path, PathBuf};

/// Rows that a sheet holds below its header.
const MOST_ROWS: usize = 1_048_575;
/// Widths of the columns, in characters.
const WIDTHS: [f64; 8] = [16.0, 16.0, 8.0, 12.0, 12.0, 12.0, 90.0, 14.0];

pub(super) struct SheetSink {
    path: PathBuf,
    file: AtomicFile,
    book: Workbook,
    row: u32,
    columns: u16,
}

impl SheetSink {
    pub(super) fn create(path: &Path, rows: usize, has_clusters: bool) -> Result<Self, RunError> {
        if rows > MOST_ROWS {
            return Err(RunError::TooManyForForm { path: path.to_owned(), most: MOST_ROWS, rows });
        }
        let file = AtomicFile::create(path)?;
        let mut book = Workbook::new();
        // The same links give the same bytes: the day of writing is left out.
        let properties = rust_xlsxwriter::DocProperties::new();
        let fixed =
            rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 7, 1).map_err(|error| fault(path, &error))?;
        book.set_properties(&properties.set_creation_datetime(&fixed));
        let headers = columns(has_clusters);
        let sheet = book.add_worksheet_with_constant_memory().map_err(|error| fault(path, &error))?;
        begin(sheet, &headers).map_err(|error| fault(path, &error))?;
        let count = u16::try_from(headers.len()).unwrap_or(u16::MAX);
        Ok(Self { path: path.to_owned(), file, book, row: 0, columns: count })
    }

    fn push(&mut self, row: &LinkRow<'_>) -> Result<(), XlsxError> {
        self.row += 1;
        let at = self.row;
        let sheet = self.book.worksheet_from_index(0)?;
        sheet.write_string(at, 0, row.left_id)?;
        sheet.write_string(at, 1, row.right_id)?;
        sheet.write_number(at, 2, f64::from(row.person))?;
        sheet.write_number(at, 3, rounded(row.probability, 6))?;
        sheet.write_number(at, 4, rounded(row.weight, 3))?;
        sheet.write_string(at, 5, row.decision)?;
        sheet.write_string(at, 6, row.explanation)?;
        if let Some(cluster) = row.cluster {
            sheet.write_string(at, 7, cluster)?;
        }
        Ok(())
    }
}

fn begin(sheet: &mut Worksheet, headers: &[&str]) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let bold = Format::new().set_bold();
    for (column, header) in (0u16..).zip(headers) {
        sheet.write_string_with_format(0, column, *header, &bold)?;
    }
    Ok(())
}

fn fault(path: &Path, error: &XlsxError) -> RunError {
    let source = match error {
        XlsxError::IoError(error) => std::io::Error::new(error.kind(), error.to_string()),
        other => std::io::Error::other(other.to_string()),
    };
    RunError::write(path)(source)
}

impl LinkSink for SheetSink {
    fn write(mut self: Box<Self>, rows: LinkRows<'_>) -> Result<(), RunError> {
        let pushed = rows.iter().try_for_each(|row| self.push(&row));
        pushed.map_err(|error| fault(&self.path, &error))?;
        let (last, columns) = (self.row, self.columns);
        let filtered =
            self.book.worksheet_from_index(0).and_then(|sheet| sheet.autofilter(0, 0, last, columns - 1));
        let path = self.path.clone();
        filtered.map_err(|error| fault(&path, &error))?;
        self.book.save(self.file.part()).map_err(|error| fault(&path, &error))?;
        self.file.commit()
    }
}
