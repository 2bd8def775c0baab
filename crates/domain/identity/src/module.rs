//! What this domain brings to the platform.

use crate::oidc::Provider;
use crate::pages;
use axum::extract::FromRef;
use axum::http::Method;
use d06_http::{Module, Platform, Routes, Who};
use d06_kernel::{Locale, Role};
use include_dir::{Dir, include_dir};
use utoipa::OpenApi;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, include_str!("../locales/vi.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

/// What this domain needs.
#[derive(Clone, Debug)]
pub struct Deps {
    /// The platform.
    pub platform: Platform,
    /// The identity provider.
    pub provider: Provider,
}

impl FromRef<Deps> for Platform {
    fn from_ref(deps: &Deps) -> Self {
        deps.platform.clone()
    }
}

#[derive(OpenApi)]
#[openapi()]
struct Description;

/// Texts and templates, needed before the platform exists.
pub fn source() -> d06_ui::Source {
    d06_ui::Source { name: "identity", templates: &TEMPLATES, locales: LOCALES }
}

/// The pages with their samples, for checking.
pub fn samples() -> d06_ui::Pages {
    d06_ui::Pages::new().with::<pages::SignInPage>().with::<pages::UnitPage>().with::<pages::RolesPage>()
}

/// The module.
pub fn module(deps: Deps) -> Module {
    const ADMINISTRATION: Who = Who::Roles(&[Role::Administrator, Role::Auditor]);
    const ADMINISTRATOR: Who = Who::Roles(&[Role::Administrator]);
    let routes = Routes::new(deps)
        .page(Method::GET, "/sign-in", Who::Public, pages::sign_in::show)
        .page(Method::POST, "/sign-in", Who::Public, pages::sign_in::begin)
        .page(Method::GET, "/sign-in/callback", Who::Public, pages::sign_in::finish)
        .page(Method::POST, "/sign-out", Who::SignedIn, pages::sign_out::sign_out)
        .page(Method::GET, "/sign-in/unit", Who::SignedIn, pages::unit::show)
        .page(Method::POST, "/sign-in/unit", Who::SignedIn, pages::unit::choose)
        .page(Method::GET, "/admin/roles", ADMINISTRATION, pages::roles::show)
        .page(Method::POST, "/admin/roles", ADMINISTRATOR, pages::roles::give)
        .page(Method::POST, "/admin/roles/{id}/end", ADMINISTRATOR, pages::roles::end)
        .done();
    Module { name: "identity", routes, handlers: Vec::new(), openapi: Description::openapi() }
}
