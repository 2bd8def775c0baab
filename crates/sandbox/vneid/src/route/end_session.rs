//! Sign-out on the wish of the application (OpenID Connect RP-Initiated Logout 1.0 §2).

use crate::page;
use crate::provider::Provider;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use url::Url;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct EndRequest {
    client_id: String,
    post_logout_redirect_uri: String,
    state: String,
}

/// Returns to the address asked for if the client registered it, else shows a page that says "signed out".
pub(super) async fn end(State(provider): State<Provider>, Query(request): Query<EndRequest>) -> Response {
    let registered = provider
        .settings()
        .client(&request.client_id)
        .is_some_and(|client| client.post_logout_redirect_uris.contains(&request.post_logout_redirect_uri));
    match Url::parse(&request.post_logout_redirect_uri).ok().filter(|_| registered) {
        Some(mut target) => {
            if !request.state.is_empty() {
                target.query_pairs_mut().append_pair("state", &request.state);
            }
            (StatusCode::SEE_OTHER, [(header::LOCATION, target.to_string())]).into_response()
        }
        None => Html(page::signed_out()).into_response(),
    }
}
