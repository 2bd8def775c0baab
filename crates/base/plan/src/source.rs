//! What is compiled: numbered lines, with cells where the file had a table. A reader of another format (Word,
//! PDF, spreadsheet) makes a [`Source`] too, and nothing after it changes.

/// The largest text accepted, in bytes: about 5,000 pages.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The longest line accepted, in bytes.
const MAX_LINE_BYTES: usize = 256 * 1024;

/// How a field of a table belongs to a cell that takes several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merged {
    /// It begins a cell.
    #[default]
    No,
    /// It belongs to the cell on its left.
    Left,
    /// It belongs to the cell above.
    Above,
}

/// A field of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text; a line feed parts paragraphs. Empty where it belongs to another cell.
    pub text: String,
    /// Whether it belongs to another cell.
    pub merged: Merged,
}

impl Cell {
    /// A field that is a cell of its own.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), merged: Merged::No }
    }
}

/// What a line is in its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Part of the text.
    #[default]
    Body,
    /// A footnote.
    Footnote,
    /// A page number, or a line repeated on every page.
    PageFurniture,
    /// A picture; words in it are not read.
    Picture,
    /// A part that the file hides; its text is its name.
    LeftOut,
}

/// One line of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLine {
    /// The line as it stands in the file; empty for a table row of a format with real cells.
    pub text: String,
    /// The cells, if the line is a row of a table.
    pub cells: Option<Vec<Cell>>,
    /// What it is.
    pub role: Role,
}

impl SourceLine {
    /// A line of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A row of a table.
    pub fn row(cells: Vec<Cell>) -> Self {
        Self { cells: Some(cells), ..Self::default() }
    }
}

/// A document as lines; line 1 is the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The lines in order.
    pub lines: Vec<SourceLine>,
}

/// Why a file cannot be read as a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// There is no text in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than a plan can be.
    #[error("the file is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// A line is longer than a plan's line can be.
    #[error("line {0} is longer than {MAX_LINE_BYTES} bytes")]
    LineTooLong(u32),
    /// It holds bytes that are no text.
    #[error("the file is not text")]
    NotText,
    /// It is text in another encoding than UTF-8.
    #[error("the file is not UTF-8: byte {0} cannot be read")]
    NotUtf8(usize),
}

impl Source {
    /// Reads the bytes of a plain text file in UTF-8, with or without a byte order mark.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SourceError> {
        if bytes.len() > MAX_BYTES {
            return Err(SourceError::TooLarge);
        }
        if bytes.contains(&0) {
            return Err(SourceError::NotText);
        }
        let text = std::str::from_utf8(bytes).map_err(|e| SourceError::NotUtf8(e.valid_up_to()))?;
        Self::from_text(text)
    }

    /// Reads a plain text; tabs part cells, and so do three or more upright strokes on a line.
    pub fn from_text(text: &str) -> Result<Self, SourceError> {
        let text = text.trim_start_matches('\u{feff}');
        if text.len() > MAX_BYTES {
            return Err(SourceError::TooLarge);
        }
        if text.trim().is_empty() {
            return Err(SourceError::Empty);
        }
        let mut lines = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.len() > MAX_LINE_BYTES {
                return Err(SourceError::LineTooLong(u32::try_from(index + 1).unwrap_or(u32::MAX)));
            }
            let cells = cells_of(line);
            lines.push(SourceLine { text: line.to_owned(), cells, role: Role::Body });
        }
        Ok(Self { lines })
    }
}

/// The cells of a line of plain text that is a row of a table.
fn cells_of(line: &str) -> Option<Vec<Cell>> {
    if line.contains('\t') {
        return Some(line.split('\t').map(Cell::new).collect());
    }
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    let strokes = inner.matches('|').count();
    let ruler = inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ' | '='));
    (strokes >= 2 && !ruler).then(|| inner.split('|').map(|cell| Cell::new(cell.trim())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(Source::from_bytes(b""), Err(SourceError::Empty));
        assert_eq!(Source::from_bytes(b" \n\t\n"), Err(SourceError::Empty));
        assert_eq!(Source::from_bytes(b"%PDF\0\x01"), Err(SourceError::NotText));
        assert_eq!(Source::from_bytes(&[b'a', 0xff, 0xfe]), Err(SourceError::NotUtf8(1)));
        assert_eq!(Source::from_bytes(&vec![b'a'; MAX_LINE_BYTES + 1]), Err(SourceError::LineTooLong(1)));
    }

    #[test]
    fn tabs_part_cells() {
        let source = Source::from_text("\u{feff}a\tb\nc").unwrap();
        assert_eq!(source.lines[0].cells, Some(vec![Cell::new("a"), Cell::new("b")]));
        assert_eq!(source.lines[1].cells, None);
    }
}
