//! The sign-in page: checks the request, lets a person choose an account, returns with a code.
//!
//! The stand-in keeps no session of its own: every sign-in asks anew, which is what a shared kiosk needs.

use crate::code::Grant;
use crate::fault::FaultMode;
use crate::page;
use crate::provider::Provider;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::Duration;
use d06_kernel::person::PersonalNumber;
use serde::Deserialize;
use url::Url;

/// The request of OpenID Connect Core §3.1.2.1 with PKCE (RFC 7636 §4.3).
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AuthRequest {
    pub(crate) response_type: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: String,
    pub(crate) state: String,
    pub(crate) nonce: Option<String>,
    pub(crate) code_challenge: String,
    pub(crate) code_challenge_method: String,
    pub(crate) ui_locales: String,
}

/// The request, carried through the form, and the person's choice.
#[derive(Deserialize)]
pub(super) struct Choice {
    #[serde(flatten)]
    request: AuthRequest,
    #[serde(default)]
    account: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    cancel: Option<String>,
}

pub(super) async fn ask(State(provider): State<Provider>, Query(request): Query<AuthRequest>) -> Response {
    match check(&provider, &request) {
        Ok(_) => Html(page::sign_in(&provider, &request, None)).into_response(),
        Err(response) => *response,
    }
}

pub(super) async fn answer(State(provider): State<Provider>, Form(choice): Form<Choice>) -> Response {
    let request = &choice.request;
    let target = match check(&provider, request) {
        Ok(target) => target,
        Err(response) => return *response,
    };
    if choice.cancel.is_some() || provider.hit(&[FaultMode::AccessDenied]).is_some() {
        return refuse(target, request, "access_denied");
    }
    let typed = if choice.account.is_empty() { &choice.number } else { &choice.account };
    let known = typed.parse::<PersonalNumber>().ok().and_then(|number| provider.accounts().find(number));
    let Some(account) = known else {
        let page = page::sign_in(&provider, request, Some(typed));
        return (StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response();
    };
    let now = provider.cx().now();
    let mut code = provider.secret();
    let grant = Grant {
        client: request.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.code_challenge.clone(),
        nonce: request.nonce.clone(),
        account: account.number,
        expires: now + Duration::seconds(provider.settings().code_seconds),
    };
    provider.grants().add(code.clone(), grant, now);
    if provider.hit(&[FaultMode::ReplayedCode]).is_some() {
        code = provider.grants().last_spent().unwrap_or_else(|| "spent".to_owned());
    }
    let wrong_state = provider.hit(&[FaultMode::WrongState]).is_some();
    let state = if wrong_state { "another-state" } else { &request.state };
    redirect(target, &[("code", &code), ("state", state), ("iss", &provider.settings().issuer)])
}

/// The address to return to, or the answer that says what is wrong: a page where the client or its address
/// cannot be trusted, else a redirect with an error code (RFC 6749 §4.1.2.1).
fn check(provider: &Provider, request: &AuthRequest) -> Result<Url, Box<Response>> {
    let trusted = provider
        .settings()
        .client(&request.client_id)
        .is_some_and(|client| client.redirect_uris.contains(&request.redirect_uri));
    let target = Url::parse(&request.redirect_uri).ok().filter(|_| trusted);
    let Some(target) = target else {
        return Err(Box::new((StatusCode::BAD_REQUEST, Html(page::untrusted(request))).into_response()));
    };
    let error = if request.response_type != "code" {
        Some("unsupported_response_type")
    } else if !request.scope.split(' ').any(|scope| scope == "openid") {
        Some("invalid_scope")
    } else if request.code_challenge_method != "S256" || request.code_challenge.len() != 43 {
        Some("invalid_request")
    } else {
        None
    };
    match error {
        Some(error) => Err(Box::new(refuse(target, request, error))),
        None => Ok(target),
    }
}

fn refuse(target: Url, request: &AuthRequest, error: &str) -> Response {
    redirect(target, &[("error", error), ("state", &request.state)])
}

fn redirect(mut target: Url, parameters: &[(&str, &str)]) -> Response {
    target.query_pairs_mut().extend_pairs(parameters);
    (StatusCode::SEE_OTHER, [(header::LOCATION, target.to_string())]).into_response()
}
