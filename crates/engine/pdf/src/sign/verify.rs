//! Checking the signatures of a PDF: is it whole, who signed, and is the signer known.

use super::cms::{
    CertificateHash, ECDSA_SHA256, MESSAGE_DIGEST, RSA_SHA256, SIGNING_CERTIFICATE, SigningCertificate,
};
use super::port::SignError;
use aws_lc_rs::digest::{Context, SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use d06_kernel::time::{Moment, from_local};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Decode, Encode, SliceReader};
use lopdf::{Dictionary, Document, Object};
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use x509_cert::attr::AttributeValue;

/// What is known of a signer's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// Issued by a trusted root and in force when it signed.
    Trusted,
    /// Issued by a trusted root, and not in force at the time that the signature states.
    OutOfTime,
    /// No trusted root stands behind it.
    Unknown,
}

/// One signature, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// The field's name.
    pub field: String,
    /// The signer, as the certificate names it.
    pub signer: String,
    /// The signer's agency.
    pub organisation: Option<String>,
    /// When it was signed, as the signature states.
    pub signed_at: Option<Moment>,
    /// Whether what was signed is unchanged and the signature belongs to the certificate.
    pub intact: bool,
    /// Whether the signature covers the file to its last byte.
    pub covers_all: bool,
    /// Whether the certificate can be relied on.
    pub trust: Trust,
}

/// Whether a document can be relied on: it is signed, every signature is intact and trusted, and nothing was added after
/// the last one.
pub fn is_sound(signatures: &[Verified]) -> bool {
    let good = |one: &Verified| one.intact && one.trust == Trust::Trusted;
    !signatures.is_empty() && signatures.iter().all(good) && signatures.iter().any(|one| one.covers_all)
}

/// Checks every signature of a PDF against the DER certificates of trusted roots, in the order of signing.
///
/// # Errors
/// The PDF cannot be read. A broken signature is not an error: it is reported as not intact.
pub fn verify(pdf: &[u8], roots: &[Vec<u8>]) -> Result<Vec<Verified>, SignError> {
    let document = Document::load_mem(pdf)?;
    let Ok(form) = document.catalog()?.get(b"AcroForm") else { return Ok(Vec::new()) };
    let form = resolve(&document, form)?.as_dict()?;
    let roots: Vec<Certificate> = roots.iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
    let mut found = Vec::new();
    for field in resolve(&document, form.get(b"Fields")?)?.as_array()? {
        let field = resolve(&document, field)?.as_dict()?;
        let Ok(value) = field.get(b"V") else { continue };
        if field.get(b"FT").and_then(Object::as_name).ok() == Some(b"Sig".as_slice()) {
            let dictionary = resolve(&document, value)?.as_dict()?;
            let name = field.get(b"T").map(|name| lopdf::decode_text_string(name).unwrap_or_default());
            found.push(check(pdf, dictionary, name.unwrap_or_default(), &roots));
        }
    }
    Ok(found)
}

fn resolve<'d>(document: &'d Document, object: &'d Object) -> Result<&'d Object, SignError> {
    Ok(document.dereference(object)?.1)
}

fn check(pdf: &[u8], dictionary: &Dictionary, field: String, roots: &[Certificate]) -> Verified {
    let signed_at = dictionary.get(b"M").and_then(Object::as_str).ok().and_then(signing_time);
    let mut verified = Verified {
        field,
        signer: String::new(),
        organisation: None,
        signed_at,
        intact: false,
        covers_all: false,
        trust: Trust::Unknown,
    };
    let Some(range) = ByteRange::of(pdf, dictionary) else { return verified };
    verified.covers_all = range.end == pdf.len();
    let Ok((info, certificates)) = open(range.container) else { return verified };
    let Some(own) = certificates.iter().find(|certificate| is_signer(certificate, &info)) else {
        return verified;
    };
    verified.signer = subject(own, "2.5.4.3").unwrap_or_default();
    verified.organisation = subject(own, "2.5.4.10");
    verified.intact = is_intact(&range.digest, &info, own);
    verified.trust = trust(own, roots, signed_at);
    verified
}

/// What a signature covers.
struct ByteRange<'p> {
    digest: Vec<u8>,
    container: &'p [u8],
    end: usize,
}

impl<'p> ByteRange<'p> {
    /// `None` when the range is not the file from its first byte, with exactly the container left out: anything else is
    /// an attempt to hide something.
    fn of(pdf: &[u8], dictionary: &'p Dictionary) -> Option<Self> {
        let numbers: Vec<usize> = dictionary
            .get(b"ByteRange")
            .and_then(Object::as_array)
            .ok()?
            .iter()
            .filter_map(|number| number.as_i64().ok().and_then(|n| usize::try_from(n).ok()))
            .collect();
        let [0, open, close, rest] = numbers[..] else { return None };
        let end = close.checked_add(rest)?;
        let container = dictionary.get(b"Contents").and_then(Object::as_str).ok()?;
        let hole = pdf.get(open..close)?.strip_prefix(b"<")?.strip_suffix(b">")?;
        if hex::decode(hole).ok()? != container {
            return None;
        }
        let mut context = Context::new(&SHA256);
        context.update(pdf.get(..open)?);
        context.update(pdf.get(close..end)?);
        Some(Self { digest: context.finish().as_ref().to_vec(), container, end })
    }
}

