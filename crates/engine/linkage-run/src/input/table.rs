//! From the columns of files to the tables of the engine.

use super::{Noticed, Rows, open};
use crate::error::RunError;
use d06_linkage::spec::{Header, Headers, Role, Spec};
use d06_linkage::table::{ColumnBuilder, MISSING, NEXT_PERSON};
use d06_linkage::{Column, Strings, Table};
use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};

/// One of the two inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The reference, or the only table of a dedupe.
    Left,
    /// The register.
    Right,
}

/// Which headers make which role; the id first.
struct Wanted {
    id: Vec<String>,
    /// Sheets of workbooks; none asked for where it is empty.
    sheets: Vec<String>,
    /// Of each role, for every person, the headers whose texts are joined.
    roles: Vec<(Role, Vec<Vec<String>>)>,
}

impl Wanted {
    fn of(spec: &Spec, input: Input) -> Self {
        let side = |headers: &Headers| -> Vec<Vec<String>> {
            let header = match input {
                Input::Left => headers.left(),
                Input::Right => headers.right(),
            };
            header.into_iter().flat_map(Header::people).map(<[String]>::to_vec).collect()
        };
        let id = spec.columns.id.as_ref().map(side).unwrap_or_default().concat();
        let named = spec.columns.roles().map(|(role, headers)| (role, side(headers)));
        let texts = spec.text.iter().zip(0u8..).map(|(text, place)| (Role::Text(place), side(&text.column)));
        let sheets = spec.sheet.as_ref().map(side).unwrap_or_default().concat();
        Self { id, sheets, roles: named.chain(texts).filter(|(_, headers)| !headers.is_empty()).collect() }
    }
}

/// The tables of one side, part by part, file after file.
pub(crate) struct Parts<'a> {
    /// What is still to be read: files, of workbooks with the sheet.
    files: VecDeque<(&'a Path, Option<String>)>,
    wanted: Wanted,
    current: Option<OpenFile>,
    rows: u64,
    noticed: Noticed,
}

/// A file with the places of its columns.
struct OpenFile {
    rows: Box<dyn Rows>,
    /// How many of the chosen columns the id joins.
    id: usize,
    /// Per role and person, how many of the chosen columns are joined.
    widths: Vec<Vec<usize>>,
}

