//! What a file may be at most. A plan of 150 pages has about 1 MB of text; the limits leave room for a hundred such.

/// Bytes of a file.
pub(crate) const FILE: usize = 50 * 1024 * 1024;
/// Entries of an archive.
pub(crate) const ENTRIES: usize = 4_000;
/// Bytes of one unpacked part of an archive.
pub(crate) const PART: u64 = 48 * 1024 * 1024;
/// Elements inside each other.
pub(crate) const DEPTH: usize = 200;
/// Lines of a document.
pub(crate) const LINES: usize = 100_000;
/// Bytes of text of a document.
pub(crate) const TEXT: usize = 16 * 1024 * 1024;
/// Columns of a table.
pub(crate) const COLUMNS: usize = 256;
/// Pages of a PDF.
pub(crate) const PAGES: usize = 2_000;
/// Signs, strokes and other marks drawn by a PDF.
pub(crate) const MARKS: usize = 6_000_000;
/// Bytes of the unpacked streams of a PDF.
pub(crate) const STREAMS: u64 = 192 * 1024 * 1024;
