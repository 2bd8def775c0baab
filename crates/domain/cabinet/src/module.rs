//! What this domain brings to the platform.

use crate::cabinet::Cabinet;
use crate::pages;
use axum::extract::FromRef;
use axum::http::Method;
use d06_http::{Module, Platform, Routes, Who};
use d06_kernel::Locale;
use d06_ui::{Pages, Source};
use include_dir::{Dir, include_dir};
use utoipa::OpenApi;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, include_str!("../locales/vi.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

/// What handlers get.
#[derive(Clone, Debug)]
pub(crate) struct Web {
    pub(crate) platform: Platform,
    pub(crate) cabinet: Cabinet,
}

impl FromRef<Web> for Platform {
    fn from_ref(web: &Web) -> Self {
        web.platform.clone()
    }
}

#[derive(OpenApi)]
#[openapi()]
struct Description;

/// Texts and templates, needed before the platform exists.
pub fn source() -> Source {
    Source { name: "cabinet", templates: &TEMPLATES, locales: LOCALES }
}

/// The pages with their samples, for checking.
pub fn samples() -> Pages {
    Pages::new().with::<pages::CabinetPage>().with::<pages::DocumentPage>().with::<pages::VerifyPage>()
}

/// The module.
pub fn module(platform: Platform, cabinet: Cabinet) -> Module {
    let routes = Routes::new(Web { platform, cabinet })
        .page(Method::GET, "/cabinet", Who::Citizen, pages::cabinet::show)
        .page(Method::GET, "/cabinet/{id}", Who::Citizen, pages::document::show)
        .page(Method::GET, "/cabinet/{id}/document.pdf", Who::Citizen, pages::document::download)
        .page(Method::GET, "/verify/{secret}", Who::Public, pages::verify::show)
        .done();
    Module { name: "cabinet", routes, handlers: Vec::new(), openapi: Description::openapi() }
}
