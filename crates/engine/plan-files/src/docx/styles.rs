//! Styles, as far as they number paragraphs or mark a table of contents.

use crate::error::ReadError;
use crate::xml::{Element, Visitor, walk};
use std::collections::BTreeMap;

/// The number of a list and the level in it that a paragraph takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub(crate) list: Option<usize>,
    pub(crate) level: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    numbered: Numbered,
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    all: BTreeMap<String, Style>,
    current: Option<String>,
}

pub(crate) fn read(xml: &str) -> Result<Styles, ReadError> {
    let mut styles = Styles::default();
    if !xml.is_empty() {
        walk(xml, &mut styles)?;
    }
    Ok(styles)
}

impl Styles {
    /// How a style numbers its paragraphs, itself or through the style it is based on.
    pub(crate) fn numbered(&self, id: &str) -> Numbered {
        let mut found = Numbered::default();
        let mut id = Some(id);
        // A chain of styles may run in a circle.
        for _ in 0..12 {
            let Some(style) = id.and_then(|id| self.all.get(id)) else { break };
            found.list = found.list.or(style.numbered.list);
            found.level = found.level.or(style.numbered.level);
            id = style.based_on.as_deref();
        }
        found
    }
}

impl Visitor for Styles {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        if element.name() == "style" {
            self.current = element.get("styleId");
            if let Some(id) = &self.current {
                self.all.insert(id.clone(), Style::default());
            }
            return Ok(());
        }
        let Some(style) = self.current.as_ref().and_then(|id| self.all.get_mut(id)) else { return Ok(()) };
        match element.name() {
            "basedOn" => style.based_on = element.val(),
            "numId" => style.numbered.list = element.number("val"),
            "ilvl" => style.numbered.level = element.number("val"),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if name == "style" {
            self.current = None;
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}
