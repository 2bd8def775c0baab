//! Reading registers: several files as one table, whatever their form, in parts of bounded size.

mod delimited;
mod form;
mod json_lines;
mod layout;
mod parquet;
mod sheet;
mod table;
mod text;

pub use table::Input;
pub(crate) use table::{Parts, Sample};

use crate::error::RunError;
use d06_linkage::Column;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

/// A file that gives its columns part by part.
pub(crate) trait Rows: Send {
    /// The headers, as they stand in the file.
    fn headers(&self) -> &[String];

    /// Chooses the columns to be read from now on, by their places.
    fn choose(&mut self, columns: &[usize]) -> Result<(), RunError>;

    /// The next rows, at most so many: the chosen columns, all of the same length; `None` at the end.
    fn next(&mut self, most: usize) -> Result<Option<Vec<Column>>, RunError>;

    /// Goes past the next rows without handing them out; how many there were, fewer than asked for at the end.
    fn skip(&mut self, rows: u64) -> Result<u64, RunError> {
        const AT_ONCE: u64 = 1 << 16;
        let mut left = rows;
        while left > 0 {
            let Some(columns) = self.next(usize::try_from(left.min(AT_ONCE)).unwrap_or(usize::MAX))? else {
                break;
            };
            left -= columns.first().map_or(0, |column| column.codes.len() as u64);
        }
        Ok(rows - left)
    }

    /// What the person should know of what was read so far.
    fn noticed(&self) -> Noticed {
        Noticed::default()
    }
}

/// What the person who runs a job should know of its inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Fields that were not UTF-8 and were taken for an old encoding.
    pub recoded: u64,
    /// Rows of lists that are no entries: titles of groups, sums, signatures, the header once more.
    pub passed_over: u64,
    /// Of workbooks with several sheets that hold a table and none asked for: the sheet that was read, then the others.
    pub sheets: Vec<Vec<String>>,
}

impl AddAssign for Noticed {
    fn add_assign(&mut self, more: Self) {
        self.recoded += more.recoded;
        self.passed_over += more.passed_over;
        self.sheets.extend(more.sheets);
    }
}

/// Opens a file by its name and its first bytes, decompressing `.gz` and `.zst`; of a workbook the sheet of this name.
pub(crate) fn open(path: &Path, sheet: Option<&str>) -> Result<Box<dyn Rows>, RunError> {
    form::open(path, sheet)
}

/// The files of a side: names as they are, patterns (`*.csv`) expanded and sorted.
///
/// # Errors
/// If there is no such file.
pub fn expand(names: &[String]) -> Result<Vec<PathBuf>, RunError> {
    let mut files = Vec::new();
    for name in names {
        if Path::new(name).is_file() || !name.contains(['*', '?', '[']) {
            if !Path::new(name).exists() {
                return Err(RunError::NoFile(name.clone()));
            }
            files.push(PathBuf::from(name));
            continue;
        }
        let found = glob::glob(name).map_err(|_| RunError::NoFile(name.clone()))?;
        let before = files.len();
        files.extend(found.filter_map(Result::ok).filter(|path| path.is_file()));
        files[before..].sort();
        if files.len() == before {
            return Err(RunError::NoFile(name.clone()));
        }
    }
    Ok(files)
}

/// Headers and a few rows of a file, to guess its columns from.
///
/// # Errors
/// If the file cannot be read or has no rows.
pub fn preview(path: &Path, rows: usize) -> Result<Preview, RunError> {
    let mut file = open(path, None)?;
    let headers = file.headers().to_vec();
    file.choose(&(0..headers.len()).collect::<Vec<_>>())?;
    let columns = file.next(rows)?.ok_or_else(|| RunError::NoRows(path.to_owned()))?;
    Ok(Preview { headers, columns, sheets: file.noticed().sheets.pop().unwrap_or_default() })
}

/// See [`preview`].
#[derive(Clone, Debug)]
pub struct Preview {
    /// The headers.
    pub headers: Vec<String>,
    /// The first rows, by column.
    pub columns: Vec<Column>,
    /// Of a workbook with several tables: the sheet that was read, then the others.
    pub sheets: Vec<String>,
}
