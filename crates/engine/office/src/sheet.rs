//! Tables as `.xlsx`.

use crate::{OfficeError, clean};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, whatever it begins with.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A share of a whole, shown in percent: the formula that gives it, and what it gives; none of a whole of nothing.
    Percent(String, Option<f64>),
    /// How many times one thing is another, with two decimals.
    Times(String, Option<f64>),
    /// A formula whose result is a number, `=SUM(C4:C9)`, and that number.
    Formula(String, i64),
    /// Nothing.
    Empty,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// The title in its first row.
    pub title: String,
    /// The line under it.
    pub note: String,
    /// The heads of the columns, in the third row.
    pub head: Vec<String>,
    /// Widths of the columns, in characters.
    pub widths: Vec<u32>,
    /// The rows, from the fourth on.
    pub rows: Vec<Vec<Cell>>,
    /// The last rows that are totals, set in bold.
    pub totals: usize,
}

/// Rows before the first of a table.
const ABOVE: u32 = 3;

/// Writes the sheets.
///
/// # Errors
/// A name that no sheet can have; more rows than a sheet holds.
pub fn xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, OfficeError> {
    let mut book = Workbook::new();
    for sheet in sheets {
        write(book.add_worksheet(), sheet).map_err(|error| OfficeError(error.to_string()))?;
    }
    book.save_to_buffer().map_err(|error| OfficeError(error.to_string()))
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), rust_xlsxwriter::XlsxError> {
    let font = || Format::new().set_font_name("Times New Roman").set_font_size(12);
    let boxed = || font().set_border(FormatBorder::Thin).set_text_wrap();
    page.set_name(&sheet.name)?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    page.write_string_with_format(0, 0, clean(&sheet.title), &font().set_bold().set_font_size(14))?;
    page.write_string_with_format(1, 0, clean(&sheet.note), &font().set_italic())?;
    let head = boxed().set_bold().set_align(FormatAlign::Center);
    for (column, words) in (0..).zip(&sheet.head) {
        page.write_string_with_format(ABOVE - 1, column, clean(words), &head)?;
    }
    for (column, width) in (0..).zip(&sheet.widths) {
        page.set_column_width(column, *width)?;
    }
    page.set_freeze_panes(ABOVE, 0)?;
    page.set_repeat_rows(ABOVE - 1, ABOVE - 1)?;
    let first_total = sheet.rows.len().saturating_sub(sheet.totals);
    for (place, cells) in sheet.rows.iter().enumerate() {
        let row = ABOVE + u32::try_from(place).unwrap_or(u32::MAX - ABOVE);
        let format = if place < first_total { boxed() } else { boxed().set_bold() };
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(words) => page.write_string_with_format(row, column, clean(words), &format)?,
                // A spreadsheet keeps 53 bits; counts of records stay far below.
                Cell::Number(number) => page.write_number_with_format(
                    row,
                    column,
                    *number as f64,
                    &format.clone().set_num_format("#,##0"),
                )?,
                Cell::Percent(formula, result) => page.write_formula_with_format(
                    row,
                    column,
                    with_result(formula, result.map(|share| share.to_string())),
                    &format.clone().set_num_format("0.00%"),
                )?,
                Cell::Times(formula, result) => page.write_formula_with_format(
                    row,
                    column,
                    with_result(formula, result.map(|times| times.to_string())),
                    &format.clone().set_num_format("0.00"),
                )?,
                Cell::Formula(formula, result) => page.write_formula_with_format(
                    row,
                    column,
                    with_result(formula, Some(result.to_string())),
                    &format.clone().set_num_format("#,##0"),
                )?,
                Cell::Empty => page.write_blank(row, column, &format)?,
            };
        }
    }
    Ok(())
}

/// A formula with what it gives: a preview, a telephone and LibreOffice as it comes show the stored result and compute
/// only when something changes.
fn with_result(formula: &str, result: Option<String>) -> Formula {
    Formula::new(formula).set_result(result.unwrap_or_default())
}
