//! Encryption of blobs: AES-256-GCM in chunks of 64 KiB under a key of the file's own, which is wrapped by a key
//! derived from the master key.
//!
//! Layout: `D06F` `1` · wrap nonce (12) · wrapped key (32 + 16) · chunks. The nonce of a chunk is its number with a
//! mark on the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár), so that chunks cannot be
//! swapped, dropped or cut off. The blob's address is bound to the wrapped key: a blob moved to another address does
//! not open.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::{hkdf, hmac};
use d06_kernel::cx::Randomness;

const MAGIC: &[u8; 5] = b"D06F1";
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const WRAPPED: usize = 32 + TAG;
const HEADER: usize = MAGIC.len() + NONCE_LEN + WRAPPED;

/// A blob does not open: another master key, or changed on the disk.
#[derive(Debug, thiserror::Error)]
#[error("the stored file does not open: wrong key or altered")]
pub(crate) struct Sealed;

impl From<Unspecified> for Sealed {
    fn from(_: Unspecified) -> Self {
        Self
    }
}

/// The keys derived from the master key.
#[derive(Clone)]
pub(crate) struct Keys {
    wrap: [u8; 32],
    address: hmac::Key,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

struct KeyBytes;

impl hkdf::KeyType for KeyBytes {
    fn len(&self) -> usize {
        32
    }
}

impl Keys {
    pub(crate) fn derived(master: &[u8; 32]) -> Self {
        let root = hkdf::Salt::new(hkdf::HKDF_SHA256, b"dean06 files").extract(master);
        let derive = |purpose: &[u8]| {
            let mut key = [0; 32];
            // 32 bytes are one output block of HKDF-SHA256, which is always given.
            if let Ok(okm) = root.expand(&[purpose], KeyBytes) {
                let _ = okm.fill(&mut key);
            }
            key
        };
        let address = hmac::Key::new(hmac::HMAC_SHA256, &derive(b"address"));
        Self { wrap: derive(b"wrap"), address }
    }

    /// The address of a content: the same for the same content, and no help to one who guesses contents without
    /// the key.
    pub(crate) fn address(&self, content: &[u8]) -> String {
        hex::encode(hmac::sign(&self.address, content))
    }

    /// Encrypts a content for its address.
    pub(crate) fn seal(&self, address: &str, content: &[u8], random: &Randomness) -> Result<Vec<u8>, Sealed> {
        let file_key: [u8; 32] = random.bytes();
        let wrap_nonce: [u8; NONCE_LEN] = random.bytes();
        let mut wrapped = file_key.to_vec();
        let nonce = Nonce::assume_unique_for_key(wrap_nonce);
        key(&self.wrap)?.seal_in_place_append_tag(nonce, Aad::from(address.as_bytes()), &mut wrapped)?;

        let mut out = Vec::with_capacity(HEADER + content.len() + (content.len() / CHUNK + 1) * TAG);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&wrap_nonce);
        out.extend_from_slice(&wrapped);
        let cipher = key(&file_key)?;
        let last = content.len().saturating_sub(1) / CHUNK;
        for number in 0..=last {
            let from = number * CHUNK;
            let mut chunk = content[from..content.len().min(from + CHUNK)].to_vec();
            cipher.seal_in_place_append_tag(chunk_nonce(number, number == last), Aad::empty(), &mut chunk)?;
            out.extend_from_slice(&chunk);
        }
        Ok(out)
    }

    /// The cipher of a blob's chunks, out of its header.
    fn open_header(&self, address: &str, header: &[u8]) -> Result<LessSafeKey, Sealed> {
        let rest = header.strip_prefix(MAGIC).ok_or(Sealed)?;
        let (nonce, wrapped) = rest.split_at_checked(NONCE_LEN).ok_or(Sealed)?;
        let mut wrapped = wrapped.get(..WRAPPED).ok_or(Sealed)?.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce)?;
        let file_key = key(&self.wrap)?.open_in_place(nonce, Aad::from(address.as_bytes()), &mut wrapped)?;
        key(file_key)
    }

    /// Decrypts a whole blob.
    pub(crate) fn open(&self, address: &str, blob: &[u8]) -> Result<Vec<u8>, Sealed> {
        let mut opener = Opener::new(self.clone(), address.to_owned());
        let mut plain = opener.push(blob)?;
        plain.extend(opener.finish()?);
        Ok(plain)
    }
}

