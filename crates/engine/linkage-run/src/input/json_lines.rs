//! One JSON object on each line.

use super::{Noticed, Rows, text};
use crate::error::RunError;
use d06_linkage::Column;
use d06_linkage::table::ColumnBuilder;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Keys are collected from so many lines.
const LOOKAHEAD: usize = 1_000;

type Object = Map<String, Value>;

pub(super) struct JsonLines {
    path: PathBuf,
    headers: Vec<String>,
    input: BufReader<Box<dyn Read + Send>>,
    line: Vec<u8>,
    lines: u64,
    ahead: VecDeque<Object>,
    chosen: Vec<usize>,
    recoded: u64,
}

impl JsonLines {
    pub(super) fn open(path: &Path, input: Box<dyn Read + Send>) -> Result<Self, RunError> {
        let mut rows = Self {
            path: path.to_owned(),
            headers: Vec::new(),
            input: BufReader::new(input),
            line: Vec::new(),
            lines: 0,
            ahead: VecDeque::new(),
            chosen: Vec::new(),
            recoded: 0,
        };
        while rows.ahead.len() < LOOKAHEAD {
            let Some(object) = rows.parse_line()? else { break };
            for key in object.keys() {
                if !rows.headers.contains(key) {
                    rows.headers.push(key.clone());
                }
            }
            rows.ahead.push_back(object);
        }
        if rows.headers.is_empty() { Err(RunError::NoRows(path.to_owned())) } else { Ok(rows) }
    }

    fn parse_line(&mut self) -> Result<Option<Object>, RunError> {
        loop {
            self.line.clear();
            self.lines += 1;
            if self.input.read_until(b'\n', &mut self.line).map_err(RunError::read(&self.path))? == 0 {
                return Ok(None);
            }
            if self.line.trim_ascii().is_empty() {
                continue;
            }
            let line = text::field(&self.line, &mut self.recoded);
            return serde_json::from_str(&line).map(Some).map_err(|error| RunError::Form {
                path: self.path.clone(),
                form: "JSON lines",
                detail: format!("line {}: {error}", self.lines),
            });
        }
    }
}

impl Rows for JsonLines {
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
            let object = match self.ahead.pop_front() {
                Some(object) => object,
                None => match self.parse_line()? {
                    Some(object) => object,
                    None => break,
                },
            };
            for (column, place) in columns.iter_mut().zip(&self.chosen) {
                match self.headers.get(*place).and_then(|header| object.get(header)) {
                    None | Some(Value::Null) => column.push_missing(),
                    Some(Value::String(value)) => column.push(value),
                    Some(other) => column.push(&other.to_string()),
                }
            }
            rows += 1;
        }
        Ok((rows > 0).then(|| columns.into_iter().map(ColumnBuilder::finish).collect()))
    }

    fn noticed(&self) -> Noticed {
        Noticed { recoded: self.recoded, ..Noticed::default() }
    }
}
