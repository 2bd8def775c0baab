//! The control path: faults and key rotation, for callers on this machine only.

use crate::fault::Fault;
use crate::provider::Provider;
use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;

/// Answers 404 to anyone who does not call from loopback.
pub(super) async fn only_loopback(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if peer.ip().is_loopback() { next.run(request).await } else { StatusCode::NOT_FOUND.into_response() }
}

pub(super) async fn show(State(provider): State<Provider>) -> Json<Fault> {
    Json(provider.fault())
}

pub(super) async fn play(State(provider): State<Provider>, Json(fault): Json<Fault>) -> Response {
    match provider.play(fault) {
        Ok(fault) => Json(fault).into_response(),
        Err(refused) => (StatusCode::UNPROCESSABLE_ENTITY, refused.to_string()).into_response(),
    }
}

pub(super) async fn clear(State(provider): State<Provider>) -> Response {
    play(State(provider), Json(Fault::default())).await
}

pub(super) async fn rotate(State(provider): State<Provider>) -> StatusCode {
    match provider.rotate_key() {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
