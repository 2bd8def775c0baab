//! Signatures of questions and answers (HMAC-SHA256); on the national data exchange platform the security servers
//! do this with certificates.

use d06_kernel::time::Moment;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key shared with the service.
pub(super) struct Key {
    pub(super) id: String,
    pub(super) secret: String,
}

/// What authenticates a question.
pub(super) struct Signed {
    pub(super) time: String,
    pub(super) signature: String,
}

impl Key {
    /// Signs a question; `None` if the key is unusable.
    pub(super) fn sign(&self, now: Moment, body: &[u8]) -> Option<Signed> {
        let time = now.timestamp().to_string();
        let signature = hex::encode(self.mac(&time, body)?.finalize().into_bytes());
        Some(Signed { time, signature })
    }

    /// Whether the holder of the key signed this answer to the question signed `question`.
    pub(super) fn signed(&self, question: &str, body: &[u8], signature: &str) -> bool {
        let Ok(bytes) = hex::decode(signature) else { return false };
        self.mac(question, body).is_some_and(|mac| mac.verify_slice(&bytes).is_ok())
    }

    fn mac(&self, first: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).ok()?;
        mac.update(first.as_bytes());
        mac.update(b"\n");
        mac.update(body);
        Some(mac)
    }
}
