//! The token endpoint: a code, its verifier and the client's secret for an ID token and an access token
//! (RFC 6749 §4.1.3, RFC 7636 §4.5).

use super::oauth_error;
use crate::fault::FaultMode;
use crate::provider::Provider;
use crate::settings::Client;
use crate::token::id_token;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::{Form, Json};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TokenRequest {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
    client_id: String,
    client_secret: String,
}

pub(super) async fn redeem(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(request): Form<TokenRequest>,
) -> Response {
    if provider.hit(&[FaultMode::Garbage]).is_some() {
        return Html("<html><body>502 Bad Gateway</body></html>").into_response();
    }
    let Some(client) = authenticate(&provider, &headers, &request) else {
        return oauth_error(StatusCode::UNAUTHORIZED, "invalid_client", "unknown client or wrong secret");
    };
    if request.grant_type != "authorization_code" {
        return oauth_error(StatusCode::BAD_REQUEST, "unsupported_grant_type", "only authorization_code");
    }
    let now = provider.cx().now();
    let grant = provider.grants().redeem(&request.code, now);
    let Some(grant) = grant.filter(|grant| {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(request.code_verifier.as_bytes()));
        grant.client == client.id
            && grant.redirect_uri == request.redirect_uri
            && grant.challenge == challenge
    }) else {
        let why = "the code is unknown, spent or expired, or the verifier or address is another";
        return oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", why);
    };
    let Some(account) = provider.accounts().find(grant.account) else {
        return oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", "the account is gone");
    };
    let Ok(id_token) = id_token(&provider, client, &grant, account) else {
        return oauth_error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "signing failed");
    };
    let seconds = provider.settings().token_seconds;
    let access_token = provider.secret();
    let expires = now + chrono::Duration::seconds(seconds);
    provider.grants().add_token(access_token.clone(), account.number, expires, now);
    Json(serde_json::json!({
        "token_type": "Bearer",
        "expires_in": seconds,
        "access_token": access_token,
        "id_token": id_token,
        "scope": "openid",
    }))
    .into_response()
}

/// `client_secret_basic` if the header is there, else `client_secret_post` (OpenID Connect Core §9).
fn authenticate<'a>(
    provider: &'a Provider,
    headers: &HeaderMap,
    request: &TokenRequest,
) -> Option<&'a Client> {
    let basic = headers.get(header::AUTHORIZATION).map(|value| {
        let encoded = value.to_str().ok()?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some((decode(id), decode(secret)))
    });
    let (id, secret) = match basic {
        Some(credentials) => credentials?,
        None => (request.client_id.clone(), request.client_secret.clone()),
    };
    let client = provider.settings().client(&id)?;
    // Digests are compared, so that the time taken tells nothing of the secret.
    (Sha256::digest(&client.secret) == Sha256::digest(&secret)).then_some(client)
}

/// Undoes form encoding, which RFC 6749 §2.3.1 asks for inside the Basic header.
fn decode(text: &str) -> String {
    url::form_urlencoded::parse(format!("v={text}").as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}
