//! Signed heads of the tree, in the text form that transparency logs use (C2SP tlog-checkpoint, signed-note):
//! three lines (origin, size, root in base64), an empty line, and a signature line. Any Ed25519 tool can
//! check one.

use crate::merkle::Hash;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The algorithm byte of Ed25519 in a signed note.
const ED25519_NOTE: u8 = 1;

/// A checkpoint or key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The text does not have the form of a checkpoint.
    #[error("not a checkpoint")]
    Malformed,
    /// The signature is not this key's.
    #[error("the signature does not verify")]
    BadSignature,
    /// The key is not 32 bytes of Ed25519 seed.
    #[error("not an Ed25519 key")]
    BadKey,
}

/// A head of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Leaves in the tree.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl Checkpoint {
    /// The signed text.
    pub fn sign(&self, key: &SigningKey) -> String {
        let body = self.body(&key.origin);
        let public = key.public();
        let mut signature = public.note_id().to_vec();
        signature.extend_from_slice(key.pair.sign(body.as_bytes()).as_ref());
        format!("{body}\n\u{2014} {} {}\n", key.origin, STANDARD.encode(signature))
    }

    /// Reads and checks a signed text.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`] or [`CheckpointError::BadSignature`].
    pub fn open(text: &str, key: &PublicKey) -> Result<Self, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        let (body, signatures) = text.split_once("\n\n").ok_or(malformed)?;
        let body = format!("{body}\n");
        let mut lines = body.lines();
        let origin = lines.next().ok_or(malformed)?;
        let size = lines.next().and_then(|size| size.parse().ok()).ok_or(malformed)?;
        let root = lines.next().and_then(|root| STANDARD.decode(root).ok()).ok_or(malformed)?;
        let root = root.try_into().map_err(|_| malformed)?;
        let genuine =
            signatures.lines().filter_map(|line| signature_of(line, &key.origin)).any(|signature| {
                let raw = signature.strip_prefix(&key.note_id());
                raw.is_some_and(|raw| {
                    UnparsedPublicKey::new(&ED25519, key.bytes).verify(body.as_bytes(), raw).is_ok()
                })
            });
        if genuine && origin == key.origin {
            Ok(Self { size, root })
        } else {
            Err(CheckpointError::BadSignature)
        }
    }

    fn body(&self, origin: &str) -> String {
        format!("{origin}\n{}\n{}\n", self.size, STANDARD.encode(self.root))
    }
}

/// The decoded signature of a signature line of `origin`.
fn signature_of(line: &str, origin: &str) -> Option<Vec<u8>> {
    let encoded = line.strip_prefix("\u{2014} ")?.strip_prefix(origin)?.strip_prefix(' ')?;
    STANDARD.decode(encoded).ok()
}

/// The key that signs checkpoints.
pub struct SigningKey {
    origin: String,
    pair: Ed25519KeyPair,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// The key of a 32-byte seed, for a log named `origin` (no spaces, e.g. `dean06/H31.10816`).
    ///
    /// # Errors
    /// [`CheckpointError::BadKey`].
    pub fn new(origin: impl Into<String>, seed: &[u8; 32]) -> Result<Self, CheckpointError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| CheckpointError::BadKey)?;
        Ok(Self { origin: origin.into(), pair })
    }

    /// The key that checks its signatures.
    pub fn public(&self) -> PublicKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.pair.public_key().as_ref());
        PublicKey { origin: self.origin.clone(), bytes }
    }
}

/// The key that checks checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    origin: String,
    bytes: [u8; 32],
}

impl PublicKey {
    /// The key as text, for whoever checks checkpoints elsewhere: `origin+id+key` (C2SP signed-note, "vkey").
    pub fn text(&self) -> String {
        let mut typed = vec![ED25519_NOTE];
        typed.extend_from_slice(&self.bytes);
        format!("{}+{}+{}", self.origin, hex::encode(self.note_id()), STANDARD.encode(typed))
    }

    /// The first four bytes of `SHA-256(origin ‖ "\n" ‖ algorithm ‖ key)`, which a note's signature begins
    /// with.
    fn note_id(&self) -> [u8; 4] {
        let digest =
            Sha256::new().chain_update(&self.origin).chain_update(b"\n").chain_update([ED25519_NOTE]);
        let digest: Hash = digest.chain_update(self.bytes).finalize().into();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_opens_with_its_key_and_no_other() {
        let key = SigningKey::new("dean06/test", &[7; 32]).unwrap();
        let checkpoint = Checkpoint { size: 12, root: [3; 32] };
        let text = checkpoint.sign(&key);
        assert_eq!(Checkpoint::open(&text, &key.public()), Ok(checkpoint));
        let other = SigningKey::new("dean06/test", &[8; 32]).unwrap();
        assert_eq!(Checkpoint::open(&text, &other.public()), Err(CheckpointError::BadSignature));
        let raised = text.replacen("\n12\n", "\n13\n", 1);
        assert_eq!(Checkpoint::open(&raised, &key.public()), Err(CheckpointError::BadSignature));
        assert_eq!(Checkpoint::open("dean06/test\n12", &key.public()), Err(CheckpointError::Malformed));
    }
}
