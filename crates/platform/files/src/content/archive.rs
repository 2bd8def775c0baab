//! Office documents, which are zip archives (ECMA-376 part 2), and the attacks that archives invite.

use super::{Media, damaged, forbidden};
use crate::limits::Limits;
use crate::name::clean_name;
use d06_kernel::Problem;
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;

/// Which office document the archive is, after unpacking all of it into nothing under the limits. Sizes that the
/// archive declares are not believed.
pub(super) fn office_kind(content: &[u8], limits: &Limits) -> Result<Media, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| damaged())?;
    if archive.len() > limits.entries {
        return Err(explodes());
    }
    let packed = content.len() as u64;
    let most = limits.unpacked.min(packed.saturating_mul(limits.ratio));
    let mut unpacked = 0_u64;
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| damaged())?;
        let name = entry.name().map_err(|_| damaged())?.into_owned();
        check_entry_name(&name)?;
        // One byte more than allowed is enough to know.
        let left = most.saturating_sub(unpacked).saturating_add(1);
        unpacked += copy(&mut entry.take(left), &mut sink()).map_err(|_| damaged())?;
        if unpacked > most {
            return Err(explodes());
        }
        names.push(name);
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    if !has("[Content_Types].xml") || names.iter().any(|n| n.to_ascii_lowercase().ends_with("vbaproject.bin"))
    {
        return Err(forbidden());
    }
    match (has("word/document.xml"), has("xl/workbook.xml")) {
        (true, false) => Ok(Media::Docx),
        (false, true) => Ok(Media::Xlsx),
        _ => Err(forbidden()),
    }
}

/// Entry names are relative paths of clean parts.
fn check_entry_name(name: &str) -> Result<(), Problem> {
    let name = name.strip_suffix('/').unwrap_or(name);
    for part in name.split('/') {
        clean_name(part)?;
    }
    Ok(())
}

fn explodes() -> Problem {
    Problem::invalid("file.archive-explodes")
}
