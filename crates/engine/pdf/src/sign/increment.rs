//! The update that holds a signature: field, widget, signature dictionary with room for the container, and the byte
//! ranges around that room (ISO 32000-1 §12.8).

use super::NewSignature;
use super::appearance;
use super::port::SignError;
use super::revision::Revision;
use aws_lc_rs::digest::{Context, SHA256};
use d06_kernel::time::{Moment, local};
use lopdf::{Object, ObjectId, StringFormat, dictionary, text_string};

/// Bytes kept for the container; ours take about 2,000, with the chain of a public authority 6,000.
const ROOM: usize = 12_288;

/// Stands for a number of the byte range until it is known; as long as the longest.
const UNKNOWN: i64 = 9_999_999_999;

/// A PDF with an empty signature.
pub(super) struct Prepared {
    bytes: Vec<u8>,
    /// Where the hexadecimal container begins, at its `<`, and where what follows its `>` begins.
    room: (usize, usize),
}

/// Appends the update.
pub(super) fn prepare(pdf: Vec<u8>, new: &NewSignature, at: Moment) -> Result<Prepared, SignError> {
    let before = pdf.len();
    let mut revision = Revision::of(pdf)?;
    let signature = revision.add(dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), UNKNOWN.into(), UNKNOWN.into(), UNKNOWN.into()],
        "Contents" => Object::String(vec![0; ROOM], StringFormat::Hexadecimal),
        "M" => Object::string_literal(pdf_time(at)),
        "Reason" => text_string(&new.reason),
    });
    let widget = widget(&mut revision, new, signature, at)?;
    register(&mut revision, widget)?;
    let mut bytes = Vec::new();
    revision.0.save_to(&mut bytes)?;
    let room = find_room(&bytes, before)?;
    let mut prepared = Prepared { bytes, room };
    prepared.write_byte_range(before)?;
    Ok(prepared)
}

/// The field and its picture in one object, on its page.
fn widget(
    revision: &mut Revision,
    new: &NewSignature,
    signature: ObjectId,
    at: Moment,
) -> Result<ObjectId, SignError> {
    let index = new.visible.as_ref().map_or(0, |(place, _)| place.page);
    let pages = revision.old().get_pages();
    let page = *pages.values().nth(index).ok_or_else(|| SignError::Pdf(format!("no page {index}")))?;
    let mut widget = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string(new.field),
        "V" => Object::Reference(signature),
        "P" => Object::Reference(page),
        // Print, locked (ISO 32000-1 §12.5.3).
        "F" => 132,
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
    };
    if let Some((place, looks)) = &new.visible {
        let form = appearance::draw(revision, looks, place, at)?;
        widget.set("AP", appearance::shown(form));
        let (right, top) = (place.x + place.width, place.y + place.height);
        widget.set("Rect", vec![place.x.into(), place.y.into(), right.into(), top.into()]);
    }
    let widget = revision.add(widget);
    revision.append(page, b"Annots", widget)?;
    Ok(widget)
}

/// Tells the document of the field.
fn register(revision: &mut Revision, widget: ObjectId) -> Result<(), SignError> {
    let catalogue = revision.catalogue()?;
    let form = match revision.change(catalogue)?.get(b"AcroForm").cloned() {
        Ok(Object::Reference(form)) => form,
        Ok(Object::Dictionary(form)) => {
            let form = revision.add(form);
            revision.change(catalogue)?.set("AcroForm", Object::Reference(form));
            form
        }
        _ => {
            let form = revision.add(dictionary! { "Fields" => Object::Array(Vec::new()) });
            revision.change(catalogue)?.set("AcroForm", Object::Reference(form));
            form
        }
    };
    revision.append(form, b"Fields", widget)?;
    // Signatures exist; append only.
    revision.change(form)?.set("SigFlags", 3);
    Ok(())
}

/// `D:20260615090000+07'00'` (ISO 32000-1 §7.9.4).
fn pdf_time(at: Moment) -> String {
    local(at).format("D:%Y%m%d%H%M%S+07'00'").to_string()
}

/// The room for the container in what was appended after `before`.
fn find_room(bytes: &[u8], before: usize) -> Result<(usize, usize), SignError> {
    let missing = || SignError::Pdf("the signature's room is not where it was put".to_owned());
    let zeros = vec![b'0'; ROOM * 2];
    let appended = bytes.get(before..).ok_or_else(missing)?;
    let begin = before + position(appended, &zeros).ok_or_else(missing)?;
    let end = begin + zeros.len();
    if bytes.get(begin - 1) == Some(&b'<') && bytes.get(end) == Some(&b'>') {
        Ok((begin - 1, end + 1))
    } else {
        Err(missing())
    }
}

fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

impl Prepared {
    fn write_byte_range(&mut self, before: usize) -> Result<(), SignError> {
        let missing = || SignError::Pdf("the byte range is not where it was put".to_owned());
        let key = before + position(&self.bytes[before..], b"/ByteRange").ok_or_else(missing)?;
        let begin = key + position(&self.bytes[key..], b"[").ok_or_else(missing)?;
        let end = begin + position(&self.bytes[begin..], b"]").ok_or_else(missing)?;
        let (open, close) = self.room;
        let numbers = format!("[0 {open} {close} {}", self.bytes.len() - close);
        let room =
            self.bytes.get_mut(begin..end).filter(|room| room.len() >= numbers.len()).ok_or_else(missing)?;
        room.fill(b' ');
        room[..numbers.len()].copy_from_slice(numbers.as_bytes());
        Ok(())
    }

    /// SHA-256 of everything but the room.
    pub(super) fn digest(&self) -> Vec<u8> {
        let mut context = Context::new(&SHA256);
        context.update(&self.bytes[..self.room.0]);
        context.update(&self.bytes[self.room.1..]);
        context.finish().as_ref().to_vec()
    }

    /// Puts the container into its room.
    pub(super) fn fill(&mut self, container: &[u8]) -> Result<(), SignError> {
        if container.len() > ROOM {
            return Err(SignError::Pdf(format!("a container of {} bytes has no room", container.len())));
        }
        let digits = hex::encode(container);
        let begin = self.room.0 + 1;
        self.bytes[begin..begin + digits.len()].copy_from_slice(digits.as_bytes());
        Ok(())
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
