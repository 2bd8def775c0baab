//! PDF with a text layer: the signs on a page and where they stand make lines, ruled lines make tables.
//!
//! The drawing instructions are interpreted by `hayro-interpret`; here is only what a plan needs of them. A page that
//! draws more than a plan can is left by unwinding, and so is a panic inside the interpreter on a broken file.

mod grid;
mod marks;
mod packed;
mod page;
mod words;

use crate::error::ReadError;
use crate::limits;
use crate::tables;
use d06_plan::Source;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use marks::{Marks, TooMany};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Letters a page has at least, on average, when it is no scan.
const LETTERS_OF_A_PAGE: usize = 40;

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    packed::check(bytes)?;
    let bytes = bytes.to_vec();
    match catch_unwind(AssertUnwindSafe(|| pages(bytes))) {
        Ok(pages) => {
            let mut pages = pages?;
            Marks::decode(&mut pages);
            compose(&pages)
        }
        Err(cause) if cause.is::<TooMany>() => Err(ReadError::Explodes),
        Err(_) => Err(ReadError::DamagedPdf),
    }
}

/// The marks of every page.
fn pages(bytes: Vec<u8>) -> Result<Vec<Marks>, ReadError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::LockedPdf,
        _ => ReadError::DamagedPdf,
    })?;
    if pdf.pages().len() > limits::PAGES {
        return Err(ReadError::TooLarge);
    }
    let cache = InterpreterCache::new();
    let mut budget = limits::MARKS;
    let mut pages = Vec::with_capacity(pdf.pages().len());
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let size = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
        let start = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(start, size, &cache, pdf.xref(), settings);
        let mut marks = Marks::new(f64::from(height), budget);
        interpret_page(page, &mut context, &mut marks);
        budget = marks.budget();
        pages.push(marks);
    }
    Ok(pages)
}

fn compose(pages: &[Marks]) -> Result<Source, ReadError> {
    let letters: usize = pages.iter().map(Marks::letters).sum();
    let pictures: usize = pages.iter().map(|page| page.pictures).sum();
    if pages.is_empty() {
        return Err(ReadError::DamagedPdf);
    }
    if letters == 0 || (pictures > 0 && letters < LETTERS_OF_A_PAGE * pages.len()) {
        return Err(if pictures > 0 { ReadError::ScannedPdf } else { ReadError::Empty });
    }
    tables::source(page::compose(pages))
}
