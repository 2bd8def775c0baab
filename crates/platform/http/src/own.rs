//! The routes of this crate: styles and scripts, language, health, counters, the description of all calls.

use crate::cache::CachePolicy;
use crate::extract::RequestCx;
use crate::form::{Fields, Form, FromFields};
use crate::home;
use crate::next::NextPath;
use crate::platform::Platform;
use crate::problem::AppProblem;
use crate::route::{Routes, Who};
use crate::session::cookie::{LANGUAGE, SetCookie};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use d06_kernel::Locale;
use d06_ui::Source;
use include_dir::{Dir, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, include_str!("../locales/vi.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

/// Seconds a choice of language is kept: a year.
const LANGUAGE_SECONDS: i64 = 365 * 24 * 3600;

/// Pages and texts of this crate; every `Ui` needs them.
pub fn source() -> Source {
    Source { name: "http", templates: &TEMPLATES, locales: LOCALES }
}

/// Routes that every platform has and that readers use.
pub(crate) fn routes(platform: Platform) -> Routes {
    Routes::new(platform)
        .page(Method::GET, "/", Who::Public, home::show)
        .page(Method::POST, "/language", Who::Public, choose_language)
        .done()
}

/// Routes that machines use; they need no session.
pub(crate) fn machine_routes(platform: Platform, openapi: String) -> axum::Router {
    axum::Router::new()
        .route("/assets/{file}", axum::routing::get(asset))
        .route("/health", axum::routing::get(health))
        .route("/metrics", axum::routing::get(metrics))
        .with_state(platform)
        .route("/openapi.json", axum::routing::get(move || describe(openapi.clone())))
}

/// The form of the language switch.
#[derive(Debug)]
struct LanguageForm {
    language: Locale,
    next: NextPath,
}

impl FromFields for LanguageForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let language = match fields.choice("language", &["vi", "en"])?.as_str() {
            "en" => Locale::En,
            _ => Locale::Vi,
        };
        Some(Self { language, next: NextPath::read(fields.raw("next").unwrap_or("/")) })
    }
}

async fn choose_language(
    State(platform): State<Platform>,
    RequestCx(_): RequestCx,
    form: Form<LanguageForm>,
) -> Result<Response, AppProblem> {
    let LanguageForm { language, next } = form.value?;
    let secure = platform.settings.secure();
    let cookie = SetCookie::new(LANGUAGE, language.tag(), secure, Some(LANGUAGE_SECONDS));
    Ok((cookie, Redirect::to(next.as_str())).into_response())
}

async fn asset(State(platform): State<Platform>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = platform.ui.assets().get(&file) else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|line| line.to_str().ok()).unwrap_or("");
    let compressed = asset.gzip.filter(|_| accepts.contains("gzip"));
    let mut response = (CachePolicy::Forever, compressed.unwrap_or(asset.bytes)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if compressed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// Whether the platform works: 200 while the database answers.
async fn health(State(platform): State<Platform>) -> Response {
    match platform.db.read().await {
        Ok(_) => (CachePolicy::Never, "ok\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, CachePolicy::Never, "database\n").into_response(),
    }
}

async fn metrics(State(platform): State<Platform>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (CachePolicy::Never, kind, platform.metrics.render()).into_response()
}

async fn describe(openapi: String) -> Response {
    (CachePolicy::Minutes(5), [(header::CONTENT_TYPE, "application/json")], openapi).into_response()
}