impl<'a> Parts<'a> {
    pub(crate) fn new(spec: &Spec, files: &'a [PathBuf], input: Input) -> Self {
        let wanted = Wanted::of(spec, input);
        let sheets = |file: &'a PathBuf| {
            let asked = wanted.sheets.iter().map(|sheet| (file.as_path(), Some(sheet.clone())));
            let any = wanted.sheets.is_empty().then_some((file.as_path(), None));
            asked.chain(any).collect::<Vec<_>>()
        };
        let files = files.iter().flat_map(sheets).collect();
        Self { files, wanted, current: None, rows: 0, noticed: Noticed::default() }
    }

    /// The next rows, at most so many; `None` after the last file.
    pub(crate) fn next(&mut self, most: usize) -> Result<Option<Table>, RunError> {
        loop {
            if self.current.is_none() {
                let Some((path, sheet)) = self.files.pop_front() else { return Ok(None) };
                self.current = Some(self.open(path, sheet.as_deref())?);
            }
            let Some(file) = &mut self.current else { return Ok(None) };
            match file.rows.next(most)? {
                Some(columns) => {
                    let (id, widths) = (file.id, file.widths.clone());
                    return Ok(Some(self.table(columns, id, &widths)));
                }
                None => {
                    self.noticed += file.rows.noticed();
                    self.current = None;
                }
            }
        }
    }

    /// Goes past the next rows; how many there were, fewer than asked for after the last file.
    pub(crate) fn skip(&mut self, rows: u64) -> Result<u64, RunError> {
        let mut left = rows;
        while left > 0 {
            if self.current.is_none() {
                let Some((path, sheet)) = self.files.pop_front() else { break };
                self.current = Some(self.open(path, sheet.as_deref())?);
            }
            let Some(file) = &mut self.current else { break };
            let skipped = file.rows.skip(left)?;
            self.rows += skipped;
            if skipped < left {
                self.noticed += file.rows.noticed();
                self.current = None;
            }
            left -= skipped;
        }
        Ok(rows - left)
    }

    /// All rows of all files.
    pub(crate) fn all(&mut self) -> Result<Table, RunError> {
        let mut whole: Option<Table> = None;
        while let Some(part) = self.next(usize::MAX)? {
            whole = Some(match whole {
                None => part,
                Some(before) => joined(&before, &part),
            });
        }
        Ok(whole.unwrap_or_default())
    }

    /// What was noticed in what was read so far.
    pub(crate) fn noticed(&self) -> Noticed {
        let mut noticed = self.noticed.clone();
        if let Some(file) = &self.current {
            noticed += file.rows.noticed();
        }
        noticed
    }

    fn open(&self, path: &Path, sheet: Option<&str>) -> Result<OpenFile, RunError> {
        let mut rows = open(path, sheet)?;
        let place = |header: &String| find_header(path, rows.headers(), header);
        let mut chosen = Vec::new();
        for header in self
            .wanted
            .id
            .iter()
            .chain(self.wanted.roles.iter().flat_map(|(_, people)| people.iter().flatten()))
        {
            chosen.push(place(header)?);
        }
        let widths =
            self.wanted.roles.iter().map(|(_, people)| people.iter().map(Vec::len).collect()).collect();
        if chosen.is_empty() {
            return Err(d06_linkage::LinkError::NothingToCompare.into());
        }
        rows.choose(&chosen)?;
        Ok(OpenFile { rows, id: self.wanted.id.len(), widths })
    }

    fn table(&mut self, columns: Vec<Column>, id: usize, widths: &[Vec<usize>]) -> Table {
        let mut columns = columns.into_iter();
        let ids = (id > 0).then(|| join(columns.by_ref().take(id).collect(), ' '));
        let mut roles = Vec::with_capacity(widths.len());
        for ((role, _), people) in self.wanted.roles.iter().zip(widths) {
            let person = |width: &usize| join(columns.by_ref().take(*width).collect(), ' ');
            roles.push((*role, join(people.iter().map(person).collect(), NEXT_PERSON)));
        }
        let rows =
            ids.as_ref().or(roles.first().map(|(_, column)| column)).map_or(0, |column| column.codes.len());
        let ids = match ids {
            Some(ids) => in_rows(ids),
            None => numbered(self.rows, rows),
        };
        self.rows += rows as u64;
        Table { ids, columns: roles }
    }
}

/// The place of a header: as it stands, else without regard to case, marks and white space.
fn find_header(path: &Path, headers: &[String], wanted: &str) -> Result<usize, RunError> {
    let alike = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        headers.iter().enumerate().filter(|(_, header)| test(header)).map(|(place, _)| place).collect()
    };
    let key = d06_kernel::text::search_key(wanted);
    let mut found = alike(&|header| header == wanted);
    if found.is_empty() {
        found = alike(&|header| d06_kernel::text::search_key(header) == key);
    }
    match found.as_slice() {
        [place] => Ok(*place),
        [] => Err(RunError::NoColumn {
            path: path.to_owned(),
            column: wanted.to_owned(),
            headers: headers.to_vec(),
        }),
        _ => Err(RunError::TwoColumns { path: path.to_owned(), column: wanted.to_owned() }),
    }
}

/// Ids in the order of the rows. Distinct ids were stored in that order already.
fn in_rows(column: Column) -> Strings {
    let is_in_order = column.values.len() == column.codes.len()
        && column.codes.iter().zip(0..).all(|(code, row)| *code == row && *code != MISSING);
    if is_in_order {
        return column.values;
    }
    (0..column.codes.len()).map(|row| column.get(row)).collect()
}

