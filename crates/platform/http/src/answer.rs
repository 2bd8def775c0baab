//! Turns problems into answers: a page for people, problem+json (RFC 9457) for programs.
//!
//! An address that does not exist and one that the reader may not know answer with the same page.

use crate::problem::{Carried, status_of};
use crate::visit::Visit;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use d06_kernel::{FieldProblem, Problem, ProblemKind};
use d06_ui::{FormView, Page};
use serde::Serialize;
use std::error::Error;

/// Seconds after which a caller may try again what is limited or unavailable.
const RETRY_SECONDS: &str = "30";

/// Names of fields whose values are never shown again.
const UNSHOWN: [&str; 3] = ["password", "code", "secret"];

/// Names of fields that a form carries along without the reader's doing.
const CARRIED: [&str; 2] = ["version", "next"];

/// What the answer depends on, taken from the request before it is handled.
pub(crate) struct Asked {
    method: Method,
    json: bool,
    htmx: bool,
}

impl Asked {
    pub(crate) fn of(method: &Method, path: &str, headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|line| line.to_str().ok()).unwrap_or("");
        let json = path.starts_with("/api/") || (accept.contains("json") && !accept.contains("text/html"));
        Self { method: method.clone(), json, htmx: headers.contains_key("hx-request") }
    }
}

/// The page of a problem.
#[derive(Debug, Serialize)]
pub struct ProblemPage {
    status: u16,
    kind: ProblemKind,
    message: String,
    fields: Vec<String>,
    typed: Vec<(String, String)>,
    sign_in: String,
}

impl Page for ProblemPage {
    const TEMPLATE: &'static str = "http/problem.html";

    fn samples() -> Vec<Self> {
        let kinds = [
            ProblemKind::NotFound,
            ProblemKind::SignInRequired,
            ProblemKind::Forbidden,
            ProblemKind::Invalid,
            ProblemKind::Conflict,
            ProblemKind::TooLarge,
            ProblemKind::TooMany,
            ProblemKind::Unavailable,
            ProblemKind::Internal,
        ];
        kinds
            .into_iter()
            .map(|kind| Self {
                status: status_of(kind).as_u16(),
                kind,
                message: "Hồ sơ đã được người khác quyết định.".to_owned(),
                fields: vec!["Ngày này không có trong lịch".to_owned()],
                typed: vec![("reason".to_owned(), "Đủ điều kiện".to_owned())],
                sign_in: "/sign-in?next=%2Fwork".to_owned(),
            })
            .collect()
    }
}

/// Problem details (RFC 9457 §3).
#[derive(Debug, Serialize)]
struct ProblemDetails<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    code: &'a str,
    request: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldDetails<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldDetails<'a> {
    field: &'a str,
    code: &'a str,
    detail: String,
}

/// Answers the problem that a response carries, if it carries one.
pub(crate) fn answer(visit: &Visit, asked: &Asked, mut response: Response) -> Response {
    let carried = response.extensions_mut().remove::<Carried>().and_then(|carried| carried.take());
    match carried.or_else(|| refused_by_router(&response)) {
        Some(problem) => {
            log(&problem);
            answer_problem(visit, asked, &problem)
        }
        None => response,
    }
}

fn answer_problem(visit: &Visit, asked: &Asked, problem: &Problem) -> Response {
    let status = status_of(problem.kind);
    let mut response = if asked.json {
        as_json(visit, problem, status)
    } else if problem.kind == ProblemKind::SignInRequired && (asked.method == Method::GET || asked.htmx) {
        to_sign_in(visit, asked)
    } else {
        as_page(visit, asked, problem, status)
    };
    if matches!(problem.kind, ProblemKind::TooMany | ProblemKind::Unavailable) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    }
    response
}

