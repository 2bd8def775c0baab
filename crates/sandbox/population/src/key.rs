//! Who may ask: keys and signatures.
//!
//! A request carries `X-Khoa` (key id), `X-ThoiDiem` (Unix seconds) and `X-ChuKy`, the HMAC-SHA256 in hex over
//! `<X-ThoiDiem>\n<body>`. The answer carries `X-ChuKy` over `<request's X-ChuKy>\n<body>`, so the caller knows
//! that the holder of the same key answered this very request.

use axum::http::HeaderMap;
use d06_kernel::time::Moment;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Header of the key id.
pub(crate) const KEY_HEADER: &str = "x-khoa";
/// Header of the moment of the request.
pub(crate) const TIME_HEADER: &str = "x-thoidiem";
/// Header of the signature.
pub(crate) const SIGNATURE_HEADER: &str = "x-chuky";

/// How far the caller's clock may be off, in seconds.
const CLOCK_SKEW: i64 = 300;

/// A key of one caller.
#[derive(Clone)]
pub struct Key {
    /// Key id.
    pub id: String,
    /// Shared secret.
    pub secret: String,
    /// When it ends, if ever.
    pub expires: Option<Moment>,
}

impl Key {
    /// The key of a demonstration.
    pub fn demo() -> Self {
        Self { id: "dean06".to_owned(), secret: "dean06-population-secret".to_owned(), expires: None }
    }

    fn mac(&self, first: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).ok()?;
        mac.update(first.as_bytes());
        mac.update(b"\n");
        mac.update(body);
        Some(mac)
    }

    /// The signature of an answer to the request signed `request_signature`.
    pub(crate) fn sign(&self, request_signature: &str, body: &[u8]) -> String {
        self.mac(request_signature, body)
            .map_or_else(String::new, |mac| hex::encode(mac.finalize().into_bytes()))
    }
}

/// Why a caller is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Signature,
    Expired,
}

/// The caller's key and its signature, if the request is signed by a known key that has not ended.
pub(crate) fn check<'a>(
    keys: &'a [Key],
    headers: &HeaderMap,
    body: &[u8],
    now: Moment,
) -> Result<(&'a Key, String), Refused> {
    let header =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Refused::Signature);
    let (id, time, signature) = (header(KEY_HEADER)?, header(TIME_HEADER)?, header(SIGNATURE_HEADER)?);
    let key = keys.iter().find(|key| key.id == id).ok_or(Refused::Signature)?;
    let bytes = hex::decode(signature).map_err(|_| Refused::Signature)?;
    let mac = key.mac(time, body).ok_or(Refused::Signature)?;
    mac.verify_slice(&bytes).map_err(|_| Refused::Signature)?;
    let seconds: i64 = time.parse().map_err(|_| Refused::Signature)?;
    if now.timestamp().abs_diff(seconds) > CLOCK_SKEW.unsigned_abs() {
        return Err(Refused::Signature);
    }
    if key.expires.is_some_and(|expires| expires <= now) {
        return Err(Refused::Expired);
    }
    Ok((key, signature.to_owned()))
}
