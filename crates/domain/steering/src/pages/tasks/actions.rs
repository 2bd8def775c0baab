//! What the forms of a task's page do: steps and evidence.

use super::show;
use crate::model::assignment::{AssignmentId, Step};
use crate::model::evidence::EvidenceId;
use crate::ops::step_task::{self, StepPermit, StepTask};
use crate::ops::{evidence, task_resource};
use crate::pages::SteeringState;
use crate::pages::proof::read_evidence;
use crate::pages::refusal::{attachment, refusal};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx, Upload};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Frame};

/// What the buttons of a task send.
#[derive(Debug)]
pub(super) struct StepForm {
    step: Step,
    version: i64,
    reason: Option<String>,
    due: Option<NaiveDate>,
}

impl FromFields for StepForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let step = fields.choice("step", &Step::ALL.map(Step::name)).as_deref().and_then(Step::from_name);
        let (version, due) = (fields.parsed("version", "number.not-whole"), fields.optional_date("due"));
        Some(Self { reason: fields.text_up_to("reason", 2000), step: step?, version: version?, due: due? })
    }
}

/// `POST /steering/tasks/{id}/steps`.
pub(super) async fn step(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
    form: Form<StepForm>,
) -> Result<Response, AppProblem> {
    let done = match form.value {
        Ok(input) => take(&cx, &state, id, input).await,
        Err(problem) => Err(problem),
    };
    answer(&cx, &state, &frame, id, done.map(|()| "task-stepped"), form.typed).await
}

async fn take(cx: &Cx, state: &SteeringState, id: AssignmentId, input: StepForm) -> Result<(), Problem> {
    let found = task_resource::load(&state.deps, id).await?;
    let permit = StepPermit::ask(cx, &state.deps, &found, input.step)?;
    let StepForm { step, version, reason, due } = input;
    step_task::run(cx, &state.deps, permit, StepTask { id, version, step, reason, due }).await
}

/// `POST /steering/tasks/{id}/evidence`.
pub(super) async fn add_evidence(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
    upload: Upload,
) -> Result<Response, AppProblem> {
    let typed = upload.fields.view();
    let done = async {
        let found = task_resource::load(&state.deps, id).await?;
        let permit = found.permit(&cx, &state.deps)?;
        let new = read_evidence(&cx, &state.deps.files, upload.fields, upload.files).await?;
        evidence::add_to_task(&cx, &state.deps, &permit, &found, new).await?;
        Ok("evidence-added")
    };
    let done = done.await;
    answer(&cx, &state, &frame, id, done, typed).await
}

/// `GET /steering/tasks/{id}/evidence/{evidence}`.
pub(super) async fn open_evidence(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path((id, piece)): Path<(AssignmentId, EvidenceId)>,
) -> Result<Response, AppProblem> {
    let found = task_resource::load(&state.deps, id).await?;
    let permit = found.permit(&cx, &state.deps)?;
    let (file, media, content) = evidence::open_of_task(&state.deps, &permit, &found, piece).await?;
    Ok(attachment(&file.name, media, content))
}

/// `POST /steering/tasks/{id}/evidence/{evidence}/remove`.
pub(super) async fn remove_evidence(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, piece)): Path<(AssignmentId, EvidenceId)>,
    form: Form<()>,
) -> Result<Response, AppProblem> {
    let done = async {
        form.value?;
        let found = task_resource::load(&state.deps, id).await?;
        let permit = found.permit(&cx, &state.deps)?;
        evidence::remove_from_task(&cx, &state.deps, &permit, &found, piece).await?;
        Ok("evidence-removed")
    };
    let done = done.await;
    answer(&cx, &state, &frame, id, done, form.typed).await
}

/// Back to the task, or the task's page with what was typed and what is wrong with it.
async fn answer(
    cx: &Cx,
    state: &SteeringState,
    frame: &Frame,
    id: AssignmentId,
    done: Result<&'static str, Problem>,
    typed: FormView,
) -> Result<Response, AppProblem> {
    match done {
        Ok(message) => {
            let back = Redirect::to(&format!("/steering/tasks/{id}"));
            Ok((Flash::success(message), back).into_response())
        }
        Err(problem) => {
            let (status, form) = refusal(typed, problem)?;
            let page = show::page(cx, state, id, form).await?;
            Ok((status, state.platform.ui.page(cx, frame, &page)?).into_response())
        }
    }
}