fn open(container: &[u8]) -> Result<(SignerInfo, Vec<Certificate>), der::Error> {
    // The room is larger than the container; zeros follow it.
    let content = ContentInfo::decode(&mut SliceReader::new(container)?)?;
    let data: SignedData = content.content.decode_as()?;
    let info = data.signer_infos.0.iter().next().cloned().ok_or(der::ErrorKind::Failed)?;
    let held = data.certificates.map(|set| set.0.into_vec()).unwrap_or_default();
    let certificates = held.into_iter().filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    Ok((info, certificates.collect()))
}

fn is_signer(certificate: &Certificate, info: &SignerInfo) -> bool {
    match &info.sid {
        SignerIdentifier::IssuerAndSerialNumber(id) => {
            id.issuer == *certificate.tbs_certificate().issuer()
                && id.serial_number == *certificate.tbs_certificate().serial_number()
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => false,
    }
}

fn is_intact(document: &[u8], info: &SignerInfo, own: &Certificate) -> bool {
    let value = |oid: ObjectIdentifier| -> Option<AttributeValue> {
        let attribute = info.signed_attrs.as_ref()?.iter().find(|attribute| attribute.oid == oid)?;
        attribute.values.iter().next().cloned()
    };
    let stated = value(MESSAGE_DIGEST).and_then(|any| any.decode_as::<OctetString>().ok());
    let named = value(SIGNING_CERTIFICATE).and_then(|any| any.decode_as::<SigningCertificate>().ok());
    let (Some(stated), Some(named), Ok(own_der)) = (stated, named, own.to_der()) else { return false };
    let own_hash = digest(&SHA256, &own_der);
    let is_named = |one: &CertificateHash| one.hash.as_bytes() == own_hash.as_ref();
    let signed =
        info.signed_attrs.as_ref().and_then(|attributes| attributes.to_der().ok()).unwrap_or_default();
    stated.as_bytes() == document
        && named.certificates.first().is_some_and(is_named)
        && signature_holds(own, info.signature_algorithm.oid, &signed, info.signature.as_bytes())
}

/// Whether the key of a certificate made a signature over a message.
fn signature_holds(by: &Certificate, algorithm: ObjectIdentifier, message: &[u8], signature: &[u8]) -> bool {
    let algorithm: &dyn VerificationAlgorithm = match algorithm {
        ECDSA_SHA256 => &ECDSA_P256_SHA256_ASN1,
        RSA_SHA256 => &RSA_PKCS1_2048_8192_SHA256,
        _ => return false,
    };
    let key = by.tbs_certificate().subject_public_key_info().subject_public_key.raw_bytes();
    UnparsedPublicKey::new(algorithm, key).verify(message, signature).is_ok()
}

fn trust(own: &Certificate, roots: &[Certificate], at: Option<Moment>) -> Trust {
    let issuer = own.tbs_certificate().issuer();
    let issued_by = |root: &&Certificate| {
        let message = own.tbs_certificate().to_der().unwrap_or_default();
        root.tbs_certificate().subject() == issuer
            && signature_holds(root, own.signature_algorithm().oid, &message, own.signature().raw_bytes())
    };
    let Some(root) = roots.iter().find(issued_by) else { return Trust::Unknown };
    let in_force = |certificate: &Certificate, at: Moment| {
        let validity = certificate.tbs_certificate().validity();
        let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
        let (from, until) = (validity.not_before.to_unix_duration(), validity.not_after.to_unix_duration());
        from.as_secs() <= seconds && seconds <= until.as_secs()
    };
    match at {
        Some(at) if in_force(own, at) && in_force(root, at) => Trust::Trusted,
        _ => Trust::OutOfTime,
    }
}

/// The first value of an attribute of the subject's name.
fn subject(certificate: &Certificate, oid: &str) -> Option<String> {
    let oid = ObjectIdentifier::new(oid).ok()?;
    let name = certificate.tbs_certificate().subject();
    let found = name.iter().find(|attribute| attribute.oid == oid)?;
    std::str::from_utf8(found.value.value()).ok().map(str::to_owned)
}

/// `D:20260615090000+07'00'`, which is how our own signatures state it; others in UTC.
fn signing_time(text: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(text).ok()?.strip_prefix("D:")?;
    let civil = chrono::NaiveDateTime::parse_from_str(text.get(..14)?, "%Y%m%d%H%M%S").ok()?;
    match text.get(14..)? {
        "+07'00'" | "+07'00" => Some(from_local(civil)),
        "Z" | "Z00'00'" | "+00'00'" => Some(civil.and_utc()),
        _ => None,
    }
}
