//! Blocks of a document to lines: a table that only lays a page out becomes lines, a table of data keeps its cells.

use crate::error::ReadError;
use crate::limits;
use d06_plan::{Cell, Role, Source, SourceLine};

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph; line breaks part it into lines.
    Paragraph(String),
    /// Rows of cells.
    Table(Vec<Vec<Cell>>),
    /// Rows of cells that are never page layout.
    Rows(Vec<Vec<Cell>>),
    /// A part that is not shown, by its name.
    LeftOut(String),
    /// A footnote or endnote.
    Note(String),
    /// A page number, or a line repeated on every page.
    Furniture(String),
    /// A picture, whose words nobody reads.
    Picture,
}

/// The source that the blocks make.
pub(crate) fn source(blocks: Vec<Block>) -> Result<Source, ReadError> {
    let mut lines: Vec<SourceLine> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => lines.extend(text.split('\n').map(SourceLine::text)),
            Block::Note(text) => lines.push(SourceLine { role: Role::Footnote, ..SourceLine::text(&text) }),
            Block::Furniture(text) => {
                lines.push(SourceLine { role: Role::PageFurniture, ..SourceLine::text(&text) });
            }
            Block::Rows(rows) => lines.extend(rows.into_iter().map(SourceLine::row)),
            Block::LeftOut(name) => lines.push(SourceLine { role: Role::LeftOut, ..SourceLine::text(&name) }),
            Block::Picture => lines.push(SourceLine { role: Role::Picture, ..SourceLine::text("[…]") }),
            Block::Table(rows) => {
                // A blank before and after: a table never carries a paragraph on.
                lines.push(SourceLine::default());
                if lays_out(&rows) {
                    lines.extend(in_columns(&rows));
                } else {
                    lines.extend(rows.into_iter().map(SourceLine::row));
                }
                lines.push(SourceLine::default());
            }
        }
        if lines.len() > limits::LINES {
            return Err(ReadError::TooLarge);
        }
    }
    let empty = |line: &SourceLine| {
        line.role != Role::Body
            || line.text.trim().is_empty()
                && line.cells.iter().flatten().all(|cell| cell.text.trim().is_empty())
    };
    if lines.iter().all(empty) {
        let pictures = lines.iter().any(|line| line.role == Role::Picture);
        return Err(if pictures { ReadError::Picture } else { ReadError::Empty });
    }
    Ok(Source { lines })
}

/// Whether a table only puts things side by side: the head of an official document (issuer beside the name of the
/// State), its foot (recipients beside the signature), a frame around a text.
fn lays_out(rows: &[Vec<Cell>]) -> bool {
    let width = rows.iter().map(|row| row.iter().filter(|c| !c.text.is_empty()).count()).max().unwrap_or(0);
    if width <= 1 {
        return true;
    }
    let folded: String =
        rows.iter().flatten().map(|cell| cell.text.to_lowercase()).collect::<Vec<_>>().join("\n");
    let official = ["cộng hòa xã hội", "cộng hoà xã hội", "nơi nhận", "độc lập - tự do"];
    width <= 3 && rows.len() <= 8 && official.iter().any(|words| folded.contains(words))
}

/// The lines of such a table: each row cell by cell.
fn in_columns(rows: &[Vec<Cell>]) -> Vec<SourceLine> {
    let cells = rows.iter().flatten().filter(|cell| !cell.text.is_empty());
    cells.flat_map(|cell| cell.text.split('\n')).map(SourceLine::text).collect()
}
