//! Tokens: the secret in a cookie, its hash in the table, and the form token derived from it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use d06_kernel::cx::Randomness;
use sha2::{Digest, Sha256};

/// Random bytes in a token (OWASP asks for at least 16).
const TOKEN_BYTES: usize = 32;

/// A secret that only the browser and this request know.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn new(randomness: &Randomness) -> Self {
        Self(URL_SAFE_NO_PAD.encode(randomness.bytes::<TOKEN_BYTES>()))
    }

    /// A token as a browser sent it; anything that cannot be one is nothing.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == TOKEN_BYTES).then(|| Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What the table keeps of it.
    pub(crate) fn hash(&self) -> String {
        use std::fmt::Write;
        let digest = Sha256::digest(self.0.as_bytes());
        digest.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The token that the forms of this session carry. It cannot be turned back into the session's token.
    pub(crate) fn form_token(&self) -> String {
        let digest = Sha256::new().chain_update(b"dean06 form\0").chain_update(self.0.as_bytes()).finalize();
        URL_SAFE_NO_PAD.encode(digest)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// Whether two texts are equal, in a time that depends on their lengths only.
pub(crate) fn equal(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |sum, (l, r)| sum | (l ^ r)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_shows_neither_itself_nor_its_hash() {
        let token = Token::new(&Randomness::seeded([1; 32]));
        assert_eq!(Token::read(token.as_str()), Some(token.clone()));
        assert_eq!(Token::read("short"), None);
        assert_eq!(format!("{token:?}"), "Token");
        assert_eq!(token.hash().len(), 64);
        assert_ne!(token.form_token(), token.as_str());
    }

    #[test]
    fn texts_are_compared_whole() {
        assert!(equal("abc", "abc"));
        assert!(!equal("abc", "abd"));
        assert!(!equal("abc", "ab"));
    }
}
