#![doc = include_str!("../README.md")]

mod docx;
mod error;
mod kind;
mod limits;
mod package;
mod pdf;
mod tables;
mod text;
mod xlsx;
mod xml;

pub use error::ReadError;
pub use kind::FileKind;

use d06_plan::Source;

/// The largest file read, in bytes.
pub const MAX_FILE: usize = limits::FILE;

/// Reads a file of any kind that is taken. What it is, is told by its content and never by its name.
///
/// # Errors
/// See [`ReadError`]; each says what a person can do about it.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    if bytes.len() > limits::FILE {
        return Err(ReadError::TooLarge);
    }
    match kind::of(bytes)? {
        FileKind::Text => text::read(bytes),
        FileKind::Docx => docx::read(bytes),
        FileKind::Xlsx => xlsx::read(bytes),
        FileKind::Pdf => pdf::read(bytes),
    }
}

/// What a file is, told by its content.
///
/// # Errors
/// The kind is not one that is taken.
pub fn kind(bytes: &[u8]) -> Result<FileKind, ReadError> {
    kind::of(bytes)
}
