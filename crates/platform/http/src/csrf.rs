//! Keeps other sites from acting in a reader's name.
//!
//! Three walls: cookies are `SameSite=Lax`; a request that changes something must come from our own pages as the
//! browser tells by `Sec-Fetch-Site` or `Origin`; and forms carry a token that only our pages know (OWASP
//! cross-site request forgery prevention). Sign-in is guarded like everything else.

use crate::extract::Request;
use crate::form::fields::Fields;
use crate::session::cookie::{self, SESSION};
use crate::session::token::equal;
use crate::settings::HttpSettings;
use crate::visit::Visit;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, header};
use d06_kernel::{Problem, ProblemKind};
use std::sync::Arc;

/// The form field, and the header for scripts and programs.
pub(crate) const FIELD: &str = "csrf";
const HEADER: &str = "x-csrf";

/// Where a request comes from, as the browser tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Own,
    Foreign,
    Unsaid,
}

/// The token of a multipart form is to be checked by its extractor, which reads the body.
#[derive(Clone, Copy)]
pub(crate) struct TokenPending;

/// The fields of a form whose token has been checked.
#[derive(Clone)]
pub(crate) struct CheckedFields(pub(crate) Arc<Fields>);

/// Lets a request pass that comes from our own pages. The body of a form is read here, once; the form extractor
/// finds its fields in the request's extensions.
pub(crate) async fn check(visit: &Visit, request: Request) -> Result<Request, Problem> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let origin = origin(&parts.headers, &visit.platform.settings);
    if origin == Origin::Foreign {
        return Err(Problem::new(ProblemKind::Forbidden, "form.foreign"));
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    let in_header = parts.headers.get(HEADER).and_then(|token| token.to_str().ok());
    let proven = in_header.is_some_and(|token| equal(token, &visit.form_token));
    if kind.starts_with("application/x-www-form-urlencoded") {
        let limit = visit.platform.settings.body_limit;
        let bytes =
            to_bytes(body, limit).await.map_err(|_| Problem::new(ProblemKind::TooLarge, "too-large"))?;
        let fields = Fields::of_urlencoded(&bytes);
        visit.keep_typed(fields.view());
        check_token(visit, &parts.headers, proven, &fields)?;
        parts.extensions.insert(CheckedFields(Arc::new(fields)));
        return Ok(Request::from_parts(parts, Body::from(bytes)));
    }
    if !proven && kind.starts_with("multipart/form-data") {
        parts.extensions.insert(TokenPending);
    } else if !proven && origin == Origin::Unsaid && cookie::get(&parts.headers, SESSION).is_some() {
        return Err(expired(visit, &parts.headers));
    }
    Ok(Request::from_parts(parts, body))
}

/// Checks the token among the fields of a form.
pub(crate) fn check_token(
    visit: &Visit,
    headers: &HeaderMap,
    proven: bool,
    fields: &Fields,
) -> Result<(), Problem> {
    if proven || fields.raw(FIELD).is_some_and(|token| equal(token, &visit.form_token)) {
        return Ok(());
    }
    Err(expired(visit, headers))
}

/// Why a token does not fit: mostly the session has ended since the page was opened.
fn expired(visit: &Visit, headers: &HeaderMap) -> Problem {
    if visit.cx.principal().is_none() && cookie::get(headers, SESSION).is_some() {
        return Problem::new(ProblemKind::SignInRequired, "sign-in.ended");
    }
    Problem::new(ProblemKind::Forbidden, "form.expired")
}

fn origin(headers: &HeaderMap, settings: &HttpSettings) -> Origin {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (said("sec-fetch-site"), said("origin")) {
        (Some("same-origin" | "none"), _) => Origin::Own,
        (Some(_), _) => Origin::Foreign,
        (None, Some(origin)) if origin == settings.origin() || same_host(origin, said("host")) => Origin::Own,
        (None, Some(_)) => Origin::Foreign,
        (None, None) => Origin::Unsaid,
    }
}

fn same_host(origin: &str, host: Option<&str>) -> bool {
    origin.split_once("://").is_some_and(|(_, named)| host.is_some_and(|host| host == named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn told(pairs: &[(&'static str, &'static str)]) -> Origin {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        origin(&headers, &HttpSettings::at("https://dichvu.example"))
    }

    #[test]
    fn the_browsers_word_decides() {
        assert_eq!(
            told(&[("sec-fetch-site", "same-origin"), ("origin", "https://dichvu.example")]),
            Origin::Own
        );
        assert_eq!(
            told(&[("sec-fetch-site", "cross-site"), ("origin", "https://dichvu.example")]),
            Origin::Foreign
        );
        assert_eq!(told(&[("sec-fetch-site", "same-site")]), Origin::Foreign);
        assert_eq!(told(&[("origin", "https://dichvu.example")]), Origin::Own);
        assert_eq!(told(&[("origin", "http://127.0.0.1:1"), ("host", "127.0.0.1:1")]), Origin::Own);
        assert_eq!(told(&[("origin", "null")]), Origin::Foreign);
        assert_eq!(told(&[]), Origin::Unsaid);
    }
}
