//! The body of a Word document, walked once.

use super::notes::Notes;
use super::numbering::Numbering;
use super::styles::{Numbered, Styles};
use super::table::Table;
use crate::error::ReadError;
use crate::limits;
use crate::tables::Block;
use crate::text::{from_tcvn3, tcvn3_likely};
use crate::xml::{Element, Visitor, walk};
use d06_plan::Merged;

/// What the body refers to.
pub(crate) struct Context {
    pub(crate) numbering: Numbering,
    pub(crate) styles: Styles,
    pub(crate) notes: Notes,
}

/// Reads the body into blocks.
pub(crate) fn read(xml: &str, context: Context) -> Result<Vec<Block>, ReadError> {
    let mut body = Body {
        context,
        blocks: Vec::new(),
        tables: Vec::new(),
        paragraphs: Vec::new(),
        notes: Vec::new(),
        skipped: 0,
        properties: Vec::new(),
        in_text: false,
        font: None,
        bytes: 0,
    };
    walk(xml, &mut body)?;
    let notes = std::mem::take(&mut body.notes);
    body.blocks.extend(notes);
    Ok(body.blocks)
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    numbered: Numbered,
    /// Its end was deleted by a tracked change: the next paragraph carries it on.
    runs_on: bool,
    has_picture: bool,
}

struct Body {
    context: Context,
    blocks: Vec<Block>,
    tables: Vec<Table>,
    paragraphs: Vec<Paragraph>,
    /// Notes whose marks stand in what is open.
    notes: Vec<Block>,
    /// How many elements deep the walk is inside something left out.
    skipped: usize,
    /// The elements of properties that are open: `pPr`, `rPr`, `tcPr`, `trPr` …
    properties: Vec<&'static str>,
    in_text: bool,
    font: Option<String>,
    bytes: usize,
}

/// Elements whose content is not part of the document as accepted.
const LEFT_OUT: [&str; 5] = ["del", "moveFrom", "Fallback", "instrText", "delText"];
const PROPERTIES: [&str; 6] = ["pPr", "rPr", "tcPr", "trPr", "tblPr", "sectPr"];

impl Visitor for Body {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        let name = element.name();
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        if let Some(property) = PROPERTIES.iter().find(|p| **p == name) {
            self.properties.push(property);
            return Ok(());
        }
        match self.properties.last().copied() {
            Some(within) => self.property(within, element),
            None if LEFT_OUT.contains(&name) => self.skipped = 1,
            None => self.content(element),
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        if self.properties.last().is_some_and(|last| *last == name) {
            self.properties.pop();
            return Ok(());
        }
        if !self.properties.is_empty() {
            return Ok(());
        }
        match name {
            "t" => self.in_text = false,
            "r" => self.font = None,
            "p" => self.close_paragraph()?,
            "tc" => {
                self.end_carried()?;
                self.table(Table::close_cell);
            }
            "body" => self.end_carried()?,
            "tr" => self.table(Table::close_row),
            "tbl" => self.close_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 || !self.in_text {
            return;
        }
        match self.font.as_deref() {
            // Fonts of TCVN3 have names like ".VnTime", those of capitals end in "H".
            Some(font) if font.starts_with(".Vn") => {
                let text = from_tcvn3(text);
                let text = if self.is_capital_font() { text.to_uppercase() } else { text };
                self.write(&text);
            }
            _ => self.write(text),
        }
    }
}

impl Body {
    fn is_capital_font(&self) -> bool {
        self.font.as_deref().is_some_and(|font| font.starts_with(".Vn") && font.ends_with('H'))
    }

