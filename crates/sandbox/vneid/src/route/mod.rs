//! The provider's addresses.

mod authorize;
mod control;
mod discovery;
mod end_session;
mod redeem;
mod userinfo;

pub(crate) use authorize::AuthRequest;

use crate::fault::FaultMode;
use crate::provider::Provider;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use std::time::Duration;

/// Everything, the control path apart so that no fault blocks it.
pub(crate) fn router(provider: Provider) -> Router {
    let control = Router::new()
        .route("/_fault", get(control::show).post(control::play).delete(control::clear))
        .route("/_keys/rotate", post(control::rotate))
        .layer(from_fn(control::only_loopback));
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::document))
        .route("/jwks", get(discovery::keys))
        .route("/auth", get(authorize::ask).post(authorize::answer))
        .route("/token", post(redeem::redeem))
        .route("/userinfo", get(userinfo::show).post(userinfo::show))
        .route("/logout", get(end_session::end).post(end_session::end))
        .layer(from_fn_with_state(provider.clone(), be_slow_or_down))
        .merge(control)
        .layer(from_fn(protect))
        .with_state(provider)
}

/// Plays the faults that hit every address alike.
async fn be_slow_or_down(State(provider): State<Provider>, request: Request, next: Next) -> Response {
    match provider.hit_fully(&[FaultMode::Slow, FaultMode::Down]) {
        Some(fault) if fault.mode == FaultMode::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some(fault) => {
            tokio::time::sleep(Duration::from_millis(fault.ms)).await;
            next.run(request).await
        }
        None => next.run(request).await,
    }
}

/// No scripts, no frames, no cache.
async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// An OAuth error answer (RFC 6749 §5.2).
fn oauth_error(status: StatusCode, error: &'static str, description: &'static str) -> Response {
    (status, Json(serde_json::json!({ "error": error, "error_description": description }))).into_response()
}
