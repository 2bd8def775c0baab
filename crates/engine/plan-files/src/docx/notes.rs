//! Footnotes and endnotes.

use crate::error::ReadError;
use crate::xml::{Element, Visitor, walk};
use std::collections::BTreeMap;

/// The notes of a document by the kind and id that their marks name.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    all: BTreeMap<(bool, String), String>,
    end: bool,
    current: Option<String>,
    in_text: bool,
}

pub(crate) fn read(footnotes: &str, endnotes: &str) -> Result<Notes, ReadError> {
    let mut notes = Notes::default();
    for (xml, end) in [(footnotes, false), (endnotes, true)] {
        notes.end = end;
        if !xml.is_empty() {
            walk(xml, &mut notes)?;
        }
    }
    Ok(notes)
}

impl Notes {
    /// The text of a note.
    pub(crate) fn find(&self, end: bool, id: &str) -> Option<&str> {
        self.all.get(&(end, id.to_owned())).map(|text| text.trim()).filter(|text| !text.is_empty())
    }
}

impl Visitor for Notes {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        match element.name() {
            "footnote" | "endnote" => {
                // Separators between text and notes have a type.
                self.current = element.get("id").filter(|_| element.get("type").is_none());
            }
            "t" => self.in_text = true,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "footnote" | "endnote" => self.current = None,
            "t" => self.in_text = false,
            "p" => self.text_of_current(" "),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.text_of_current(text);
        }
    }
}

impl Notes {
    fn text_of_current(&mut self, text: &str) {
        if let Some(id) = &self.current {
            self.all.entry((self.end, id.clone())).or_default().push_str(text);
        }
    }
}
