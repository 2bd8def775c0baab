//! What this domain brings to the platform.

use crate::deps::Deps;
use crate::ops::verify_log::LogVerifier;
use crate::pages;
use axum::http::Method;
use d06_http::{Module, Routes, Who};
use d06_kernel::{Locale, Role};
use include_dir::{Dir, include_dir};
use std::sync::Arc;
use utoipa::openapi::OpenApi;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, include_str!("../locales/vi.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

/// Texts and templates, needed before the platform exists.
pub fn source() -> d06_ui::Source {
    d06_ui::Source { name: "protection", templates: &TEMPLATES, locales: LOCALES }
}

/// The pages with their samples, for checking.
pub fn samples() -> d06_ui::Pages {
    d06_ui::Pages::new().with::<pages::log::LogPage>().with::<pages::entry::EntryPage>()
}

/// The module.
pub fn module(deps: Deps) -> Module {
    const AUDITORS: Who = Who::Roles(&[Role::Auditor]);
    let verifier = Arc::new(LogVerifier(deps.log.clone()));
    let routes = Routes::new(deps)
        .page(Method::GET, "/audit", AUDITORS, pages::log::show)
        .page(Method::POST, "/audit/actor", AUDITORS, pages::log::find_actor)
        .page(Method::POST, "/audit/verify", AUDITORS, pages::log::verify)
        .page(Method::GET, "/audit/checkpoint.txt", AUDITORS, pages::download::checkpoint)
        .page(Method::GET, "/audit/entries/{id}", AUDITORS, pages::entry::show)
        .page(Method::GET, "/audit/entries/{id}/leaf.json", AUDITORS, pages::download::leaf)
        .page(Method::GET, "/audit/entries/{id}/proof.txt", AUDITORS, pages::download::proof)
        .done();
    Module { name: "protection", routes, handlers: vec![verifier], openapi: OpenApi::default() }
}
