//! `/corrections/new`: what the State holds of me is wrong.

use crate::deps::Deps;
use crate::model::correction::FIELDS;
use crate::model::dispute::LONGEST;
use crate::ops::request_correction::{self, RequestCorrection};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::{Kind, Resource, act};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Frame, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct NewCorrectionPage {
    fields: &'static [&'static str],
    form: FormView,
    longest: usize,
}

impl Page for NewCorrectionPage {
    const TEMPLATE: &'static str = "people/correction-new.html";

    fn samples() -> Vec<Self> {
        let refused = FormView::new().refused(&Problem::field("field", "field.choose"));
        [FormView::new(), refused].map(|form| Self { fields: &FIELDS, form, longest: LONGEST }).into()
    }
}

/// The form.
#[derive(Debug)]
pub(crate) struct CorrectionForm {
    field: String,
    wanted: String,
}

impl FromFields for CorrectionForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let field = fields.choice("field", &FIELDS);
        let wanted = fields.required_up_to("wanted", LONGEST);
        Some(Self { field: field?, wanted: wanted? })
    }
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Response, AppProblem> {
    page(&deps, &cx, &frame, FormView::new())
}

pub(crate) async fn send(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<CorrectionForm>,
) -> Result<Response, AppProblem> {
    let sent = match form.value {
        Ok(sent) => request(&deps, &cx, sent).await,
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(()) => Ok((Flash::success("correction-sent"), Redirect::to("/corrections")).into_response()),
        Err(problem) => {
            let page = page(&deps, &cx, &frame, form.typed.refuse(problem)?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn request(deps: &Deps, cx: &Cx, form: CorrectionForm) -> Result<(), Problem> {
    let subject = cx.require_principal()?.number;
    let own = Resource::new(Kind::Correction, subject.as_str()).owned_by([subject]);
    let permit = deps.platform.authz.permit::<act::RequestCorrection>(cx, &own)?;
    let command = RequestCorrection { subject, field: form.field, wanted: form.wanted };
    let tx = deps.db.begin().await?;
    request_correction::run(cx, &tx, &deps.office, permit, command).await?;
    tx.commit().await
}

fn page(deps: &Deps, cx: &Cx, frame: &Frame, form: FormView) -> Result<Response, AppProblem> {
    let page = NewCorrectionPage { fields: &FIELDS, form, longest: LONGEST };
    Ok(deps.platform.ui.page(cx, frame, &page)?.into_response())
}
