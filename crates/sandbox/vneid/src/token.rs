//! The ID token (OpenID Connect Core §2), true or, when a fault is played, false.

use crate::Account;
use crate::code::Grant;
use crate::fault::FaultMode;
use crate::provider::Provider;
use crate::settings::Client;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::Serialize;

const HOUR: i64 = 3600;

/// The faults that show in the ID token.
const TOKEN_FAULTS: [FaultMode; 10] = [
    FaultMode::WrongNonce,
    FaultMode::MissingNonce,
    FaultMode::WrongAudience,
    FaultMode::WrongIssuer,
    FaultMode::Expired,
    FaultMode::Future,
    FaultMode::BadSignature,
    FaultMode::UnknownKey,
    FaultMode::AlgNone,
    FaultMode::AlgHmac,
];

#[derive(Serialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    iat: i64,
    exp: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

/// Signs the ID token of a redeemed grant.
pub(crate) fn id_token(
    provider: &Provider,
    client: &Client,
    grant: &Grant,
    account: &Account,
) -> Result<String, jsonwebtoken::errors::Error> {
    let fault = provider.hit(&TOKEN_FAULTS).unwrap_or_default();
    let now = provider.cx().now().timestamp();
    let mut claims = Claims {
        iss: provider.settings().issuer.clone(),
        sub: account.subject(),
        aud: client.id.clone(),
        iat: now,
        exp: now + provider.settings().token_seconds,
        auth_time: now,
        nonce: grant.nonce.clone(),
    };
    distort(&mut claims, fault);
    sign(provider, client, &claims, fault)
}

fn distort(claims: &mut Claims, fault: FaultMode) {
    match fault {
        FaultMode::WrongNonce => claims.nonce = Some("another-nonce".to_owned()),
        FaultMode::MissingNonce => claims.nonce = None,
        FaultMode::WrongAudience => claims.aud = "another-client".to_owned(),
        FaultMode::WrongIssuer => claims.iss = "https://issuer.invalid".to_owned(),
        FaultMode::Expired => {
            claims.iat -= 2 * HOUR;
            claims.exp = claims.iat + HOUR;
        }
        FaultMode::Future => {
            claims.iat += HOUR;
            claims.exp += HOUR;
        }
        _ => {}
    }
}

fn sign(
    provider: &Provider,
    client: &Client,
    claims: &Claims,
    fault: FaultMode,
) -> Result<String, jsonwebtoken::errors::Error> {
    if fault == FaultMode::AlgNone {
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?);
        return Ok(format!("{}.{body}.", URL_SAFE_NO_PAD.encode(br#"{"alg":"none","typ":"JWT"}"#)));
    }
    let keys = provider.keys();
    let key = if fault == FaultMode::UnknownKey { keys.stranger() } else { keys.present() };
    if fault == FaultMode::AlgHmac {
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
        return encode(&header, claims, &EncodingKey::from_secret(client.secret.as_bytes()));
    }
    let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::RS256) };
    let token = encode(&header, claims, &key.private)?;
    Ok(if fault == FaultMode::BadSignature { flip_signature(&token) } else { token })
}

fn flip_signature(token: &str) -> String {
    let Some((signed, signature)) = token.rsplit_once('.') else { return token.to_owned() };
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    if let Some(first) = bytes.first_mut() {
        *first ^= 1;
    }
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(bytes))
}
