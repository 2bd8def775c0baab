//! Text with columns parted by commas, semicolons, tabs or bars. A list that was saved from a spreadsheet is laid out
//! as it was there; see [`super::layout`].

use super::layout::{LOOKAHEAD, Layout};
use super::{Noticed, Rows, text};
use crate::error::RunError;
use csv::ByteRecord;
use d06_linkage::Column;
use d06_linkage::table::ColumnBuilder;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

const BUFFER: usize = 1 << 18;
/// The delimiters, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So many rows are looked at to learn how a list is laid out.
const SEEN: usize = 500;

type Source = BufReader<Box<dyn Read + Send>>;

pub(super) struct Delimited {
    path: PathBuf,
    headers: Vec<String>,
    /// Cells of the header's row.
    width: usize,
    layout: Layout,
    reader: csv::Reader<Source>,
    /// Rows after the header that were looked at and not yet handed out.
    ahead: VecDeque<ByteRecord>,
    chosen: Vec<usize>,
    noticed: Noticed,
}

impl Delimited {
    pub(super) fn open(path: &Path, input: Box<dyn Read + Send>) -> Result<Self, RunError> {
        let mut input = BufReader::with_capacity(BUFFER, input);
        let start = input.fill_buf().map_err(RunError::read(path))?;
        let delimiter = delimiter_of(start);
        let mut reader = reader(input, delimiter);
        let mut ahead = VecDeque::new();
        let mut record = ByteRecord::new();
        while ahead.len() < SEEN
            && reader.read_byte_record(&mut record).map_err(|error| fault(path, &error))?
        {
            ahead.push_back(record.clone());
        }
        let rows: Vec<Vec<String>> = ahead.iter().map(texts).collect();
        let layout = Layout::find(&rows).or_else(|| Layout::of_header(rows.first()?));
        let layout = layout.ok_or_else(|| RunError::NoRows(path.to_owned()))?;
        let headers = layout.headers();
        let width = ahead.get(layout.first().saturating_sub(1)).map_or(0, ByteRecord::len);
        ahead.drain(..layout.first());
        let (path, noticed) = (path.to_owned(), Noticed::default());
        Ok(Self { path, headers, width, layout, reader, ahead, chosen: Vec::new(), noticed })
    }

    /// The next row, if there is one.
    fn read(&mut self, record: &mut ByteRecord) -> Result<bool, RunError> {
        match self.ahead.pop_front() {
            Some(next) => *record = next,
            None => return self.reader.read_byte_record(record).map_err(|error| fault(&self.path, &error)),
        }
        Ok(true)
    }

    /// The chosen values of a row.
    fn push(&mut self, record: &ByteRecord, columns: &mut [ColumnBuilder]) {
        let recoded = &mut self.noticed.recoded;
        self.layout.push(&self.chosen, columns, |place| {
            let field = record.get(place).unwrap_or_default();
            match std::str::from_utf8(field) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(text::field(field, recoded)),
            }
        });
    }
}

impl Rows for Delimited {
    fn headers(&self) -> &[String] {
        &self.headers
    }

    fn choose(&mut self, columns: &[usize]) -> Result<(), RunError> {
        self.chosen = columns.to_vec();
        Ok(())
    }

    fn next(&mut self, most: usize) -> Result<Option<Vec<Column>>, RunError> {
        let mut columns: Vec<ColumnBuilder> = self.chosen.iter().map(|_| ColumnBuilder::new()).collect();
        let is_plain = self.layout.is_plain();
        let mut record = ByteRecord::new();
        let mut rows = 0;
        while rows < most && self.read(&mut record)? {
            // A line of nothing but delimiters, as spreadsheets leave them at the end.
            if record.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            // A cell over several lines swallows the cells behind it only where its quotation mark is not closed.
            if record.len() < self.width && record.as_slice().contains(&b'\n') {
                let line = record.position().map_or(0, csv::Position::line);
                return Err(RunError::OpenQuote { path: self.path.clone(), line });
            }
            let cell = |place| record.get(place).unwrap_or_default();
            let is_glanced = is_plain && self.layout.is_entry_at_a_glance(cell, record.len());
            if !is_glanced && !self.layout.is_entry(&texts(&record)) {
                self.noticed.passed_over += 1;
                continue;
            }
            self.push(&record, &mut columns);
            rows += 1;
        }
        Ok((rows > 0).then(|| columns.into_iter().map(ColumnBuilder::finish).collect()))
    }

    fn noticed(&self) -> Noticed {
        self.noticed.clone()
    }
}

fn reader<R: Read>(input: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(input)
}

fn texts(record: &ByteRecord) -> Vec<String> {
    record.iter().map(|field| text::field(field, &mut 0).trim().to_owned()).collect()
}

/// The delimiter with which the start of the file has the most known headers, else the likeliest of its first line.
fn delimiter_of(start: &[u8]) -> u8 {
    let known = |delimiter: u8| {
        let mut reader = reader(start, delimiter);
        let records = reader.byte_records().map_while(Result::ok).take(LOOKAHEAD);
        let rows: Vec<Vec<String>> = records.map(|record| texts(&record)).collect();
        Layout::find(&rows).map_or(0, |layout| layout.known())
    };
    let counts = DELIMITERS.map(known);
    let most = counts.iter().max().copied().unwrap_or(0);
    match counts.iter().position(|count| *count == most && most > 0) {
        Some(place) => DELIMITERS[place],
        None => guess_delimiter(start),
    }
}

/// The delimiter that parts the first line most often outside of quotes.
fn guess_delimiter(start: &[u8]) -> u8 {
    let mut counts = [0; DELIMITERS.len()];
    let mut in_quotes = false;
    for byte in start {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' if !in_quotes => break,
            _ if in_quotes => {}
            _ => {
                if let Some(place) = DELIMITERS.iter().position(|delimiter| delimiter == byte) {
                    counts[place] += 1;
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|count| *count == most).map_or(b',', |place| DELIMITERS[place])
}

fn fault(path: &Path, error: &csv::Error) -> RunError {
    if let csv::ErrorKind::Io(source) = error.kind() {
        let source = std::io::Error::new(source.kind(), source.to_string());
        return RunError::Read { path: path.to_owned(), source };
    }
    RunError::Form { path: path.to_owned(), form: "CSV", detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_headers_tell_the_delimiter_where_the_first_line_does_not() {
        let list = "DANH SÁCH XÃ HÀ BẮC, NĂM 2026, ĐỢT 1\n\nSTT;Họ và tên;Địa chỉ\n1;Lê An;Số 2, Thôn Đông\n";
        assert_eq!(delimiter_of(list.as_bytes()), b';');
        assert_eq!(delimiter_of(b"a|b\n1|2"), b'|');
    }

    #[test]
    fn delimiters_are_found_outside_of_quotes() {
        assert_eq!(guess_delimiter(b"a;b;c\n1,2;3"), b';');
        assert_eq!(guess_delimiter(b"\"a;b;c\",d\n"), b',');
        assert_eq!(guess_delimiter(b"a\tb\n"), b'\t');
        assert_eq!(guess_delimiter(b"a|b"), b'|');
        assert_eq!(guess_delimiter(b"alone\n"), b',');
    }
}
