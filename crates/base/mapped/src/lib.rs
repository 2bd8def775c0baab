#![doc = include_str!("../README.md")]

mod slab;

pub use slab::Slab;

use std::fs::File;
use std::io;
use std::path::Path;

/// A file mapped into memory, read only.
#[derive(Debug)]
pub struct Map(memmap2::Mmap);

impl Map {
    /// Maps a file that nobody changes while it is mapped; see the crate's documentation.
    ///
    /// # Errors
    /// If the file cannot be opened or mapped.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the bytes are only read. They stay as they are because the files that are opened here were renamed
        // into place when they were complete and are never written again (docs/adr/0006-one-unsafe-call.md).
        #[allow(unsafe_code)]
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Self(map))
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}
