//! The typesetter's world: the templates, the fonts and one JSON document. No files, no network, no clock.

use super::Place;
use crate::problem::LayoutError;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Label, Smart};
use typst::introspection::Introspector;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// A face of Tinos, from this file's place: a checkout that has moved finds its own.
macro_rules! tinos {
    ($face:literal) => {
        include_bytes!(concat!(
            "../../../../../ui/node_modules/@expo-google-fonts/tinos/",
            $face,
            "/Tinos_",
            $face,
            ".ttf"
        ))
    };
}

const FONTS: [&[u8]; 4] =
    [tinos!("400Regular"), tinos!("400Regular_Italic"), tinos!("700Bold"), tinos!("700Bold_Italic")];

const TEMPLATES: [(&str, &str); 6] = [
    ("decree30.typ", include_str!("../../templates/decree30.typ")),
    ("letter.typ", include_str!("../../templates/letter.typ")),
    ("receipt.typ", include_str!("../../templates/receipt.typ")),
    ("report.typ", include_str!("../../templates/report.typ")),
    ("result.typ", include_str!("../../templates/result.typ")),
    ("stamp.typ", include_str!("../../templates/stamp.typ")),
];

/// Documents that the typesetter remembers parts of; enough for what the templates share.
const REMEMBERED: usize = 8;

/// What all documents share.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().filter_map(|bytes| Font::new(Bytes::new(*bytes), 0)).collect();
    let source = |(name, text): &(&str, &str)| Some(Source::new(file_id(name)?, (*text).to_owned()));
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        sources: TEMPLATES.iter().filter_map(source).collect(),
        fonts,
    }
});

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document to be made.
struct OneDocument {
    shared: &'static Shared,
    main: FileId,
    data_id: FileId,
    data: Bytes,
}

impl World for OneDocument {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.shared.sources.iter().find(|source| source.id() == id).cloned();
        found.ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// A document that is laid out and can be exported.
pub(super) struct Typeset {
    template: &'static str,
    document: PagedDocument,
}

/// Sets `template` with `data`.
pub(super) fn typeset(template: &'static str, data: &serde_json::Value) -> Result<Typeset, LayoutError> {
    let error = |cause: String| LayoutError { template, cause };
    let bytes = serde_json::to_vec(data).map_err(|e| error(e.to_string()))?;
    let id = |name: &str| file_id(name).ok_or_else(|| error(format!("{name} is not a path")));
    let world = OneDocument {
        shared: &SHARED,
        main: id(template)?,
        data_id: id("data.json")?,
        data: Bytes::new(bytes),
    };
    let made = typst::compile::<PagedDocument>(&world);
    comemo::evict(REMEMBERED);
    let document = made.output.map_err(|found| error(messages(&found)))?;
    Ok(Typeset { template, document })
}

impl Typeset {
    /// The PDF. `ident` and `at` make it: the same document made twice is the same bytes.
    pub(super) fn pdf(&self, ident: &str, at: chrono::NaiveDateTime) -> Result<Vec<u8>, LayoutError> {
        self.export(ident, at, true)
    }

    fn export(&self, ident: &str, at: chrono::NaiveDateTime, tagged: bool) -> Result<Vec<u8>, LayoutError> {
        let error = |cause: String| LayoutError { template: self.template, cause };
        let standards =
            PdfStandards::new(&[PdfStandard::A_2u]).map_err(|e| error(e.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(ident.to_owned()),
            creator: Smart::Custom(Some("dean06".to_owned())),
            timestamp: timestamp(at),
            standards,
            tagged,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|found| error(messages(&found)))
    }

    /// The rectangle of a size, in points, whose upper left corner the template marked with a label.
    pub(super) fn place(&self, label: &str, width: f32, height: f32) -> Option<Place> {
        let introspector = self.document.introspector();
        let marked = introspector.query_label(Label::new(PicoStr::intern(label))?).ok()?;
        let position = introspector.position(marked.location()?)?;
        let page = position.page.get() - 1;
        let page_height = self.document.pages().get(page)?.frame.height();
        // Points fit f32 to a thousandth.
        #[allow(clippy::cast_possible_truncation, reason = "page coordinates are small")]
        let (x, top) = (position.point.x.to_pt() as f32, (page_height - position.point.y).to_pt() as f32);
        Some(Place { page, x, y: top - height, width, height })
    }
}

/// A picture of a signature or a seal as a PDF of one page, which is the picture. Without tags: it becomes part of
/// another document, which has its own.
pub(crate) fn stamp(data: &serde_json::Value, at: chrono::NaiveDateTime) -> Result<Vec<u8>, LayoutError> {
    typeset("stamp.typ", data)?.export("stamp", at, false)
}

fn timestamp(at: chrono::NaiveDateTime) -> Option<Timestamp> {
    use chrono::{Datelike, Timelike};
    let small = |n: u32| u8::try_from(n).ok();
    let (month, day) = (small(at.month())?, small(at.day())?);
    let (hour, minute, second) = (small(at.hour())?, small(at.minute())?, small(at.second())?);
    Timestamp::new_local(Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second)?, 7 * 60)
}

fn messages(found: &[SourceDiagnostic]) -> String {
    found.iter().map(|one| one.message.as_str()).collect::<Vec<_>>().join("; ")
}
