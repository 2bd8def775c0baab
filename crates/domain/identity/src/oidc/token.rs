//! Checking an ID token (OpenID Connect Core 1.0 §3.1.3.7).

use d06_kernel::{Problem, ProblemKind};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

/// Seconds that the provider's clock may differ from ours.
const CLOCK_SKEW: i64 = 60;

/// Signatures we accept: asymmetric ones. A token signed with our own secret, or not at all, is a forgery.
const ACCEPTED: [Algorithm; 4] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];

/// What an ID token must be.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) audience: &'a str,
    pub(crate) nonce: &'a str,
    /// Seconds since 1970, by our clock.
    pub(crate) now: i64,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
}

/// The id of the key that signed a token; refuses algorithms that we do not accept.
pub(crate) fn key_id(token: &str) -> Result<String, Problem> {
    let header = decode_header(token).map_err(|e| refused("vneid.token-unreadable").caused_by(e))?;
    if !ACCEPTED.contains(&header.alg) {
        return Err(refused("vneid.algorithm-refused"));
    }
    header.kid.ok_or_else(|| refused("vneid.key-unknown"))
}

/// Checks a token and gives its subject.
pub(crate) fn verify(token: &str, key: &Jwk, expected: &Expected<'_>) -> Result<String, Problem> {
    let algorithm = decode_header(token).map_err(|e| refused("vneid.token-unreadable").caused_by(e))?.alg;
    let key = DecodingKey::from_jwk(key).map_err(|e| refused("vneid.key-unknown").caused_by(e))?;
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.audience]);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // The library asks the machine for the time; ours comes from the operation context.
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, &key, &validation).map_err(of_library)?.claims;
    if claims.exp + CLOCK_SKEW < expected.now || claims.iat - CLOCK_SKEW > expected.now {
        return Err(refused("vneid.token-expired"));
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(refused("vneid.nonce-wrong"));
    }
    Ok(claims.sub)
}

fn of_library(error: jsonwebtoken::errors::Error) -> Problem {
    use jsonwebtoken::errors::ErrorKind;
    let code = match error.kind() {
        ErrorKind::InvalidSignature => "vneid.signature-wrong",
        ErrorKind::InvalidIssuer => "vneid.issuer-wrong",
        ErrorKind::InvalidAudience => "vneid.audience-wrong",
        _ => "vneid.token-unreadable",
    };
    refused(code).caused_by(error)
}

fn refused(code: &'static str) -> Problem {
    Problem::new(ProblemKind::Invalid, code)
}
