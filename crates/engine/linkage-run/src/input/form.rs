//! Which form a file has, and what it is compressed with.

use super::Rows;
use super::delimited::Delimited;
use super::json_lines::JsonLines;
use super::parquet::ParquetRows;
use super::sheet::{SheetRows, is_book, is_web};
use super::text;
use crate::error::RunError;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

const BUFFER: usize = 1 << 18;

/// How the bytes are packed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Zstandard,
}

pub(super) fn open(path: &Path, sheet: Option<&str>) -> Result<Box<dyn Rows>, RunError> {
    let mut file = File::open(path).map_err(RunError::read(path))?;
    let mut magic = [0; 4];
    let read = fill(&mut file, &mut magic).map_err(RunError::read(path))?;
    if read == 0 {
        return Err(RunError::NoRows(path.to_owned()));
    }
    let packing = match magic {
        [0x1f, 0x8b, ..] => Packing::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd] => Packing::Zstandard,
        _ => Packing::None,
    };
    file.seek(SeekFrom::Start(0)).map_err(RunError::read(path))?;
    let name = inner_name(path, packing);
    match extension(&name) {
        "parquet" | "pq" => Ok(Box::new(ParquetRows::open(path, &seekable(path, file, packing)?)?)),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "html" | "htm" => {
            workbook(path, sheet, seekable(path, file, packing)?)
        }
        "jsonl" | "ndjson" => Ok(Box::new(JsonLines::open(path, stream(path, file, packing)?)?)),
        _ if magic == *b"PAR1" => Ok(Box::new(ParquetRows::open(path, &file)?)),
        _ if is_book(magic) => Ok(Box::new(SheetRows::open(path, sheet, file)?)),
        _ => Ok(Box::new(Delimited::open(path, stream(path, file, packing)?)?)),
    }
}

/// A file that is called a workbook: one, a web page with tables, or text with columns, as exports often are.
fn workbook(path: &Path, sheet: Option<&str>, mut file: File) -> Result<Box<dyn Rows>, RunError> {
    let mut start = vec![0; BUFFER];
    let read = fill(&mut file, &mut start).map_err(RunError::read(path))?;
    start.truncate(read);
    file.seek(SeekFrom::Start(0)).map_err(RunError::read(path))?;
    let is_binary = text::is_binary(&start);
    if start.first_chunk::<4>().is_some_and(|magic| is_book(*magic)) || is_web(&start) || is_binary {
        return Ok(Box::new(SheetRows::open(path, sheet, file)?));
    }
    Ok(Box::new(Delimited::open(path, stream(path, file, Packing::None)?)?))
}

/// As much of the buffer as the file has.
fn fill(file: &mut File, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match file.read(&mut buffer[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

/// The name without `.gz` or `.zst`, in small letters.
fn inner_name(path: &Path, packing: Packing) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    match packing {
        Packing::None => name,
        _ => {
            let stripped = name.strip_suffix(".gz").or(name.strip_suffix(".zst"));
            stripped.or(name.strip_suffix(".zstd")).map(str::to_owned).unwrap_or(name)
        }
    }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The text of a file as UTF-8 as far as a byte order mark tells; fields are judged one by one later.
fn stream(path: &Path, file: File, packing: Packing) -> Result<Box<dyn Read + Send>, RunError> {
    let unpacked: Box<dyn Read + Send> = match packing {
        Packing::None => Box::new(file),
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(BufReader::with_capacity(BUFFER, file))),
        Packing::Zstandard => Box::new(zstd::stream::read::Decoder::new(file).map_err(RunError::read(path))?),
    };
    text::unicode(unpacked).map_err(RunError::read(path))
}

/// Parquet and spreadsheets are read from both ends: a compressed one is unpacked into a temporary file, which the
/// system removes when it is closed.
fn seekable(path: &Path, file: File, packing: Packing) -> Result<File, RunError> {
    let mut unpacked = match packing {
        Packing::None => return Ok(file),
        Packing::Gzip => tempfile::tempfile().and_then(|mut to| {
            std::io::copy(&mut flate2::read::MultiGzDecoder::new(BufReader::new(file)), &mut to)?;
            Ok(to)
        }),
        Packing::Zstandard => tempfile::tempfile().and_then(|mut to| {
            zstd::stream::copy_decode(file, &mut to)?;
            Ok(to)
        }),
    }
    .map_err(RunError::read(path))?;
    unpacked.seek(SeekFrom::Start(0)).map_err(RunError::read(path))?;
    Ok(unpacked)
}
