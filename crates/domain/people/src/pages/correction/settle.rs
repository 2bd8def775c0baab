//! `/corrections/desk/{id}`: one request, and the answer of the office.

use super::resource;
use crate::deps::Deps;
use crate::model::CorrectionId;
use crate::model::correction::Correction;
use crate::model::dispute::LONGEST;
use crate::ops::settle_correction::{self, SettleCorrection};
use crate::pages::ReplyForm;
use crate::pages::view::{CorrectionView, ReplyView};
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
pub(crate) struct SettlePage {
    correction: CorrectionView,
    may_settle: bool,
    form: FormView,
    longest: usize,
}

impl Page for SettlePage {
    const TEMPLATE: &'static str = "people/settle.html";

    fn samples() -> Vec<Self> {
        let page = |answer: Option<ReplyView>, form| Self {
            may_settle: answer.is_none(),
            correction: CorrectionView::sample(answer),
            form,
            longest: LONGEST,
        };
        vec![
            page(None, FormView::new().refused(&Problem::field("upheld", "field.choose"))),
            page(Some(ReplyView::sample(true)), FormView::new()),
            page(Some(ReplyView::sample(false)), FormView::new()),
        ]
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
    form: Form<ReplyForm>,
) -> Result<Response, AppProblem> {
    let sent = match form.value {
        Ok(sent) => settle(&deps, &cx, &id, sent).await,
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(()) => {
            Ok((Flash::success("correction-settled"), Redirect::to("/corrections/desk")).into_response())
        }
        Err(problem) => {
            let page = page(&deps, &cx, &frame, &id, form.typed.refuse(problem)?).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn settle(deps: &Deps, cx: &Cx, id: &str, form: ReplyForm) -> Result<(), Problem> {
    let correction = load(deps, id).await?;
    let permit = deps.platform.authz.permit::<act::SettleCorrection>(cx, &resource(&correction))?;
    let command = SettleCorrection { correction: correction.id, upheld: form.upheld, text: form.text };
    let tx = deps.db.begin().await?;
    settle_correction::run(cx, &tx, &deps.bus, permit, command).await?;
    tx.commit().await
}

async fn load(deps: &Deps, id: &str) -> Result<Correction, Problem> {
    let id: CorrectionId = id.parse().map_err(|_| Problem::not_found())?;
    let tx = deps.db.read().await?;
    store::correction::get(&tx, id).await
}

async fn page(deps: &Deps, cx: &Cx, frame: &Frame, id: &str, form: FormView) -> Result<Response, AppProblem> {
    let correction = load(deps, id).await?;
    let seen = resource(&correction);
    deps.platform.authz.permit::<act::ViewCorrection>(cx, &seen)?;
    let open = correction.answer.is_none();
    let page = SettlePage {
        may_settle: open && deps.platform.authz.may::<act::SettleCorrection>(cx, &seen),
        correction: CorrectionView::from(correction),
        form,
        longest: LONGEST,
    };
    Ok(deps.platform.ui.page(cx, frame, &page)?.into_response())
}
