//! `/sign-in` and its callback.

use crate::module::Deps;
use crate::ops::begin_sign_in;
use crate::ops::finish_sign_in::{self, Callback};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{
    AppProblem, ClientAddress, Fields, Form, FromFields, NextPath, PageFrame, RequestCx, SetCookie,
    cookie_value,
};
use d06_kernel::{Problem, ProblemKind};
use d06_ui::{Page, texts};
use serde::{Deserialize, Serialize};

/// Ties an attempt to the browser that began it.
const ATTEMPT: &str = "d06_attempt";
const ATTEMPT_SECONDS: i64 = begin_sign_in::PATIENCE.num_seconds();

/// The banner shown while VNeID does not answer.
const OUTAGE: &str = "outage-vneid";

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct SignInPage {
    next: String,
    /// Message id of what went wrong with the last attempt.
    problem: Option<String>,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "identity/sign_in.html";

    fn samples() -> Vec<Self> {
        let page =
            |problem: Option<&str>| Self { next: "/cabinet".to_owned(), problem: problem.map(str::to_owned) };
        vec![page(None), page(Some("problem-vneid-unavailable"))]
    }
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct ShowQuery {
    #[serde(default)]
    next: NextPath,
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<ShowQuery>,
) -> Result<Response, AppProblem> {
    if cx.principal().is_some() {
        return Ok(Redirect::to(query.next.as_str()).into_response());
    }
    let page = SignInPage { next: query.next.as_str().to_owned(), problem: None };
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}

#[derive(Debug)]
pub(crate) struct BeginForm {
    next: NextPath,
}

impl FromFields for BeginForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { next: NextPath::read(fields.raw("next").unwrap_or("/")) })
    }
}

pub(crate) async fn begin(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    ClientAddress(address): ClientAddress,
    form: Form<BeginForm>,
) -> Result<Response, AppProblem> {
    let platform = &deps.platform;
    platform.sign_in_limit.take(cx.now(), address)?;
    let next = form.value?.next;
    match begin_sign_in::run(&cx, &platform.db, &deps.provider, next.as_str()).await {
        Ok(begun) => {
            platform.outages.end(OUTAGE);
            let cookie = SetCookie::new(
                ATTEMPT,
                &begun.browser_secret,
                platform.settings.secure(),
                Some(ATTEMPT_SECONDS),
            );
            Ok((cookie, Redirect::to(&begun.url)).into_response())
        }
        Err(problem) => refuse(&deps, &cx, &frame, next.as_str(), problem),
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct CallbackQuery {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
}

pub(crate) async fn finish(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    headers: HeaderMap,
    Query(query): Query<CallbackQuery>,
) -> Result<Response, AppProblem> {
    let platform = &deps.platform;
    let callback = Callback {
        state: query.state,
        code: query.code.ok_or_else(|| query.error.unwrap_or_default()),
        browser_secret: cookie_value(&headers, ATTEMPT).map(str::to_owned),
    };
    let gone = SetCookie::gone(ATTEMPT, platform.settings.secure());
    match finish_sign_in::run(&cx, &platform.db, &deps.provider, &platform.sessions, callback).await {
        Ok(signed_in) => {
            platform.outages.end(OUTAGE);
            let (session, visit) = signed_in.cookies;
            let to = if signed_in.may_choose {
                let next: String = url::form_urlencoded::byte_serialize(signed_in.next.as_bytes()).collect();
                format!("/sign-in/unit?next={next}")
            } else {
                signed_in.next
            };
            Ok((gone, session, visit, Redirect::to(&to)).into_response())
        }
        Err(problem) => Ok((gone, refuse(&deps, &cx, &frame, "/", problem)?).into_response()),
    }
}

/// The sign-in page with what went wrong, so that the person can try again. Defects go on as they are.
fn refuse(
    deps: &Deps,
    cx: &d06_kernel::Cx,
    frame: &d06_ui::Frame,
    next: &str,
    problem: Problem,
) -> Result<Response, AppProblem> {
    if !matches!(problem.kind, ProblemKind::Invalid | ProblemKind::Unavailable) {
        return Err(problem.into());
    }
    if problem.code == "vneid.unavailable" {
        deps.platform.outages.begin(OUTAGE, cx.now());
    }
    tracing::info!(request = %cx.request, code = problem.code, "sign-in refused");
    let page = SignInPage { next: next.to_owned(), problem: Some(texts::problem_message(problem.code)) };
    let html = deps.platform.ui.page(cx, frame, &page)?;
    Ok((d06_http::status_of(problem.kind), html).into_response())
}
