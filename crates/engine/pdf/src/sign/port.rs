//! The port to a signing key.

use async_trait::async_trait;
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem};
use std::sync::Arc;

/// Signature algorithms, each with SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256; the signature is the DER sequence of r and s (RFC 5753).
    EcdsaP256,
    /// RSA, PKCS #1 v1.5 (what the certificates of the Government's authority use).
    RsaPkcs1,
}

/// A key that signs, with its certificates. The key may be in this process, in a token or in a service far away.
#[async_trait]
pub trait Signer: Send + Sync {
    /// DER certificates: the signer's own first, then up to and without the root or with it.
    fn certificates(&self) -> &[Vec<u8>];

    /// How it signs.
    fn algorithm(&self) -> Algorithm;

    /// The signature over `message` (not over its hash).
    async fn sign(&self, cx: &Cx, message: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// Whose certificate it is, as the certificate names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Full name of the person, or name of the agency.
    pub name: String,
    /// The agency.
    pub organisation: String,
}

/// Finds keys.
#[async_trait]
pub trait SigningKeys: Send + Sync {
    /// The key of a competent person.
    async fn of_person(
        &self,
        cx: &Cx,
        number: &PersonalNumber,
        identity: &Identity,
    ) -> Result<Arc<dyn Signer>, SignError>;

    /// The key of an agency: its seal.
    async fn of_agency(&self, cx: &Cx, unit: &str, identity: &Identity)
    -> Result<Arc<dyn Signer>, SignError>;

    /// DER certificates of the roots that are trusted.
    fn roots(&self) -> Vec<Vec<u8>>;
}

/// Signing or reading a signature failed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The PDF is not one that can be signed.
    #[error("the PDF: {0}")]
    Pdf(String),
    /// The parts of a signature could not be written or read.
    #[error("the signature container: {0}")]
    Container(#[from] der::Error),
    /// The key refused or does not answer.
    #[error("the key: {0}")]
    Key(String),
    /// The file of a key cannot be read or written.
    #[error("the key file")]
    File(#[from] std::io::Error),
}

impl From<lopdf::Error> for SignError {
    fn from(error: lopdf::Error) -> Self {
        Self::Pdf(error.to_string())
    }
}

impl From<SignError> for Problem {
    fn from(error: SignError) -> Self {
        match error {
            SignError::Key(_) | SignError::File(_) => {
                Self::unavailable("signing.key-unavailable").caused_by(error)
            }
            SignError::Pdf(_) | SignError::Container(_) => Self::internal(error),
        }
    }
}
