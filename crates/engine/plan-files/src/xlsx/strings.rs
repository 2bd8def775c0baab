//! The strings that the cells of all sheets share.

use crate::error::ReadError;
use crate::limits;
use crate::xml::{Element, Visitor, walk};

#[derive(Debug, Default)]
struct Strings {
    all: Vec<String>,
    current: String,
    in_text: bool,
    in_reading: bool,
    bytes: usize,
}

pub(crate) fn read(xml: &str) -> Result<Vec<String>, ReadError> {
    let mut strings = Strings::default();
    if !xml.is_empty() {
        walk(xml, &mut strings)?;
    }
    Ok(strings.all)
}

impl Visitor for Strings {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        match element.name() {
            "si" => self.current.clear(),
            "t" => self.in_text = true,
            // How a text is spoken, for Japanese.
            "rPh" => self.in_reading = true,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "si" => {
                self.bytes += self.current.len();
                if self.bytes > limits::TEXT {
                    return Err(ReadError::TooLarge);
                }
                self.all.push(std::mem::take(&mut self.current));
            }
            "t" => self.in_text = false,
            "rPh" => self.in_reading = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_text && !self.in_reading {
            self.current.push_str(text);
        }
    }
}