    fn write(&mut self, text: &str) {
        self.bytes += text.len();
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    /// An element inside properties.
    fn property(&mut self, within: &str, element: &Element<'_>) {
        let paragraph = self.paragraphs.last_mut();
        match (within, element.name()) {
            ("pPr", "pStyle") => {
                if let Some(paragraph) = paragraph {
                    paragraph.style = element.val();
                }
            }
            ("pPr", "numId") => {
                if let Some(paragraph) = paragraph {
                    paragraph.numbered.list = element.number("val");
                }
            }
            ("pPr", "ilvl") => {
                if let Some(paragraph) = paragraph {
                    paragraph.numbered.level = element.number("val");
                }
            }
            ("rPr", "rFonts") => self.font = element.get("ascii").or_else(|| element.get("hAnsi")),
            ("rPr", "del") if self.properties.contains(&"pPr") => {
                if let Some(paragraph) = paragraph {
                    paragraph.runs_on = true;
                }
            }
            ("tcPr", "gridSpan") => {
                let span = element.number("val").unwrap_or(1);
                self.table(|table| table.span(span));
            }
            ("tcPr", "vMerge") if element.val().is_none_or(|val| val == "continue") => {
                self.table(|table| table.carry_on(Merged::Above));
            }
            ("tcPr", "hMerge") if element.val().is_none_or(|val| val == "continue") => {
                self.table(|table| table.carry_on(Merged::Left));
            }
            ("trPr", "del") => self.table(Table::delete_row),
            ("trPr", "gridBefore") => {
                let count = element.number("val").unwrap_or(0);
                self.table(|table| table.skip_columns(count));
            }
            _ => {}
        }
    }

    /// An element of the text.
    fn content(&mut self, element: &Element<'_>) {
        match element.name() {
            "p" => {
                let carried = self.paragraphs.last().is_some_and(|p| p.runs_on);
                if !carried {
                    self.paragraphs.push(Paragraph::default());
                } else if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.runs_on = false;
                }
            }
            "t" => self.in_text = true,
            "tab" | "ptab" => self.write(" "),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => self.write("•"),
            "drawing" | "pict" | "object" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.has_picture = true;
                }
            }
            "footnoteReference" => self.note(false, element),
            "endnoteReference" => self.note(true, element),
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.table(Table::open_row),
            "tc" => self.table(Table::open_cell),
            _ => {}
        }
    }

    fn note(&mut self, end: bool, element: &Element<'_>) {
        let id = element.get("id").unwrap_or_default();
        if let Some(text) = self.context.notes.find(end, &id) {
            self.notes.push(Block::Note(text.to_owned()));
        }
    }

    fn close_paragraph(&mut self) -> Result<(), ReadError> {
        if self.bytes > limits::TEXT || self.blocks.len() > limits::LINES {
            return Err(ReadError::TooLarge);
        }
        if self.paragraphs.last().is_some_and(|p| p.runs_on) {
            return Ok(());
        }
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        let style = paragraph.style.as_deref().unwrap_or_default();
        if style.to_ascii_uppercase().starts_with("TOC") {
            return Ok(());
        }
        let by_style = self.context.styles.numbered(style);
        let list = paragraph.numbered.list.or(by_style.list).filter(|list| *list > 0);
        let level = paragraph.numbered.level.or(by_style.level).unwrap_or(0);
        // Blanks at the front of a line stay: in a table that lost its lines they stand for empty cells.
        let mut text = paragraph.text.trim_end().to_owned();
        if tcvn3_likely(&text) {
            text = from_tcvn3(&text);
        }
        // Word numbers an empty paragraph too: a column of numbers is often made of them.
        let in_cell = !self.tables.is_empty();
        if let Some(mark) = list.and_then(|list| self.context.numbering.next(list, level))
            && (in_cell || !text.trim().is_empty())
        {
            text = format!("{mark} {}", text.trim()).trim().to_owned();
        }
        if paragraph.has_picture && text.is_empty() {
            self.put(Block::Picture);
            return Ok(());
        }
        self.put(Block::Paragraph(text));
        Ok(())
    }

    /// A paragraph whose end was deleted and that nothing follows ends all the same.
    fn end_carried(&mut self) -> Result<(), ReadError> {
        match self.paragraphs.last_mut().filter(|paragraph| paragraph.runs_on) {
            Some(paragraph) => {
                paragraph.runs_on = false;
                self.close_paragraph()
            }
            None => Ok(()),
        }
    }

    fn put(&mut self, block: Block) {
        match (self.tables.last_mut(), block) {
            (Some(table), Block::Paragraph(text)) => table.add(text),
            (Some(_), other) => self.notes.push(other),
            (None, block) => {
                self.blocks.push(block);
                let notes = std::mem::take(&mut self.notes);
                self.blocks.extend(notes);
            }
        }
    }

    fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let rows = table.into_rows();
        match self.tables.last_mut() {
            // A table inside a cell becomes lines of the cell.
            Some(outer) => {
                for row in rows {
                    let cells: Vec<String> =
                        row.into_iter().map(|cell| cell.text).filter(|text| !text.is_empty()).collect();
                    outer.add(cells.join(" "));
                }
            }
            None => {
                self.blocks.push(Block::Table(rows));
                let notes = std::mem::take(&mut self.notes);
                self.blocks.extend(notes);
            }
        }
    }
}
