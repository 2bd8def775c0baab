//! What this domain brings to the platform.

use crate::deps::Deps;
use crate::pages::{access, correction};
use axum::http::Method;
use d06_http::{Module, Routes, Who};
use d06_kernel::{Locale, Role};
use include_dir::{Dir, include_dir};
use utoipa::OpenApi;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, include_str!("../locales/vi.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

#[derive(OpenApi)]
#[openapi()]
struct Description;

/// Texts and templates, needed before the platform exists.
pub fn source() -> d06_ui::Source {
    d06_ui::Source { name: "people", templates: &TEMPLATES, locales: LOCALES }
}

/// The pages with their samples, for checking.
pub fn samples() -> d06_ui::Pages {
    d06_ui::Pages::new()
        .with::<access::list::AccessListPage>()
        .with::<access::dispute::DisputePage>()
        .with::<access::disputes::DisputeListPage>()
        .with::<access::answer::AnswerPage>()
        .with::<correction::list::CorrectionListPage>()
        .with::<correction::new::NewCorrectionPage>()
        .with::<correction::settle::SettlePage>()
}

/// The module.
pub fn module(deps: Deps) -> Module {
    const OVERSIGHT: Who = Who::Roles(&[Role::StandingOffice, Role::Auditor]);
    const DESK: Who = Who::Roles(&[Role::StandingOffice]);
    let routes = Routes::new(deps)
        .page(Method::GET, "/access", Who::SignedIn, access::list::show)
        .page(Method::GET, "/access/{id}/dispute", Who::SignedIn, access::dispute::show)
        .page(Method::POST, "/access/{id}/dispute", Who::SignedIn, access::dispute::send)
        .page(Method::GET, "/access/disputes", OVERSIGHT, access::disputes::show)
        .page(Method::GET, "/access/disputes/{id}", OVERSIGHT, access::answer::show)
        .page(Method::POST, "/access/disputes/{id}", DESK, access::answer::send)
        .page(Method::GET, "/corrections", Who::SignedIn, correction::list::mine)
        .page(Method::GET, "/corrections/new", Who::SignedIn, correction::new::show)
        .page(Method::POST, "/corrections/new", Who::SignedIn, correction::new::send)
        .page(Method::GET, "/corrections/desk", DESK, correction::list::desk)
        .page(Method::GET, "/corrections/desk/{id}", DESK, correction::settle::show)
        .page(Method::POST, "/corrections/desk/{id}", DESK, correction::settle::send)
        .done();
    Module { name: "people", routes, handlers: Vec::new(), openapi: Description::openapi() }
}
