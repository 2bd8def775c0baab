//! `/access/disputes/{id}`: one dispute with the read it is about, and the answer.

use super::disputes::oversees;
use super::resource;
use crate::deps::Deps;
use crate::model::DisputeId;
use crate::model::access::Access;
use crate::model::dispute::{Dispute, LONGEST};
use crate::ops::answer_dispute::{self, AnswerDispute};
use crate::pages::ReplyForm;
use crate::pages::view::{AccessView, DisputeView, ReplyView};
use crate::store;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::act;
use d06_http::{AppProblem, Flash, Form, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Frame, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct AnswerPage {
    dispute: DisputeView,
    access: AccessView,
    may_answer: bool,
    form: FormView,
    longest: usize,
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "people/answer.html";

    fn samples() -> Vec<Self> {
        let page = |kind, answer, may_answer, form| Self {
            dispute: DisputeView::sample(answer),
            access: AccessView::sample(kind, true),
            may_answer,
            form,
            longest: LONGEST,
        };
        vec![
            page("officer", None, true, FormView::new().refused(&Problem::field("text", "field.required"))),
            page("own", None, false, FormView::new()),
            page("party", Some(ReplyView::sample(true)), false, FormView::new()),
            page("platform", Some(ReplyView::sample(false)), false, FormView::new()),
        ]
    }
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    oversees(&deps, &cx)?;
    page(&deps, &cx, &frame, &id, FormView::new()).await
}

pub(crate) async fn send(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
    form: Form<ReplyForm>,
) -> Result<Response, AppProblem> {
    let sent = match form.value {
        Ok(sent) => answer(&deps, &cx, &id, sent).await,
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(()) => {
            Ok((Flash::success("access-answer-sent"), Redirect::to("/access/disputes")).into_response())
        }
        Err(problem) => {
            let page = page(&deps, &cx, &frame, &id, form.typed.refuse(problem)?).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn answer(deps: &Deps, cx: &Cx, id: &str, form: ReplyForm) -> Result<(), Problem> {
    let (dispute, access) = load(deps, id).await?;
    let permit = deps.platform.authz.permit::<act::AnswerDispute>(cx, &resource(&access))?;
    let command = AnswerDispute { dispute: dispute.id, upheld: form.upheld, text: form.text };
    let tx = deps.db.begin().await?;
    answer_dispute::run(cx, &tx, &deps.bus, permit, command).await?;
    tx.commit().await
}

async fn load(deps: &Deps, id: &str) -> Result<(Dispute, Access), Problem> {
    let id: DisputeId = id.parse().map_err(|_| Problem::not_found())?;
    let tx = deps.db.read().await?;
    let dispute = store::dispute::get(&tx, id).await?;
    let access = store::access::find(&tx, dispute.access).await?.ok_or_else(Problem::not_found)?;
    Ok((dispute, access))
}

async fn page(deps: &Deps, cx: &Cx, frame: &Frame, id: &str, form: FormView) -> Result<Response, AppProblem> {
    let (dispute, access) = load(deps, id).await?;
    let open = dispute.answer.is_none();
    let page = AnswerPage {
        may_answer: open && deps.platform.authz.may::<act::AnswerDispute>(cx, &resource(&access)),
        dispute: DisputeView::of(cx, deps, dispute).await,
        access: AccessView::of(cx, deps, access).await,
        form,
        longest: LONGEST,
    };
    Ok(deps.platform.ui.page(cx, frame, &page)?.into_response())
}
