//! The signature container: CMS SignedData (RFC 5652) with the attributes that PAdES B-B wants (ETSI EN 319 142-1
//! §6.3): content type, message digest and signing certificate (RFC 5035). The time is in the PDF (`/M`), so the
//! signing-time attribute must be absent.

use super::port::{Algorithm, SignError, Signer};
use aws_lc_rs::digest::{SHA256, digest};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Sequence};
use x509_cert::Certificate;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::spki::AlgorithmIdentifierOwned;

pub(super) const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(super) const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
pub(super) const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
pub(super) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(super) const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
pub(super) const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// `SigningCertificateV2` (RFC 5035 §3) with one certificate; the hash algorithm SHA-256 is the default and left out.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(super) struct SigningCertificate {
    pub(super) certificates: Vec<CertificateHash>,
}

/// `ESSCertIDv2` without the optional issuer, which the signer's identifier already names.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(super) struct CertificateHash {
    pub(super) hash: OctetString,
}

/// The attributes that are signed, for the digest of the document and the signer's certificate.
pub(super) fn signed_attributes(document: &[u8], certificates: &[Vec<u8>]) -> Result<Attributes, SignError> {
    let own = certificates.first().ok_or_else(|| SignError::Key("the key has no certificate".to_owned()))?;
    let hash = OctetString::new(digest(&SHA256, own).as_ref())?;
    let certificate = SigningCertificate { certificates: vec![CertificateHash { hash }] };
    Ok(SetOfVec::try_from(vec![
        attribute(CONTENT_TYPE, &DATA)?,
        attribute(MESSAGE_DIGEST, &OctetString::new(document)?)?,
        attribute(SIGNING_CERTIFICATE, &certificate)?,
    ])?)
}

fn attribute(oid: ObjectIdentifier, value: &impl Encode) -> Result<Attribute, SignError> {
    let value = Any::from_der(&value.to_der()?)?;
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// The bytes that the key signs: the attributes as a SET (RFC 5652 §5.4).
pub(super) fn to_sign(attributes: &Attributes) -> Result<Vec<u8>, SignError> {
    Ok(attributes.to_der()?)
}

/// The finished container.
pub(super) fn container(
    attributes: Attributes,
    signature: Vec<u8>,
    signer: &dyn Signer,
) -> Result<Vec<u8>, SignError> {
    let chain: Vec<Certificate> =
        signer.certificates().iter().map(|der| Certificate::from_der(der)).collect::<Result<_, _>>()?;
    let own = chain.first().ok_or_else(|| SignError::Key("the key has no certificate".to_owned()))?;
    let sid = SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
        issuer: own.tbs_certificate().issuer().clone(),
        serial_number: own.tbs_certificate().serial_number().clone(),
    });
    let sha256 = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    let signature_algorithm = match signer.algorithm() {
        Algorithm::EcdsaP256 => AlgorithmIdentifierOwned { oid: ECDSA_SHA256, parameters: None },
        Algorithm::RsaPkcs1 => AlgorithmIdentifierOwned { oid: RSA_SHA256, parameters: Some(Any::null()) },
    };
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid,
        digest_alg: sha256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm,
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let certificates: Vec<CertificateChoices> =
        chain.into_iter().map(CertificateChoices::Certificate).collect();
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: DATA, econtent: None },
        certificates: Some(certificates.try_into()?),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
    };
    let content = Any::from_der(&data.to_der()?)?;
    Ok(ContentInfo { content_type: SIGNED_DATA, content }.to_der()?)
}
