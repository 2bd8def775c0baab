//! Small files to test with.

use d06_files::Files;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A store in a fresh folder. Keep the folder until the test ends.
pub(crate) fn store() -> (tempfile::TempDir, Files) {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::local(folder.path(), &[9; 32]).unwrap();
    (folder, files)
}

/// A PDF of one empty page with something more in its catalogue.
pub(crate) fn pdf(extra: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R{extra}>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n\
         trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

/// A zip archive of these entries.
pub(crate) fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with more entries.
pub(crate) fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut entries: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")];
    entries.extend_from_slice(more);
    archive(&entries)
}

/// A PNG with this width and height in its header and no pixels.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    out.extend(width.to_be_bytes());
    out.extend(height.to_be_bytes());
    out.extend(b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xAE\x42\x60\x82");
    out
}

/// A JPEG with a frame header and no data.
pub(crate) fn jpeg() -> Vec<u8> {
    b"\xFF\xD8\xFF\xE0\0\x04JF\xFF\xC0\0\x0B\x08\0\x10\0\x10\x01\x01\x11\0\xFF\xD9".to_vec()
}
