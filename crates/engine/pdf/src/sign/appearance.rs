//! What a signature looks like on the page.

use super::port::SignError;
use super::revision::Revision;
use crate::layout::{Place, stamp};
use chrono::NaiveDateTime;
use d06_kernel::time::{Moment, local, vietnam};
use lopdf::{Document, Object, ObjectId, dictionary};
use serde_json::json;

/// Width and height of a person's signature, in points.
pub const PERSON_SIZE: (f32, f32) = (190.0, 72.0);

/// Diameter of a seal, in points: 36 mm, as the round seals of committees are.
pub const SEAL_SIZE: f32 = 102.0;

/// The two kinds of picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appearance {
    /// A person's signature, in blue.
    Person {
        /// Full name.
        name: String,
    },
    /// The seal of an agency, in red.
    Seal {
        /// The agency.
        agency: String,
        /// The agency above it, or the place.
        parent: String,
    },
}

/// Draws the picture and adds it to the document as a form of its own. Gives the form.
pub(super) fn draw(
    revision: &mut Revision,
    appearance: &Appearance,
    place: &Place,
    at: Moment,
) -> Result<ObjectId, SignError> {
    let picture = picture(appearance, place, at)?;
    let document = Document::load_mem(&picture)?;
    let pages = document.get_pages();
    let page = pages.values().next().ok_or_else(|| SignError::Pdf("an empty stamp".to_owned()))?;
    let page = document.get_dictionary(*page)?;
    let resources = revision.import(&document, page.get(b"Resources")?)?;
    let mut form = document.get_object(page.get(b"Contents")?.as_reference()?)?.as_stream()?.clone();
    form.dict.set("Type", Object::Name(b"XObject".to_vec()));
    form.dict.set("Subtype", Object::Name(b"Form".to_vec()));
    form.dict.set("BBox", vec![0.into(), 0.into(), place.width.into(), place.height.into()]);
    form.dict.set("Resources", resources);
    Ok(revision.add(form))
}

fn picture(appearance: &Appearance, place: &Place, at: Moment) -> Result<Vec<u8>, SignError> {
    // ISO 8601 with the zone (Decree 30/2020, Appendix I, part I, section II, points 7d and 8).
    let time = at.with_timezone(&vietnam()).format("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let data = match appearance {
        Appearance::Person { name } => json!({
            "shape": "person", "name": name, "at": time, "width": place.width, "height": place.height,
        }),
        Appearance::Seal { agency, parent } => json!({
            "shape": "seal", "agency": agency, "parent": parent, "at": time,
            "width": place.width, "height": place.height,
        }),
    };
    let civil: NaiveDateTime = local(at);
    stamp(&data, civil).map_err(|error| SignError::Pdf(error.to_string()))
}

/// The entry of a widget that shows a form.
pub(super) fn shown(form: ObjectId) -> Object {
    Object::Dictionary(dictionary! { "N" => Object::Reference(form) })
}
