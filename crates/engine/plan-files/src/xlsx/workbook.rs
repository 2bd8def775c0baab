//! The sheets of a workbook and the parts they stand in.

use crate::error::ReadError;
use crate::xml::{Element, Visitor, walk};
use std::collections::BTreeMap;

/// A sheet.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) hidden: bool,
}

/// A workbook.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<Sheet>,
    /// Whether days are counted from 1904.
    pub(crate) from_1904: bool,
}

#[derive(Debug, Default)]
struct Reader {
    targets: BTreeMap<String, String>,
    book: Workbook,
}

pub(crate) fn read(workbook: &str, relations: &str) -> Result<Workbook, ReadError> {
    let mut reader = Reader::default();
    if !relations.is_empty() {
        walk(relations, &mut reader)?;
    }
    walk(workbook, &mut reader)?;
    Ok(reader.book)
}

impl Visitor for Reader {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        match element.name() {
            "Relationship" => {
                let (Some(id), Some(target)) = (element.get("Id"), element.get("Target")) else {
                    return Ok(());
                };
                // "worksheets/sheet1.xml" is beside the workbook, "/xl/worksheets/sheet1.xml" from the top.
                let part = match target.strip_prefix('/') {
                    Some(part) => part.to_owned(),
                    None => format!("xl/{target}"),
                };
                self.targets.insert(id, part);
            }
            "sheet" => {
                let id = element.get("id").unwrap_or_default();
                let number = self.book.sheets.len() + 1;
                let part =
                    self.targets.get(&id).cloned().unwrap_or(format!("xl/worksheets/sheet{number}.xml"));
                let hidden = element.get("state").is_some_and(|state| state != "visible");
                let name = element.get("name").unwrap_or_default();
                if self.book.sheets.len() < 200 {
                    self.book.sheets.push(Sheet { name, part, hidden });
                }
            }
            "workbookPr" => {
                self.book.from_1904 = element.get("date1904").is_some_and(|v| v == "1" || v == "true");
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}
