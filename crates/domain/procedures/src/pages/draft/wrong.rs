//! `/drafts/{id}/wrong/{field}`: "what the State holds of me is wrong".

use crate::ops::request_correction::{self, RequestCorrection};
use crate::store::draft::{Draft, DraftId};
use crate::web::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub struct WrongPage {
    /// The draft.
    pub draft: String,
    /// Key of the field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What the State holds.
    pub value: String,
    /// Key of the source.
    pub source: String,
    /// When the source stood so.
    pub as_of: DateTime<Utc>,
    /// What is typed.
    pub form: FormView,
}

impl Page for WrongPage {
    const TEMPLATE: &'static str = "procedures/draft/wrong.html";

    fn samples() -> Vec<Self> {
        let page = |form| Self {
            draft: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            field: "full-name".to_owned(),
            label: "Họ, chữ đệm, tên".to_owned(),
            value: "Nguyễn Văn <Nam>".to_owned(),
            source: "population".to_owned(),
            as_of: DateTime::<Utc>::UNIX_EPOCH,
            form,
        };
        let refused = d06_kernel::Problem::field("text", "field.required");
        vec![page(FormView::new()), page(FormView::new().with("text", "").refused(&refused))]
    }
}

/// What is wrong, in the person's words.
#[derive(Debug)]
pub struct WrongForm {
    text: String,
}

impl FromFields for WrongForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { text: fields.required_up_to("text", request_correction::LONGEST)? })
    }
}

/// `GET /drafts/{id}/wrong/{field}`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, field)): Path<(DraftId, String)>,
) -> Result<Response, AppProblem> {
    let (draft, _) = web.draft::<act::EditDraft>(&cx, id).await?;
    let page = page(&cx, &web, &draft, &field, FormView::new())?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// `POST /drafts/{id}/wrong/{field}`.
pub async fn send(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, field)): Path<(DraftId, String)>,
    form: Form<WrongForm>,
) -> Result<Response, AppProblem> {
    let (draft, permit) = web.draft::<act::EditDraft>(&cx, id).await?;
    let sent = match form.value {
        Ok(sent) => {
            let command = RequestCorrection { draft: id, field: field.clone(), text: sent.text };
            request_correction::run(&cx, &web.deps, permit, command).await
        }
        Err(problem) => Err(problem),
    };
    if let Err(problem) = sent {
        let page = page(&cx, &web, &draft, &field, form.typed.refuse(problem)?)?;
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, web.platform.ui.page(&cx, &frame, &page)?).into_response()
        );
    }
    Ok((Flash::success("draft-correction-sent"), Redirect::to(&format!("/drafts/{id}"))).into_response())
}

fn page(cx: &Cx, web: &Web, draft: &Draft, field: &str, form: FormView) -> Result<WrongPage, Problem> {
    let definition = web.deps.version(&draft.procedure_version)?;
    let held = draft.prefill.get(field).ok_or_else(Problem::not_found)?;
    let defined = definition.form.field(field).ok_or_else(Problem::not_found)?;
    Ok(WrongPage {
        draft: draft.id.to_string(),
        field: field.to_owned(),
        label: defined.label.of(cx.locale).to_owned(),
        value: super::form::label_of(cx.locale, defined, &held.value),
        source: held.source.clone(),
        as_of: held.as_of,
        form,
    })
}
