//! Office documents are zip archives (ECMA-376 part 2). Parts are unpacked one at a time into memory, under a limit
//! that does not believe the sizes the archive declares; nothing is written anywhere, so names cannot lead astray.

use crate::error::ReadError;
use crate::limits;
use std::cell::RefCell;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// An opened archive.
pub(crate) struct Package<'a> {
    archive: RefCell<ZipArchive<Cursor<&'a [u8]>>>,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::DamagedOffice)?;
        if archive.len() > limits::ENTRIES {
            return Err(ReadError::Explodes);
        }
        Ok(Self { archive: RefCell::new(archive) })
    }

    /// Whether it holds a part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.borrow().index_for_name(name).is_some()
    }

    /// The text of a part; `None` if there is no such part.
    pub(crate) fn part(&self, name: &str) -> Result<Option<String>, ReadError> {
        let mut archive = self.archive.borrow_mut();
        let Some(index) = archive.index_for_name(name) else { return Ok(None) };
        let entry = archive.by_index(index).map_err(|_| ReadError::DamagedOffice)?;
        let mut bytes = Vec::new();
        entry.take(limits::PART + 1).read_to_end(&mut bytes).map_err(|_| ReadError::DamagedOffice)?;
        if bytes.len() as u64 > limits::PART {
            return Err(ReadError::Explodes);
        }
        crate::text::unicode(bytes).map(Some).ok_or(ReadError::DamagedOffice)
    }

    /// The text of a part that must be there.
    pub(crate) fn need(&self, name: &str) -> Result<String, ReadError> {
        self.part(name)?.ok_or(ReadError::DamagedOffice)
    }
}