fn as_json(visit: &Visit, problem: &Problem, status: StatusCode) -> Response {
    let texts = visit.platform.ui.texts();
    let locale = visit.cx.locale;
    let details = ProblemDetails {
        r#type: format!("urn:dean06:problem:{}", problem.code),
        title: texts.plain(locale, &format!("problem-title-{}", status.as_u16())),
        status: status.as_u16(),
        detail: texts.problem(locale, problem),
        code: problem.code,
        request: visit.cx.request.to_string(),
        fields: problem
            .fields
            .iter()
            .map(|field| FieldDetails {
                field: &field.field,
                code: field.code,
                detail: field_text(visit, field),
            })
            .collect(),
    };
    let body = serde_json::to_vec(&details).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

fn as_page(visit: &Visit, asked: &Asked, problem: &Problem, status: StatusCode) -> Response {
    let mut frame = visit.frame();
    if problem.kind == ProblemKind::NotFound {
        // The page must not tell one address from another.
        frame.path = "/".to_owned();
        for item in &mut frame.navigation {
            item.current = false;
        }
    }
    let page = ProblemPage {
        status: status.as_u16(),
        kind: problem.kind,
        message: visit.platform.ui.texts().problem(visit.cx.locale, problem),
        fields: problem.fields.iter().map(|field| field_text(visit, field)).collect(),
        typed: if asked.method == Method::GET { Vec::new() } else { typed_rows(visit.typed()) },
        sign_in: sign_in_address("/"),
    };
    match visit.platform.ui.page(&visit.cx, &frame, &page) {
        Ok(html) => (status, html).into_response(),
        Err(_) => {
            (status, visit.platform.ui.texts().plain(visit.cx.locale, "problem-internal")).into_response()
        }
    }
}

/// A page that wants a signed-in reader leads to sign-in and from there back.
fn to_sign_in(visit: &Visit, asked: &Asked) -> Response {
    let back = if asked.method == Method::GET { visit.path.as_str() } else { "/" };
    let address = sign_in_address(back);
    if asked.htmx {
        let redirect = HeaderValue::try_from(address).unwrap_or(HeaderValue::from_static("/sign-in"));
        return (StatusCode::OK, [("hx-redirect", redirect)]).into_response();
    }
    Redirect::to(&address).into_response()
}

fn sign_in_address(back: &str) -> String {
    let query: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("next", back).finish();
    format!("/sign-in?{query}")
}

fn field_text(visit: &Visit, field: &FieldProblem) -> String {
    let texts = visit.platform.ui.texts();
    texts
        .code(visit.cx.locale, field.code, &field.args)
        .unwrap_or_else(|| texts.plain(visit.cx.locale, "problem-input-invalid"))
}

fn typed_rows(typed: Option<FormView>) -> Vec<(String, String)> {
    let Some(typed) = typed else { return Vec::new() };
    typed
        .values()
        .iter()
        .filter(|(field, _)| !UNSHOWN.contains(&field.as_str()) && !CARRIED.contains(&field.as_str()))
        .map(|(field, values)| (field.clone(), values.join(", ")))
        .filter(|(_, value)| !value.trim().is_empty())
        .collect()
}

/// What axum itself refused with a plain text: a path, query or body that cannot be read, a method not known.
fn refused_by_router(response: &Response) -> Option<Problem> {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !status.is_client_error() || kind.is_some_and(|kind| !kind.starts_with("text/plain")) {
        return None;
    }
    Some(match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(ProblemKind::TooLarge, "too-large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => {
            Problem::invalid("input.unreadable")
        }
        _ => Problem::not_found(),
    })
}

fn log(problem: &Problem) {
    let cause = causes(problem);
    match problem.kind {
        ProblemKind::Internal => tracing::error!(code = problem.code, cause, "request failed"),
        ProblemKind::Unavailable => tracing::warn!(code = problem.code, cause, "request not served"),
        _ => tracing::debug!(code = problem.code, "request refused"),
    }
}

fn causes(problem: &Problem) -> String {
    let mut text = String::new();
    let mut next: Option<&(dyn Error + 'static)> = problem.source();
    while let Some(error) = next {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}
