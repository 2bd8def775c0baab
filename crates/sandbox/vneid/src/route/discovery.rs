//! What the provider can do and the keys it signs with (OpenID Connect Discovery 1.0 §4, RFC 7517).

use crate::provider::Provider;
use axum::Json;
use axum::extract::State;
use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};

pub(super) async fn document(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.settings().issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/logout"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid"],
        "ui_locales_supported": ["vi", "en"],
        "claims_supported": [
            "sub", "TechID", "LoaiTaiKhoan", "HoVaTen", "SoDinhDanh", "NgayThangNamSinh", "loginIdp",
            "MucDoDinhDanh", "userProfileUri", "logoutUri"
        ],
    }))
}

pub(super) async fn keys(State(provider): State<Provider>) -> Json<JwkSet> {
    Json(provider.keys().published())
}
