#![doc = include_str!("../README.md")]

pub mod deps;
pub mod jobs;
pub mod measures;
pub mod migration;
pub mod model;
pub mod numbers;
pub mod ops;
pub mod pages;
pub mod rest;
pub mod store;
pub mod uses;
pub mod web;

pub use deps::Deps;
pub use measures::ProcedureMeasures;
pub use uses::ProcedureUses;

use d06_http::{Module, Platform, Routes};
use d06_kernel::Locale;
use d06_ui::Source;
use include_dir::{Dir, include_dir};
use utoipa::OpenApi;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, include_str!("../locales/vi.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const NAME: &str = "procedures";

/// The templates and texts, which the `Ui` needs before there is a platform.
pub fn source() -> Source {
    Source { name: NAME, templates: &TEMPLATES, locales: LOCALES }
}

/// The module: routes, jobs and calls.
pub fn module(platform: Platform, deps: Deps) -> Module {
    let handlers = jobs::handlers(&deps);
    let routes = Routes::new(web::Web { platform, deps });
    Module {
        name: NAME,
        routes: rest::routes(pages::routes(routes)).done(),
        handlers,
        openapi: rest::Description::openapi(),
    }
}
