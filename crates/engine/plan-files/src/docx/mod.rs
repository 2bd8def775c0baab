//! Word documents (ECMA-376 part 1, WordprocessingML): paragraphs with their automatic numbers, tables with merged
//! cells, footnotes; tracked changes as if accepted.

mod body;
mod notes;
mod numbering;
mod styles;
mod table;

use crate::error::ReadError;
use crate::package::Package;
use d06_plan::Source;

/// Reads a Word document.
pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let package = Package::open(bytes)?;
    let part = |name: &str| package.part(name).map(Option::unwrap_or_default);
    let context = body::Context {
        numbering: numbering::read(&part("word/numbering.xml")?)?,
        styles: styles::read(&part("word/styles.xml")?)?,
        notes: notes::read(&part("word/footnotes.xml")?, &part("word/endnotes.xml")?)?,
    };
    let document = package.need("word/document.xml")?;
    drop(package);
    let lines = body::read(&document, context)?;
    crate::tables::source(lines)
}
