//! What a file is, by its first bytes and, for an archive, by the parts it holds.

use crate::error::ReadError;
use crate::package::Package;

/// The kinds of file that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Plain text.
    Text,
    /// Word (ECMA-376).
    Docx,
    /// Excel (ECMA-376).
    Xlsx,
    /// PDF.
    Pdf,
}

/// Beginnings of pictures: PNG, JPEG, GIF, TIFF in both byte orders, BMP.
const PICTURES: [&[u8]; 6] = [b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM"];

/// Tells the kind.
pub(crate) fn of(bytes: &[u8]) -> Result<FileKind, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    // Some programs write a few bytes before the header of a PDF (ISO 32000-1 Annex H.3).
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") && !head.starts_with(b"PK") {
        return Ok(FileKind::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_archive(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(ReadError::OldOffice);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ReadError::OtherOffice);
    }
    let picture = PICTURES.iter().any(|begin| bytes.starts_with(begin));
    if picture && (bytes.contains(&0) || !bytes.starts_with(b"BM")) {
        return Err(ReadError::Picture);
    }
    Ok(FileKind::Text)
}

fn of_archive(bytes: &[u8]) -> Result<FileKind, ReadError> {
    let package = Package::open(bytes)?;
    if package.has("word/document.xml") {
        Ok(FileKind::Docx)
    } else if package.has("xl/workbook.xml") {
        Ok(FileKind::Xlsx)
    } else if package.has("mimetype") || package.has("content.xml") {
        Err(ReadError::OtherOffice)
    } else {
        Err(ReadError::UnknownKind)
    }
}
