//! Text with columns parted by commas, semicolons, tabs or bars.

use super::{Rows, text};
use crate::error::RunError;
use d06_linkage::Column;
use d06_linkage::table::ColumnBuilder;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

const BUFFER: usize = 1 << 18;
/// The delimiters, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

type Source = BufReader<Box<dyn Read + Send>>;

pub(super) struct Delimited {
    path: PathBuf,
    headers: Vec<String>,
    reader: csv::Reader<Source>,
    chosen: Vec<usize>,
    record: csv::ByteRecord,
    recoded: u64,
}

impl Delimited {
    pub(super) fn open(path: &Path, input: Box<dyn Read + Send>) -> Result<Self, RunError> {
        let mut input = BufReader::with_capacity(BUFFER, input);
        let start = input.fill_buf().map_err(RunError::read(path))?;
        let delimiter = guess_delimiter(start);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
        let mut recoded = 0;
        let headers: Vec<String> = reader
            .byte_headers()
            .map_err(|error| fault(path, &error))?
            .iter()
            .map(|header| text::field(header, &mut recoded).trim().to_owned())
            .collect();
        if headers.iter().all(String::is_empty) {
            return Err(RunError::NoRows(path.to_owned()));
        }
        let record = csv::ByteRecord::new();
        Ok(Self { path: path.to_owned(), headers, reader, chosen: Vec::new(), record, recoded: 0 })
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
        let mut rows = 0;
        while rows < most {
            let more = self.reader.read_byte_record(&mut self.record);
            if !more.map_err(|error| fault(&self.path, &error))? {
                break;
            }
            // A line of nothing but delimiters, as spreadsheets leave them at the end.
            if self.record.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            for (column, place) in columns.iter_mut().zip(&self.chosen) {
                match self.record.get(*place).map(std::str::from_utf8) {
                    Some(Ok(value)) => column.push(value),
                    Some(Err(_)) => {
                        let field = self.record.get(*place).unwrap_or_default();
                        column.push(&text::field(field, &mut self.recoded));
                    }
                    None => column.push_missing(),
                }
            }
            rows += 1;
        }
        Ok((rows > 0).then(|| columns.into_iter().map(ColumnBuilder::finish).collect()))
    }

    fn recoded(&self) -> u64 {
        self.recoded
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
    fn delimiters_are_found_outside_of_quotes() {
        assert_eq!(guess_delimiter(b"a;b;c\n1,2;3"), b';');
        assert_eq!(guess_delimiter(b"\"a;b;c\",d\n"), b',');
        assert_eq!(guess_delimiter(b"a\tb\n"), b'\t');
        assert_eq!(guess_delimiter(b"a|b"), b'|');
        assert_eq!(guess_delimiter(b"alone\n"), b',');
    }
}
