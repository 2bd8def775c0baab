//! What a file may be at most.

/// Limits on what people hand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub size: u64,
    /// Entries of an archive (docx and xlsx are archives).
    pub entries: usize,
    /// Bytes of an archive when unpacked.
    pub unpacked: u64,
    /// Unpacked bytes for one packed byte.
    pub ratio: u64,
    /// Pixels of a picture.
    pub pixels: u64,
    /// Whether a PDF that acts (scripts, launches, carried files) or is locked is refused; else it is only marked.
    pub refuse_cautions: bool,
    /// Hours that an unfinished upload is kept.
    pub upload_hours: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            size: 50 * 1024 * 1024,
            entries: 2_000,
            unpacked: 256 * 1024 * 1024,
            ratio: 200,
            pixels: 120_000_000,
            refuse_cautions: true,
            upload_hours: 24 * 7,
        }
    }
}
