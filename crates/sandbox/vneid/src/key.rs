//! The signing keys: the present one, and the one before it, which is still published so that tokens signed
//! just before a rotation verify.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey};

/// A signing key could not be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make an RSA signing key")]
pub struct KeyError;

/// An RSA key of 2048 bits with its published half.
pub(crate) struct SigningKey {
    pub(crate) id: String,
    pub(crate) private: EncodingKey,
    public: Jwk,
}

impl SigningKey {
    pub(crate) fn generate(id: String) -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError)?;
        let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError)?;
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(der.as_ref())
        );
        let private = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| KeyError)?;
        let mut public = Jwk::from_encoding_key(&private, Algorithm::RS256).map_err(|_| KeyError)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { id, private, public })
    }
}

/// The present key, the previous one, and a stranger that is never published.
pub(crate) struct KeyRing {
    generation: u32,
    present: SigningKey,
    previous: Option<SigningKey>,
    stranger: SigningKey,
}

impl KeyRing {
    /// `label` makes key ids of one start differ from those of the next.
    pub(crate) fn generate(label: &str) -> Result<Self, KeyError> {
        Ok(Self {
            generation: 1,
            present: SigningKey::generate(format!("{label}-1"))?,
            previous: None,
            stranger: SigningKey::generate(format!("{label}-stranger"))?,
        })
    }

    pub(crate) fn rotate(&mut self) -> Result<(), KeyError> {
        let label = self.present.id.rsplit_once('-').map_or("key", |(label, _)| label).to_owned();
        self.generation += 1;
        let next = SigningKey::generate(format!("{label}-{}", self.generation))?;
        self.previous = Some(std::mem::replace(&mut self.present, next));
        Ok(())
    }

    pub(crate) fn present(&self) -> &SigningKey {
        &self.present
    }

    pub(crate) fn stranger(&self) -> &SigningKey {
        &self.stranger
    }

    pub(crate) fn published(&self) -> JwkSet {
        let keys = [Some(&self.present), self.previous.as_ref()];
        JwkSet { keys: keys.into_iter().flatten().map(|key| key.public.clone()).collect() }
    }
}
