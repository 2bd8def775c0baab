//! The first sheet of a workbook. Titles above the header are skipped: the header is the first row with at least two
//! headers that are known, or the first row with two cells.

use super::Rows;
use crate::columns;
use crate::error::RunError;
use calamine::{Data, Ods, Range, Reader, Xls, Xlsb, Xlsx};
use d06_linkage::Column;
use d06_linkage::table::ColumnBuilder;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// The header is sought in so many rows.
const LOOKAHEAD: usize = 20;

pub(super) struct SheetRows {
    headers: Vec<String>,
    range: Range<Data>,
    next: usize,
    chosen: Vec<usize>,
}

impl SheetRows {
    pub(super) fn open(path: &Path, file: BufReader<File>) -> Result<Self, RunError> {
        let name = path.to_string_lossy().to_lowercase();
        let range = if name.contains(".xlsb") {
            first_sheet::<Xlsb<_>>(path, file)
        } else if name.contains(".xls") && !name.contains(".xlsx") && !name.contains(".xlsm") {
            first_sheet::<Xls<_>>(path, file)
        } else if name.contains(".ods") {
            first_sheet::<Ods<_>>(path, file)
        } else {
            first_sheet::<Xlsx<_>>(path, file)
        }?;
        let texts = |row: usize| -> Vec<String> {
            (0..range.width()).map(|column| range.get((row, column)).map(cell).unwrap_or_default()).collect()
        };
        let seen = range.height().min(LOOKAHEAD);
        let known = |row: &usize| {
            texts(*row).iter().filter(|header| columns::role_of_header(header).is_some()).count() >= 2
        };
        let filled = |row: &usize| texts(*row).iter().filter(|text| !text.is_empty()).count() >= 2;
        let header = (0..seen).find(known).or_else(|| (0..seen).find(filled));
        let Some(header) = header.filter(|row| row + 1 < range.height()) else {
            return Err(RunError::NoRows(path.to_owned()));
        };
        Ok(Self { headers: texts(header), range, next: header + 1, chosen: Vec::new() })
    }
}

fn first_sheet<R: Reader<BufReader<File>>>(
    path: &Path,
    file: BufReader<File>,
) -> Result<Range<Data>, RunError> {
    let form = |detail: String| RunError::Form { path: path.to_owned(), form: "XLSX", detail };
    let mut book = R::new(file).map_err(|error: R::Error| form(format!("{error:?}")))?;
    match book.worksheet_range_at(0) {
        Some(range) => range.map_err(|error| form(format!("{error:?}"))),
        None => Err(RunError::NoRows(path.to_owned())),
    }
}

/// The text of a cell; whole numbers without a decimal point, days in ISO form.
fn cell(data: &Data) -> String {
    match data {
        Data::String(text) => text.trim().to_owned(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.get(..10).unwrap_or(text).to_owned(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
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
        while rows < most && self.next < self.range.height() {
            let row = self.next;
            self.next += 1;
            if (0..self.range.width())
                .all(|column| self.range.get((row, column)).is_none_or(|c| *c == Data::Empty))
            {
                continue;
            }
            for (column, place) in columns.iter_mut().zip(&self.chosen) {
                match self.range.get((row, *place)) {
                    Some(Data::String(text)) => column.push(text),
                    Some(other) => column.push(&cell(other)),
                    None => column.push_missing(),
                }
            }
            rows += 1;
        }
        Ok((rows > 0).then(|| columns.into_iter().map(ColumnBuilder::finish).collect()))
    }
}
