//! Keys in a folder, under a certification authority of the installation's own. For trying out, for tests, and until
//! an agency has its certificates: see `docs/how-to/switch-signing.md`.

use super::port::{Algorithm, Identity, SignError, Signer, SigningKeys};
use async_trait::async_trait;
use aws_lc_rs::digest::{SHA256, digest};
use chrono::Datelike;
use d06_kernel::Cx;
use d06_kernel::person::PersonalNumber;
use d06_kernel::time::{Moment, local_date};
use der::pem::{LineEnding, decode_vec, encode_string};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SigningKey, date_time_ymd,
};
use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Years that certificates hold.
const AUTHORITY_YEARS: i32 = 20;
const SIGNER_YEARS: i32 = 5;

/// Parts a key file from its certificate.
const CERTIFICATE: &str = "CERTIFICATE";

/// The adapter that keeps keys as files that only their owner may read.
pub struct SoftwareKeys {
    folder: PathBuf,
    authority: Arc<SoftwareSigner>,
    known: Mutex<BTreeMap<String, Arc<SoftwareSigner>>>,
}

struct SoftwareSigner {
    key: KeyPair,
    chain: Vec<Vec<u8>>,
}

impl SoftwareKeys {
    /// Opens the folder of keys; makes it and the authority at the first time.
    ///
    /// # Errors
    /// The folder cannot be read or written, or a file in it is not a key.
    pub fn open(cx: &Cx, folder: &Path) -> Result<Self, SignError> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let file = folder.join("authority.pem");
        let authority = kept(&file, || {
            let key = KeyPair::generate().map_err(key_error)?;
            let certificate = authority_params(cx.now()).self_signed(&key).map_err(key_error)?;
            Ok((key, certificate.der().to_vec()))
        })?;
        Ok(Self { folder: folder.to_owned(), authority: Arc::new(authority), known: Mutex::default() })
    }

    fn find(&self, cx: &Cx, kind: &str, id: &str, identity: &Identity) -> Result<Arc<dyn Signer>, SignError> {
        // A new name or office is a new certificate. The file's name does not tell whose it is.
        let whose = [kind, id, &identity.name, &identity.organisation].join("\n");
        let name = hex::encode(digest(&SHA256, whose.as_bytes()));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signer) = known.get(&name) {
            return Ok(signer.clone());
        }
        let mut signer = kept(&self.folder.join(format!("{name}.pem")), || {
            let key = KeyPair::generate().map_err(key_error)?;
            let issuer = Issuer::new(authority_params(cx.now()), &self.authority.key);
            let certificate =
                signer_params(cx.now(), identity).signed_by(&key, &issuer).map_err(key_error)?;
            Ok((key, certificate.der().to_vec()))
        })?;
        signer.chain.extend(self.authority.chain.iter().cloned());
        let signer = Arc::new(signer);
        known.insert(name, signer.clone());
        Ok(signer)
    }
}

#[async_trait]
impl SigningKeys for SoftwareKeys {
    async fn of_person(
        &self,
        cx: &Cx,
        number: &PersonalNumber,
        identity: &Identity,
    ) -> Result<Arc<dyn Signer>, SignError> {
        self.find(cx, "person", number.as_str(), identity)
    }

    async fn of_agency(
        &self,
        cx: &Cx,
        unit: &str,
        identity: &Identity,
    ) -> Result<Arc<dyn Signer>, SignError> {
        self.find(cx, "agency", unit, identity)
    }

    fn roots(&self) -> Vec<Vec<u8>> {
        self.authority.chain.clone()
    }
}

#[async_trait]
impl Signer for SoftwareSigner {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.chain
    }

    fn algorithm(&self) -> Algorithm {
        Algorithm::EcdsaP256
    }

    async fn sign(&self, _: &Cx, message: &[u8]) -> Result<Vec<u8>, SignError> {
        SigningKey::sign(&self.key, message).map_err(key_error)
    }
}

fn key_error(error: rcgen::Error) -> SignError {
    SignError::Key(error.to_string())
}

fn params(now: Moment, years: i32, names: &[(DnType, &str)]) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CountryName, "VN");
    for (kind, name) in names {
        subject.push(kind.clone(), *name);
    }
    params.distinguished_name = subject;
    let today = local_date(now);
    // From the first of the month, to the first of the month years later: every day of it exists.
    let month = u8::try_from(today.month()).unwrap_or(1);
    params.not_before = date_time_ymd(today.year(), month, 1);
    params.not_after = date_time_ymd(today.year() + years, month, 1);
    params.use_authority_key_identifier_extension = true;
    params
}

fn authority_params(now: Moment) -> CertificateParams {
    let mut params = params(
        now,
        AUTHORITY_YEARS,
        &[(DnType::OrganizationName, "dean06"), (DnType::CommonName, "dean06 software authority")],
    );
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn signer_params(now: Moment, identity: &Identity) -> CertificateParams {
    let names =
        [(DnType::OrganizationName, identity.organisation.as_str()), (DnType::CommonName, &identity.name)];
    let mut params = params(now, SIGNER_YEARS, &names);
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
    params
}

/// The key and certificate of a file; makes them if the file is not there. Of two programs that make it at once, the
/// first wins and the second reads.
fn kept(
    file: &Path,
    make: impl FnOnce() -> Result<(KeyPair, Vec<u8>), SignError>,
) -> Result<SoftwareSigner, SignError> {
    if !file.exists() {
        let (key, certificate) = make()?;
        let certificate = encode_string(CERTIFICATE, LineEnding::LF, &certificate)
            .map_err(|error| SignError::Key(error.to_string()))?;
        write_once(file, &[certificate, key.serialize_pem()].concat())?;
    }
    let text = std::fs::read_to_string(file)?;
    let bad = |what: String| SignError::Key(format!("{}: {what}", file.display()));
    let mark = "-----BEGIN PRIVATE KEY-----";
    let (certificate, key) = text.split_at(text.find(mark).ok_or_else(|| bad("no key".to_owned()))?);
    let (_, certificate) =
        decode_vec(certificate.trim().as_bytes()).map_err(|error| bad(error.to_string()))?;
    let key = KeyPair::from_pem(key).map_err(|error| bad(error.to_string()))?;
    Ok(SoftwareSigner { key, chain: vec![certificate] })
}

/// Writes a file that only the owner may read, whole or not at all, and never over another.
fn write_once(file: &Path, text: &str) -> Result<(), SignError> {
    let draft = file.with_extension(format!("{}.tmp", std::process::id()));
    let mut out =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    let linked = std::fs::hard_link(&draft, file);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}
