//! Workbooks of every kind, and web pages that are called workbooks, as grids of text.

use super::web;
use crate::error::RunError;
use crate::input::text;
use calamine::{
    Cell, Data, DataRef, Ods, OdsError, Range, Reader, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError,
};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Rows of cells; blank cells at the end of a row are left out.
pub(super) type Grid = Vec<Vec<String>>;

/// Cells of one sheet at most.
const CELLS: usize = 50_000_000;
/// Rows and columns of one sheet at most: Excel has 2²⁰ and 2¹⁴.
const ROWS: usize = 1 << 22;
const COLUMNS: usize = 1 << 15;
/// So much of a text is looked at to tell a web page.
const START: usize = 1 << 16;

type Input = BufReader<File>;

/// An open workbook.
pub(super) enum Book {
    Xlsx(Xlsx<Input>),
    Xlsb(Xlsb<Input>),
    Xls(Xls<Input>),
    Ods(Ods<Input>),
    /// The tables of a web page, as portals write them when asked for Excel, with their names.
    Web(Vec<(String, Grid)>),
}

/// Whether a file begins as workbooks do: an archive, or a compound file.
pub(in crate::input) fn is_book(magic: [u8; 4]) -> bool {
    magic == *b"PK\x03\x04" || magic == [0xd0, 0xcf, 0x11, 0xe0]
}

/// Whether a text is a web page with a table.
pub(in crate::input) fn is_web(start: &[u8]) -> bool {
    let start = start.get(..start.len().min(START)).unwrap_or_default();
    let lower = start.to_ascii_lowercase();
    let has = |word: &[u8]| lower.windows(word.len()).any(|window| window == word);
    text::without_mark(&lower).trim_ascii_start().starts_with(b"<") && has(b"<table")
}

impl Book {
    /// Opens a workbook by what is in it; its name tells only what its bytes do not.
    pub(super) fn open(path: &Path, mut file: File) -> Result<Self, RunError> {
        let mut start = Vec::new();
        file.by_ref().take(START as u64).read_to_end(&mut start).map_err(RunError::read(path))?;
        file.seek(SeekFrom::Start(0)).map_err(RunError::read(path))?;
        let name = path.to_string_lossy().to_lowercase();
        let again = || file.try_clone().map(BufReader::new).map_err(RunError::read(path));
        let is_archive = start.starts_with(b"PK");
        if is_archive && name.contains(".xlsb") {
            return Xlsb::new(again()?).map(Self::Xlsb).map_err(|error| fault(path, error));
        }
        let is_open_document =
            start.get(30..).is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis"));
        if is_archive && (is_open_document || name.contains(".ods")) {
            return Ods::new(again()?).map(Self::Ods).map_err(|error| fault(path, error));
        }
        if is_web(&start) {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(RunError::read(path))?;
            return Ok(Self::Web(web::tables(text::without_mark(&bytes))));
        }
        // A workbook with a password is a compound file, whatever its name.
        match (Xlsx::new(again()?), is_archive) {
            (Ok(book), _) => return Ok(Self::Xlsx(book)),
            (Err(error), true) => return Err(fault(path, error)),
            (Err(error @ XlsxError::Password), _) => return Err(fault(path, error)),
            _ => (&file).seek(SeekFrom::Start(0)).map_err(RunError::read(path))?,
        };
        Xls::new(again()?).map(Self::Xls).map_err(|error| fault(path, error))
    }

    /// The sheets, and whether they are shown.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
            Self::Web(tables) => return tables.iter().map(|(name, _)| (name.clone(), true)).collect(),
        };
        sheets.iter().map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
    }

    /// The first rows of a sheet, or all.
    pub(super) fn grid(&mut self, path: &Path, sheet: &str, most: usize) -> Result<Grid, RunError> {
        let mut grid = Builder { path, grid: Vec::new(), cells: 0, most };
        match self {
            Self::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| fault(path, error))?;
                grid.take_from(|| cells.next_cell())?;
            }
            Self::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| fault(path, error))?;
                grid.take_from(|| cells.next_cell())?;
            }
            Self::Xls(book) => {
                grid.take(&book.worksheet_range(sheet).map_err(|error| fault(path, error))?)?
            }
            Self::Ods(book) => {
                grid.take(&book.worksheet_range(sheet).map_err(|error| fault(path, error))?)?
            }
            Self::Web(tables) => {
                let table = tables.iter().find(|(name, _)| name == sheet).map_or(&[][..], |(_, table)| table);
                return Ok(table.get(..most.min(table.len())).unwrap_or_default().to_vec());
            }
        }
        Ok(grid.grid)
    }
}

/// A grid under way: what is far from the rest costs only what it is.
struct Builder<'p> {
    path: &'p Path,
    grid: Grid,
    cells: usize,
    most: usize,
}

impl Builder<'_> {
    /// Puts a cell into its place; whether more are wanted.
    fn put(&mut self, row: u32, column: u32, data: &Data) -> Result<bool, RunError> {
        let (row, column) = (row as usize, column as usize);
        if row >= self.most {
            return Ok(false);
        }
        let text = text_of(data);
        if text.is_empty() {
            return Ok(true);
        }
        let more = (column + 1).saturating_sub(self.grid.get(row).map_or(0, Vec::len));
        self.cells += more;
        if row >= ROWS || column >= COLUMNS || self.cells > CELLS {
            let detail = format!("row {}, column {}, {} cells", row + 1, column + 1, self.cells);
            return Err(RunError::Workbook { path: self.path.to_owned(), detail });
        }
        if self.grid.len() <= row {
            self.grid.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = self.grid.get_mut(row) else { return Ok(false) };
        if more > 0 {
            cells.resize_with(column + 1, String::new);
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
        Ok(true)
    }

    /// Takes cells row by row, as long as they are wanted.
    fn take_from<'c, E: Into<calamine::Error>>(
        &mut self,
        mut next: impl FnMut() -> Result<Option<Cell<DataRef<'c>>>, E>,
    ) -> Result<(), RunError> {
        while let Some(cell) = next().map_err(|error| fault(self.path, error))? {
            let (row, column) = cell.get_position();
            if !self.put(row, column, &Data::from(cell.get_value().clone()))? {
                break;
            }
        }
        Ok(())
    }

    fn take(&mut self, range: &Range<Data>) -> Result<(), RunError> {
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let at =
                |first: u32, place: usize| first.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
            self.put(at(first_row, row), at(first_column, column), data)?;
        }
        Ok(())
    }
}

/// The text of a cell; whole numbers without a decimal point, days in ISO form.
fn text_of(data: &Data) -> String {
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

/// An error of the reader of workbooks.
fn fault(path: &Path, error: impl Into<calamine::Error>) -> RunError {
    let error = error.into();
    let is_locked = matches!(
        &error,
        calamine::Error::Xlsx(XlsxError::Password)
            | calamine::Error::Xls(XlsError::Password)
            | calamine::Error::Xlsb(XlsbError::Password)
            | calamine::Error::Ods(OdsError::Password)
    );
    let path = path.to_owned();
    if is_locked { RunError::Locked(path) } else { RunError::Workbook { path, detail: error.to_string() } }
}
