//! Electronic signatures in PDF: PAdES baseline B-B (ETSI EN 319 142-1) as incremental updates.
//!
//! Where to start: [`sign`] adds a signature, [`verify`] checks all of them, [`Signer`] is the port behind which a key
//! lives, [`SoftwareKeys`] the adapter that keeps keys in a folder. An electronic document of an agency carries two
//! signatures, in this order: the competent person's, then the agency's (Decree 30/2020 Art. 13, 14).

mod appearance;
mod cms;
mod increment;
mod port;
mod revision;
mod software;
mod verify;

pub use appearance::{Appearance, PERSON_SIZE, SEAL_SIZE};
pub use port::{Algorithm, Identity, SignError, Signer, SigningKeys};
pub use software::SoftwareKeys;
pub use verify::{Trust, Verified, is_sound, verify};

use crate::layout::Place;
use d06_kernel::Cx;

/// A signature to add.
#[derive(Clone, Debug)]
pub struct NewSignature {
    /// Name of the field; one document has each name once (`person`, `agency`).
    pub field: &'static str,
    /// Why it is signed, for the signature panel of a reader.
    pub reason: String,
    /// What it looks like and where; `None` for a signature that is not seen.
    pub visible: Option<(Place, Appearance)>,
}

/// Signs a PDF. Everything that was there stays as it was, byte for byte, so that earlier signatures hold.
///
/// # Errors
/// The PDF cannot be read, or the key refuses.
pub async fn sign(
    cx: &Cx,
    pdf: Vec<u8>,
    new: &NewSignature,
    signer: &dyn Signer,
) -> Result<Vec<u8>, SignError> {
    let mut prepared = increment::prepare(pdf, new, cx.now())?;
    let attributes = cms::signed_attributes(&prepared.digest(), signer.certificates())?;
    let signature = signer.sign(cx, &cms::to_sign(&attributes)?).await?;
    let container = cms::container(attributes, signature, signer)?;
    prepared.fill(&container)?;
    Ok(prepared.into_bytes())
}

/// Signs as the competent person, where the layout left room: the first of the two signatures.
///
/// # Errors
/// As [`sign`].
pub async fn sign_as(
    cx: &Cx,
    pdf: Vec<u8>,
    person: &Identity,
    place: Place,
    signer: &dyn Signer,
) -> Result<Vec<u8>, SignError> {
    let looks = Appearance::Person { name: person.name.clone() };
    let new = NewSignature {
        field: "person",
        reason: "Người có thẩm quyền ký".to_owned(),
        visible: Some((place, looks)),
    };
    sign(cx, pdf, &new, signer).await
}

/// Where the seal goes beside a person's signature: over about a third of it, on its left (Decree 30/2020, Appendix I,
/// part I, section II, point 8).
pub fn beside(signature: Place) -> Place {
    Place {
        x: signature.x + signature.width / 3.0 - SEAL_SIZE,
        y: signature.y + (signature.height - SEAL_SIZE) / 2.0,
        width: SEAL_SIZE,
        height: SEAL_SIZE,
        ..signature
    }
}

/// Seals as the agency: the second signature where a person signed, the only one on papers that the agency's desk gives
/// out.
///
/// # Errors
/// As [`sign`].
pub async fn seal(
    cx: &Cx,
    pdf: Vec<u8>,
    agency: &Identity,
    above: &str,
    place: Place,
    signer: &dyn Signer,
) -> Result<Vec<u8>, SignError> {
    let looks = Appearance::Seal { agency: agency.name.clone(), parent: above.to_owned() };
    let new = NewSignature {
        field: "agency",
        reason: "Cơ quan ban hành văn bản".to_owned(),
        visible: Some((place, looks)),
    };
    sign(cx, pdf, &new, signer).await
}
