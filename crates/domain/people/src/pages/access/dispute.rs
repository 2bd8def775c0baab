//! `/access/{id}/dispute`: this read should not have been.

use super::{load, resource};
use crate::deps::Deps;
use crate::model::AccessId;
use crate::model::dispute::LONGEST;
use crate::ops::dispute_access::{self, DisputeAccess};
use crate::pages::view::AccessView;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Frame, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct DisputePage {
    access: AccessView,
    form: FormView,
    longest: usize,
}

impl Page for DisputePage {
    const TEMPLATE: &'static str = "people/dispute.html";

    fn samples() -> Vec<Self> {
        let page = |form| Self { access: AccessView::sample("officer", true), form, longest: LONGEST };
        vec![
            page(FormView::new()),
            page(FormView::new().refused(&Problem::field("reason", "field.required"))),
        ]
    }
}

/// The form.
#[derive(Debug)]
pub(crate) struct DisputeForm {
    reason: String,
}

impl FromFields for DisputeForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { reason: fields.required_up_to("reason", LONGEST)? })
    }
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    page(&deps, &cx, &frame, &id, FormView::new()).await
}

pub(crate) async fn send(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
    form: Form<DisputeForm>,
) -> Result<Response, AppProblem> {
    let sent = match form.value {
        Ok(sent) => dispute(&deps, &cx, &id, sent).await,
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(()) => Ok((Flash::success("access-dispute-sent"), Redirect::to("/access")).into_response()),
        Err(problem) => {
            let page = page(&deps, &cx, &frame, &id, form.typed.refuse(problem)?).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn dispute(deps: &Deps, cx: &Cx, id: &str, form: DisputeForm) -> Result<(), Problem> {
    let access = load(deps, id).await?;
    let permit = deps.platform.authz.permit::<act::DisputeAccess>(cx, &resource(&access))?;
    let access: AccessId = access.id;
    let tx = deps.db.begin().await?;
    dispute_access::run(cx, &tx, &deps.bus, permit, DisputeAccess { access, reason: form.reason }).await?;
    tx.commit().await
}

async fn page(deps: &Deps, cx: &Cx, frame: &Frame, id: &str, form: FormView) -> Result<Response, AppProblem> {
    let access = load(deps, id).await?;
    deps.platform.authz.permit::<act::DisputeAccess>(cx, &resource(&access))?;
    let page = DisputePage { access: AccessView::of(cx, deps, access).await, form, longest: LONGEST };
    Ok(deps.platform.ui.page(cx, frame, &page)?.into_response())
}