/// Ids of rows that have none: their numbers from 1.
fn numbered(before: u64, rows: usize) -> Strings {
    let mut ids = Strings::new();
    for row in 1..=rows as u64 {
        ids.push(&(before + row).to_string());
    }
    ids
}

/// Several columns as one. Between words a space is enough; what is said of the next person has its place also where
/// nothing is said of the one before.
fn join(mut parts: Vec<Column>, between: char) -> Column {
    if parts.len() == 1 {
        return parts.pop().unwrap_or_default();
    }
    let rows = parts.first().map_or(0, |part| part.codes.len());
    let mut builder = ColumnBuilder::new();
    let mut text = String::new();
    for row in 0..rows {
        text.clear();
        let mut is_missing = true;
        for (value, place) in parts.iter().map(|part| part.get(row)).zip(0..) {
            if (place > 0 && between != ' ') || (!is_missing && !value.is_empty()) {
                text.push(between);
            }
            is_missing &= value.is_empty();
            text.push_str(value);
        }
        if is_missing {
            builder.push_missing();
        } else {
            builder.push(&text);
        }
    }
    builder.finish()
}

/// Two tables with the same roles, one under the other.
fn joined(before: &Table, after: &Table) -> Table {
    let mut ids = before.ids.clone();
    ids.append(&after.ids);
    let columns = before.columns.iter().zip(&after.columns).map(|((role, first), (_, second))| {
        let mut builder = ColumnBuilder::new();
        builder.append(first);
        builder.append(second);
        (*role, builder.finish())
    });
    Table { ids, columns: columns.collect() }
}

/// A sample of rows that come one part after the other: every row whose number is a multiple of a stride that doubles
/// whenever the sample would become too large. It depends on the rows and their order only.
pub(crate) struct Sample {
    most: usize,
    /// Ids of rows that are always in it.
    always: HashSet<String>,
    stride: u64,
    seen: u64,
    /// Number of the row, its id and its texts.
    rows: Vec<(u64, Vec<String>)>,
    roles: Vec<Role>,
}

impl Sample {
    /// At least `most` rows of a longer table, at most twice as many, and those of the ids given.
    pub(crate) fn new(most: usize, always: HashSet<String>) -> Self {
        Self { most: most.max(1), always, stride: 1, seen: 0, rows: Vec::new(), roles: Vec::new() }
    }

    pub(crate) fn add(&mut self, part: &Table) {
        self.roles = part.columns.iter().map(|(role, _)| *role).collect();
        for row in 0..part.len() {
            let id = u32::try_from(row).map(|row| part.ids.get(row)).unwrap_or_default();
            if self.seen.is_multiple_of(self.stride) || self.always.contains(id) {
                let texts = part.columns.iter().map(|(_, column)| column.get(row));
                let texts = std::iter::once(id).chain(texts).map(str::to_owned).collect();
                self.rows.push((self.seen, texts));
                if self.rows.len() > self.most * 2 + self.always.len() {
                    self.stride *= 2;
                    let (stride, always) = (self.stride, &self.always);
                    self.rows.retain(|(number, texts)| {
                        number.is_multiple_of(stride) || texts.first().is_some_and(|id| always.contains(id))
                    });
                }
            }
            self.seen += 1;
        }
    }

    /// The rows, as a table.
    pub(crate) fn table(&self) -> Table {
        let text = |row: &'_ (u64, Vec<String>), place: usize| row.1.get(place).cloned().unwrap_or_default();
        let mut ids = Strings::new();
        for row in &self.rows {
            ids.push(&text(row, 0));
        }
        let columns = self.roles.iter().zip(1..).map(|(role, place)| {
            let mut builder = ColumnBuilder::new();
            self.rows.iter().for_each(|row| builder.push(&text(row, place)));
            (*role, builder.finish())
        });
        Table { ids, columns: columns.collect() }
    }
}
