//! What every request passes through, from the outside in: who comes, whether the request is really theirs, a
//! time limit, a net for panics, and on the way out the words for problems, cookies and headers.

use crate::answer::{Asked, answer};
use crate::cache::CachePolicy;
use crate::csrf;
use crate::extract::Request;
use crate::language;
use crate::notice::Flash;
use crate::platform::Platform;
use crate::problem::AppProblem;
use crate::security;
use crate::session::Session;
use crate::session::cookie::{self, NOTICE, SESSION, SetCookie, VISIT};
use crate::session::token::Token;
use crate::site::Site;
use crate::visit::{Visit, VisitParts};
use axum::extract::{MatchedPath, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use d06_kernel::id::RequestId;
use d06_kernel::{Actor, Problem};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use tracing::Instrument;

/// What the layers need.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) platform: Platform,
    pub(crate) site: Arc<Site>,
}

/// What was found out about the caller.
struct Caller {
    session: Option<(Token, Session)>,
    /// A visitor's token that the browser does not have yet.
    new_visitor: Option<Token>,
    form_token: String,
}

/// The layer around all pages and calls.
pub(crate) async fn enter(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let platform = gate.platform.clone();
    let cx = platform.anonymous_cx(language::of(request.headers()));
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    // The route and not the address: addresses may hold what people searched for.
    let span = tracing::info_span!("request", id = %cx.request, method = %request.method(), route);
    handle(gate, cx, request, next).instrument(span).await
}

async fn handle(gate: Gate, mut cx: d06_kernel::Cx, mut request: Request, next: Next) -> Response {
    let platform = gate.platform.clone();
    let started = tokio::time::Instant::now();
    let method = request.method().clone();
    let asked = Asked::of(&method, request.uri().path(), request.headers());
    let (caller, failed) = match caller(&platform, &cx, request.headers()).await {
        Ok(caller) => (caller, None),
        Err(problem) => (Caller::unknown(&cx), Some(problem)),
    };
    let (session_token, known) = match caller.session {
        Some((token, session)) => (Some(token), Some(session.known)),
        None => (None, None),
    };
    let unit_name = known.as_ref().and_then(|known| known.unit_name.clone());
    if let Some(known) = known {
        cx.actor = Actor::Person(known.principal);
    }
    let notices = cookie::get(request.headers(), NOTICE)
        .and_then(|notice| Flash::read(notice, platform.ui.texts(), cx.locale));
    let visit = Arc::new(Visit::new(VisitParts {
        nonce: URL_SAFE_NO_PAD.encode(platform.randomness.bytes::<16>()),
        path: request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        notices: notices.into_iter().collect(),
        form_token: caller.form_token,
        site: gate.site,
        platform,
        cx,
        unit_name,
        session_token,
    }));
    request.extensions_mut().insert(visit.clone());
    let response = match failed {
        Some(problem) => AppProblem(problem).into_response(),
        None => run(&visit, request, next).await,
    };
    let mut response = answer(&visit, &asked, response);
    finish(&visit, &method, caller.new_visitor, &mut response);
    record(&visit, &response, started.elapsed());
    response
}

impl Caller {
    fn unknown(cx: &d06_kernel::Cx) -> Self {
        let token = Token::new(cx.randomness());
        Self { session: None, form_token: token.form_token(), new_visitor: Some(token) }
    }
}

/// Finds the session, or the visitor's token, or makes one.
async fn caller(platform: &Platform, cx: &d06_kernel::Cx, headers: &HeaderMap) -> Result<Caller, Problem> {
    if let Some(token) = cookie::get(headers, SESSION).and_then(Token::read)
        && let Some(session) = platform.sessions.find(cx, &platform.db, &token).await?
    {
        let form_token = token.form_token();
        return Ok(Caller { session: Some((token, session)), new_visitor: None, form_token });
    }
    match cookie::get(headers, VISIT).and_then(Token::read) {
        Some(token) => Ok(Caller { session: None, new_visitor: None, form_token: token.form_token() }),
        None => Ok(Caller::unknown(cx)),
    }
}

/// Runs the handler, unless the request is not the reader's own; within its time; a panic becomes a problem.
async fn run(visit: &Visit, request: Request, next: Next) -> Response {
    let request = match csrf::check(visit, request).await {
        Ok(request) => request,
        Err(problem) => return AppProblem(problem).into_response(),
    };
    let handled = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(visit.platform.settings.timeout, handled).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => AppProblem(Problem::internal("a handler panicked")).into_response(),
        Err(_) => AppProblem(Problem::unavailable("request.too-slow")).into_response(),
    }
}

fn finish(visit: &Visit, method: &Method, new_visitor: Option<Token>, response: &mut Response) {
    let settings = &visit.platform.settings;
    let redirects = response.status().is_redirection();
    let headers = response.headers_mut();
    let is_page =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        if let Some(token) = new_visitor {
            SetCookie::new(VISIT, token.as_str(), settings.secure(), None).append_to(headers);
        }
        if !visit.notices.is_empty() && !redirects && method == Method::GET {
            SetCookie::gone(NOTICE, false).append_to(headers);
        }
    }
    security::add_headers(headers, settings, is_page.then_some(visit.nonce.as_str()));
    headers.entry(header::CACHE_CONTROL).or_insert(CachePolicy::Never.header());
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-language, cookie, hx-request"));
    let RequestId(id) = visit.cx.request;
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        headers.insert("x-request-id", id);
    }
}

fn record(visit: &Visit, response: &Response, took: std::time::Duration) {
    let class = match response.status().as_u16() {
        500.. => "5xx",
        400..=499 => "4xx",
        300..=399 => "3xx",
        _ => "2xx",
    };
    visit.site.meters.answered(class, took);
    tracing::info!(status = response.status().as_u16(), ms = took.as_secs_f64() * 1000.0, "answered");
}
