//! `/`: a citizen searches, an official goes to work.

use crate::web::Web;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::{Principal, Role};
use d06_ui::{FormView, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub struct HomePage {
    /// The search form.
    pub form: FormView,
    /// How many procedures there are.
    pub procedures: usize,
    /// Whether somebody is signed in.
    pub signed_in: bool,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "procedures/home.html";

    fn samples() -> Vec<Self> {
        [false, true].map(|signed_in| Self { form: FormView::new(), procedures: 740, signed_in }).into()
    }
}

/// The page for a citizen; an official is sent where their work is.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Response, AppProblem> {
    if let Some(start) = cx.principal().and_then(start_of) {
        return Ok(Redirect::to(start).into_response());
    }
    let procedures = web.deps.catalogue.procedures().len();
    let page = HomePage { form: FormView::new(), procedures, signed_in: cx.principal().is_some() };
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// Where an official begins the day.
fn start_of(principal: &Principal) -> Option<&'static str> {
    let starts = [
        (Role::OneStopOfficer, "/work"),
        (Role::Specialist, "/work"),
        (Role::ApprovingLeader, "/work"),
        (Role::Chairman, "/steering/targets"),
        (Role::StandingOffice, "/steering/targets"),
        (Role::Auditor, "/steering/targets"),
        (Role::Administrator, "/admin/roles"),
    ];
    starts.into_iter().find(|(role, _)| principal.has(*role)).map(|(_, start)| start)
}
