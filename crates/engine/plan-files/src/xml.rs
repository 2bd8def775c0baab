//! Walks an XML part without building a tree. Names are taken without their prefix. No document type is read, so no
//! entity beyond the five of XML expands.

use crate::error::ReadError;
use crate::limits;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What is told of each mark of a part. An empty element is opened and closed.
pub(crate) trait Visitor {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError>;
    fn close(&mut self, name: &str) -> Result<(), ReadError>;
    fn text(&mut self, text: &str);
}

/// An element with its attributes.
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute by its name without prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// The attribute `val`, which most elements of Word carry.
    pub(crate) fn val(&self) -> Option<String> {
        self.get("val")
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }
}

/// Walks a part.
pub(crate) fn walk(xml: &str, visitor: &mut impl Visitor) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| ReadError::DamagedOffice)? {
            Event::Start(start) => {
                depth += 1;
                if depth > limits::DEPTH {
                    return Err(ReadError::Explodes);
                }
                visitor.open(&Element(&start))?;
            }
            Event::Empty(start) => {
                visitor.open(&Element(&start))?;
                visitor.close(start.local_name().into_inner())?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visitor.close(end.local_name().into_inner())?;
            }
            Event::Text(text) => visitor.text(&text.xml10_content()),
            Event::CData(text) => visitor.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Some(sign) = resolve(&reference) {
                    visitor.text(sign.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(ReadError::DamagedOffice),
            _ => {}
        }
    }
}

fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    match &*reference.xml10_content() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
