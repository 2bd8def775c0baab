//! The calls of this domain for programs, under `/api/v1`.

pub mod dossier;
pub mod procedure;

use crate::web::Web;
use axum::http::Method;
use d06_http::{Routes, Who};
use utoipa::OpenApi;

/// The calls' routes.
pub fn routes(routes: Routes<Web>) -> Routes<Web> {
    routes
        .rest(Method::GET, "/api/v1/procedures", Who::Public, procedure::search)
        .rest(Method::GET, "/api/v1/dossiers", Who::Citizen, dossier::list)
        .rest(Method::GET, "/api/v1/dossiers/{id}", Who::SignedIn, dossier::get)
}

/// Their description.
#[derive(Debug, OpenApi)]
#[openapi(paths(procedure::search, dossier::list, dossier::get))]
pub struct Description;
