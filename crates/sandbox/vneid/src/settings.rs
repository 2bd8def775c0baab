//! What the stand-in is told at its start.

use serde::Deserialize;

/// An application that may ask for sign-ins (a relying party). The real system registers it by agreement with
/// the C06 department of the Ministry of Public Security.
#[derive(Clone, Deserialize)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// `client_secret`.
    pub secret: String,
    /// Addresses a sign-in may return to; compared character by character.
    pub redirect_uris: Vec<String>,
    /// Addresses a sign-out may return to; compared character by character.
    pub post_logout_redirect_uris: Vec<String>,
}

/// Settings of the provider.
#[derive(Clone)]
pub struct Settings {
    /// The issuer, an origin without a trailing slash: `http://127.0.0.1:8601`.
    pub issuer: String,
    /// The relying parties.
    pub clients: Vec<Client>,
    /// Seconds in which a code must be redeemed.
    pub code_seconds: i64,
    /// Seconds for which ID and access tokens are good.
    pub token_seconds: i64,
}

impl Settings {
    /// The settings of a demonstration: one client, `dean06`, whose platform runs at `platform`
    /// (`http://127.0.0.1:8600`).
    pub fn demo(issuer: &str, platform: &str) -> Self {
        Self {
            issuer: issuer.trim_end_matches('/').to_owned(),
            clients: vec![Client {
                id: "dean06".to_owned(),
                secret: "dean06-sandbox-secret".to_owned(),
                redirect_uris: vec![format!("{platform}/sign-in/callback")],
                post_logout_redirect_uris: vec![format!("{platform}/")],
            }],
            code_seconds: 60,
            token_seconds: 300,
        }
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }
}