/// Decrypts a blob piece by piece as it arrives.
pub(crate) struct Opener {
    keys: Keys,
    address: String,
    cipher: Option<LessSafeKey>,
    waiting: Vec<u8>,
    number: usize,
}

impl Opener {
    pub(crate) fn new(keys: Keys, address: String) -> Self {
        Self { keys, address, cipher: None, waiting: Vec::new(), number: 0 }
    }

    /// Takes the next bytes of the blob and gives what can be decrypted already.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Sealed> {
        self.waiting.extend_from_slice(bytes);
        if self.cipher.is_none() {
            if self.waiting.len() < HEADER {
                return Ok(Vec::new());
            }
            self.cipher = Some(self.keys.open_header(&self.address, &self.waiting[..HEADER])?);
            self.waiting.drain(..HEADER);
        }
        let mut plain = Vec::new();
        // The last chunk is known only at the end, so one chunk always waits.
        while self.waiting.len() > CHUNK + TAG {
            let mut chunk: Vec<u8> = self.waiting.drain(..CHUNK + TAG).collect();
            plain.extend_from_slice(self.open_chunk(&mut chunk, false)?);
        }
        Ok(plain)
    }

    /// The end of the blob: gives the last chunk.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Sealed> {
        let mut chunk = std::mem::take(&mut self.waiting);
        let length = self.open_chunk(&mut chunk, true)?.len();
        chunk.truncate(length);
        Ok(chunk)
    }

    fn open_chunk<'c>(&mut self, chunk: &'c mut [u8], last: bool) -> Result<&'c [u8], Sealed> {
        let nonce = chunk_nonce(self.number, last);
        self.number += 1;
        Ok(self.cipher.as_ref().ok_or(Sealed)?.open_in_place(nonce, Aad::empty(), chunk)?)
    }
}

fn key(bytes: &[u8]) -> Result<LessSafeKey, Sealed> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes)?))
}

fn chunk_nonce(number: usize, last: bool) -> Nonce {
    let mut nonce = [0; NONCE_LEN];
    nonce[..8].copy_from_slice(&(number as u64).to_be_bytes());
    nonce[NONCE_LEN - 1] = u8::from(last);
    Nonce::assume_unique_for_key(nonce)
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, HEADER, Keys, Opener, TAG};
    use d06_kernel::cx::Randomness;

    fn sealed(content: &[u8]) -> (Keys, String, Vec<u8>) {
        let keys = Keys::derived(&[7; 32]);
        let address = keys.address(content);
        let blob = keys.seal(&address, content, &Randomness::seeded([1; 32])).unwrap();
        (keys, address, blob)
    }

    #[test]
    fn every_length_around_a_chunk_returns() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5] {
            let content: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
            let (keys, address, blob) = sealed(&content);
            assert_eq!(keys.open(&address, &blob).unwrap(), content, "{length}");
            let mut opener = Opener::new(keys, address);
            let mut plain = Vec::new();
            for piece in blob.chunks(1000) {
                plain.extend(opener.push(piece).unwrap());
            }
            plain.extend(opener.finish().unwrap());
            assert_eq!(plain, content, "{length} in pieces");
        }
    }

    #[test]
    fn nothing_of_the_content_shows() {
        let (_, address, blob) = sealed(b"so dinh danh ca nhan 030085001234");
        assert!(!blob.windows(12).any(|w| w == b"030085001234"));
        assert_ne!(
            address,
            hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"x").as_ref())
        );
    }

    #[test]
    fn altered_cut_swapped_moved_or_foreign_blobs_do_not_open() {
        let content = vec![3; 3 * CHUNK];
        let (keys, address, blob) = sealed(&content);
        let mut altered = blob.clone();
        altered[HEADER + 10] ^= 1;
        assert!(keys.open(&address, &altered).is_err());
        assert!(keys.open(&address, &blob[..HEADER + CHUNK + TAG]).is_err(), "cut at a chunk's end");
        assert!(keys.open(&address, &blob[..20]).is_err());
        let mut swapped = blob.clone();
        swapped[HEADER..HEADER + 2 * (CHUNK + TAG)].rotate_left(CHUNK + TAG);
        assert!(keys.open(&address, &swapped).is_err());
        assert!(keys.open(&keys.address(b"other"), &blob).is_err());
        assert!(Keys::derived(&[8; 32]).open(&address, &blob).is_err());
    }
}
