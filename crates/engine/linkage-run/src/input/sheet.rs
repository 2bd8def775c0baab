//! A sheet of a workbook, laid out as a list; see [`super::layout`]. Where none is asked for it is the first that holds
//! a table with known headers, else the first that holds any table.

use super::layout::Layout;
use super::{Noticed, Rows};
use crate::error::RunError;
use calamine::{Data, Ods, Range, Reader, SheetVisible, Xls, Xlsb, Xlsx};
use d06_linkage::Column;
use d06_linkage::table::ColumnBuilder;
use std::borrow::Cow;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// So many rows are looked at to learn how the list is laid out.
const SEEN: usize = 2_000;

pub(super) struct SheetRows {
    headers: Vec<String>,
    layout: Layout,
    range: Range<Data>,
    next: usize,
    chosen: Vec<usize>,
    noticed: Noticed,
}

/// A sheet that holds a table.
struct Found {
    name: String,
    layout: Layout,
    range: Range<Data>,
}

impl SheetRows {
    pub(super) fn open(path: &Path, sheet: Option<&str>, file: BufReader<File>) -> Result<Self, RunError> {
        let name = path.to_string_lossy().to_lowercase();
        let (found, others) = if name.contains(".xlsb") {
            choose::<Xlsb<_>>(path, sheet, file)
        } else if name.contains(".xls") && !name.contains(".xlsx") && !name.contains(".xlsm") {
            choose::<Xls<_>>(path, sheet, file)
        } else if name.contains(".ods") {
            choose::<Ods<_>>(path, sheet, file)
        } else {
            choose::<Xlsx<_>>(path, sheet, file)
        }?;
        let Found { name, layout, range } = found;
        let (headers, next) = (layout.headers(), layout.first());
        let mut noticed = Noticed::default();
        if !others.is_empty() {
            noticed.sheets.push([vec![name], others].concat());
        }
        Ok(Self { headers, layout, range, next, chosen: Vec::new(), noticed })
    }
}

/// The sheet to be read, and the names of others that hold a table and were not asked for.
fn choose<R: Reader<BufReader<File>>>(
    path: &Path,
    sheet: Option<&str>,
    file: BufReader<File>,
) -> Result<(Found, Vec<String>), RunError> {
    let form = |error: R::Error| RunError::Form {
        path: path.to_owned(),
        form: "XLSX",
        detail: format!("{error:?}"),
    };
    let mut book = R::new(file).map_err(form)?;
    let all = book.sheets_metadata().to_vec();
    let wanted: Vec<String> = match sheet {
        Some(sheet) => all.iter().map(|found| found.name.clone()).filter(|name| name == sheet).collect(),
        None => {
            let shown = all.iter().filter(|found| found.visible == SheetVisible::Visible);
            shown.map(|found| found.name.clone()).collect()
        }
    };
    if let (Some(sheet), true) = (sheet, wanted.is_empty()) {
        let sheets = all.into_iter().map(|found| found.name).collect();
        return Err(RunError::NoSheet { path: path.to_owned(), sheet: sheet.to_owned(), sheets });
    }
    let mut tables = Vec::new();
    for name in wanted {
        let range = book.worksheet_range(&name).map_err(form)?;
        let grid: Vec<Vec<String>> = (0..range.height().min(SEEN)).map(|row| texts(&range, row)).collect();
        if let Some(layout) = Layout::find(&grid)
            && layout.first() < range.height()
        {
            tables.push(Found { name, layout, range });
        }
    }
    let known = |found: &Found| found.layout.known() > 0;
    let place = tables.iter().position(known).unwrap_or(0);
    if tables.is_empty() {
        return Err(RunError::NoRows(path.to_owned()));
    }
    let chosen = tables.swap_remove(place);
    let others = tables.into_iter().filter(|other| known(other) == known(&chosen));
    let others = others.map(|other| other.name).collect();
    Ok((chosen, others))
}

fn texts(range: &Range<Data>, row: usize) -> Vec<String> {
    let text = |column| range.get((row, column)).map(|data| cell(data).trim().to_owned());
    (0..range.width()).map(|column| text(column).unwrap_or_default()).collect()
}

/// The text of a cell; whole numbers without a decimal point, days in ISO form.
fn cell(data: &Data) -> Cow<'_, str> {
    match data {
        Data::String(text) => Cow::Borrowed(text),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}").into(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}").into()
        }
        Data::DateTimeIso(text) => Cow::Borrowed(text.get(..10).unwrap_or(text)),
        Data::Empty | Data::Error(_) => Cow::Borrowed(""),
        other => other.to_string().into(),
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
            let texts = texts(&self.range, self.next);
            self.next += 1;
            if texts.iter().all(String::is_empty) {
                continue;
            }
            if !self.layout.is_entry(&texts) {
                self.noticed.passed_over += 1;
                continue;
            }
            for (column, place) in columns.iter_mut().zip(&self.chosen) {
                match self.layout.source(*place) {
                    Some(source) => column.push(&source.value(|place| {
                        texts.get(place).map_or(Cow::Borrowed(""), |text| Cow::Borrowed(text.as_str()))
                    })),
                    None => column.push_missing(),
                }
            }
            rows += 1;
        }
        Ok((rows > 0).then(|| columns.into_iter().map(ColumnBuilder::finish).collect()))
    }

    fn noticed(&self) -> Noticed {
        self.noticed.clone()
    }
}
