//! What a file is, told by its content and never by its name or by what the browser says.

mod archive;
mod pdf;
mod picture;

use crate::limits::Limits;
use d06_kernel::{Problem, ProblemKind};
use serde::{Deserialize, Serialize};

/// The kinds of file that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Media {
    /// PDF.
    Pdf,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// Word document without macros.
    Docx,
    /// Excel workbook without macros.
    Xlsx,
}

impl Media {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Docx, Self::Xlsx];

    /// The media type (RFC 6838).
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The kind of a media type.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.name() == name)
    }
}

/// Something about a file that an officer should know before opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Caution {
    /// The PDF runs scripts.
    Script,
    /// The PDF starts programs.
    Launch,
    /// The PDF carries other files.
    Attachment,
    /// The PDF is locked with a password.
    Locked,
}

/// What the content says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The kind.
    pub media: Media,
    /// Reasons for care; empty for an ordinary file.
    pub cautions: Vec<Caution>,
}

/// Looks at the content of a whole file.
///
/// # Errors
/// - `file.empty`, `file.too-large` (argument `megabytes`)
/// - `file.kind-forbidden`: none of the kinds taken, or a document with macros
/// - `file.damaged`: begins like a kind taken and is cut off or broken
/// - `file.archive-explodes`: too many entries, too large or too dense when unpacked
/// - `file.name-invalid`: an entry of the archive points outside of it
/// - `file.picture-too-large`: more pixels than allowed
/// - `file.active-content`, `file.locked`: see [`Limits::refuse_cautions`]
pub fn inspect(content: &[u8], limits: &Limits) -> Result<Inspected, Problem> {
    if content.is_empty() {
        return Err(Problem::invalid("file.empty"));
    }
    check_size(content.len() as u64, limits)?;
    // `infer` takes every zip with office parts for office documents only by the first entries; archives are
    // therefore opened and looked at below.
    let (media, cautions) = match infer::get(content).map(|kind| kind.mime_type()) {
        Some("application/pdf") => (Media::Pdf, pdf::look(content)?),
        Some("image/png") => {
            picture::check_png(content, limits)?;
            (Media::Png, Vec::new())
        }
        Some("image/jpeg") => {
            picture::check_jpeg(content, limits)?;
            (Media::Jpeg, Vec::new())
        }
        _ if content.starts_with(b"PK\x03\x04") => (archive::office_kind(content, limits)?, Vec::new()),
        _ => return Err(forbidden()),
    };
    if limits.refuse_cautions && !cautions.is_empty() {
        let locked = cautions == [Caution::Locked];
        return Err(Problem::invalid(if locked { "file.locked" } else { "file.active-content" }));
    }
    Ok(Inspected { media, cautions })
}

/// Bytes of a megabyte, as people count a file.
const MEGABYTE: u64 = 1024 * 1024;

/// Refuses a file of more bytes than the limit.
pub(crate) fn check_size(size: u64, limits: &Limits) -> Result<(), Problem> {
    if size > limits.size {
        return Err(
            Problem::new(ProblemKind::TooLarge, "file.too-large").with("megabytes", limits.size / MEGABYTE)
        );
    }
    Ok(())
}

fn forbidden() -> Problem {
    Problem::invalid("file.kind-forbidden")
}

fn damaged() -> Problem {
    Problem::invalid("file.damaged")
}
