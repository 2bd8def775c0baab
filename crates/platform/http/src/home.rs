//! The start page: citizens look for a procedure; officials go straight to their work.

use crate::extract::{PageFrame, RequestCx, of_extensions};
use crate::platform::Platform;
use crate::problem::AppProblem;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use d06_ui::Page;
use serde::Serialize;

/// The start page.
#[derive(Debug, Serialize)]
pub struct HomePage {
    /// Whether a citizen is signed in, who then sees the ways to their own things.
    signed_in: bool,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "http/home.html";

    fn samples() -> Vec<Self> {
        vec![Self { signed_in: false }, Self { signed_in: true }]
    }
}

pub(crate) async fn show(
    State(platform): State<Platform>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    request: Request,
) -> Result<Response, AppProblem> {
    let site = &of_extensions(request.extensions())?.site;
    if let Some(entry) = site.navigation.iter().find(|entry| entry.is_work_of(&cx)) {
        return Ok(Redirect::to(entry.href).into_response());
    }
    let page = HomePage { signed_in: cx.principal().is_some() };
    Ok(platform.ui.page(&cx, &frame, &page)?.into_response())
}
