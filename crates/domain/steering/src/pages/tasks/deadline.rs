//! `/steering/tasks/{id}/deadline`: a day, a rhythm or a condition, and the reason why it changes.

use crate::model::assignment::AssignmentId;
use crate::model::rhythm::{Beat, Rhythm};
use crate::ops::set_deadline::{self, NewDue};
use crate::ops::show_task::{self, TaskDetail};
use crate::pages::SteeringState;
use crate::pages::refusal::refusal;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct DeadlinePage {
    id: String,
    version: i64,
    reference: String,
    text: String,
    /// As the plan says it.
    raw: String,
    due: Option<NaiveDate>,
    /// Whether a reason is wanted.
    moved: bool,
    /// Whether a rhythm can be given: an occurrence has none of its own.
    may_recur: bool,
    form: FormView,
}

/// What the form sends.
#[derive(Debug)]
pub(super) struct DeadlineForm {
    version: i64,
    due: NewDue,
    reason: Option<String>,
}

impl FromFields for DeadlineForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "number.not-whole");
        let reason = fields.text_up_to("reason", 2000);
        let due = match fields.choice("kind", &["day", "rhythm", "condition"])?.as_str() {
            "day" => NewDue::Day(fields.date("due")?),
            "condition" => NewDue::Condition(fields.required_up_to("condition", 500)?),
            _ => NewDue::Rhythm(rhythm(fields)?),
        };
        Some(Self { version: version?, due, reason })
    }
}

/// The beats that are filled in.
fn rhythm(fields: &mut Fields) -> Option<Rhythm> {
    let mut beats = Vec::new();
    for name in ["monthly", "quarterly", "half-yearly", "yearly"] {
        if let Some(when) = fields.text_up_to(name, 10) {
            match format!("{name}:{when}").parse::<Beat>() {
                Ok(beat) => beats.push(beat),
                Err(_) => fields.refuse(name, "task.beat-unreadable"),
            }
        }
    }
    let none = beats.is_empty();
    match Rhythm::new(beats) {
        Ok(rhythm) => Some(rhythm),
        Err(_) => {
            fields.refuse("monthly", if none { "task.rhythm-required" } else { "task.beat-unreadable" });
            None
        }
    }
}

/// `GET /steering/tasks/{id}/deadline`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, id, None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `POST /steering/tasks/{id}/deadline`.
pub(super) async fn save(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
    form: Form<DeadlineForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let detail = show_task::run(&cx, &state.deps, id).await?;
        let permit = detail.found.permit(&cx, &state.deps)?;
        set_deadline::run(&cx, &state.deps, permit, (id, input.version), input.due, input.reason).await
    };
    match done.await {
        Ok(()) => {
            let back = Redirect::to(&format!("/steering/tasks/{id}"));
            Ok((Flash::success("task-deadline-set"), back).into_response())
        }
        Err(problem) => {
            let (status, form) = refusal(form.typed, problem)?;
            let page = page(&cx, &state, id, Some(form)).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    id: AssignmentId,
    typed: Option<FormView>,
) -> Result<DeadlinePage, Problem> {
    let detail = show_task::run(cx, &state.deps, id).await?;
    if !detail.may.extend {
        return Err(Problem::conflict("task.closed"));
    }
    let one = &detail.found.assignment;
    Ok(DeadlinePage {
        id: id.to_string(),
        version: one.version,
        reference: detail.found.task.place.reference.clone(),
        text: detail.found.task.text.clone(),
        raw: detail.found.task.due.raw.clone(),
        due: one.due.on,
        moved: one.due.on.is_some() || one.due.rhythm.is_some(),
        may_recur: one.occurrence.is_empty(),
        form: typed.unwrap_or_else(|| filled(&detail)),
    })
}

/// The form with what stands.
fn filled(detail: &TaskDetail) -> FormView {
    let due = &detail.found.assignment.due;
    let kind = match (&due.rhythm, due.on, &due.condition) {
        (Some(_), _, _) => "rhythm",
        (None, None, Some(_)) => "condition",
        _ => "day",
    };
    let mut form = FormView::new().with("kind", kind);
    if let Some(condition) = &due.condition {
        form = form.with("condition", condition);
    }
    if let Some(day) = due.on {
        form = form.with("due", day.format("%d/%m/%Y"));
    }
    for beat in due.rhythm.iter().flat_map(|rhythm| rhythm.beats()) {
        if let Some((name, when)) = beat.to_string().split_once(':') {
            form = form.with(name, when);
        }
    }
    form
}

impl Page for DeadlinePage {
    const TEMPLATE: &'static str = "steering/tasks/deadline.html";

    fn samples() -> Vec<Self> {
        let page = |due, form: FormView| Self {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            version: 3,
            reference: "II.2".to_owned(),
            text: "Triển khai kết nối".to_owned(),
            raw: "Trước 30/6/2026".to_owned(),
            due,
            moved: due.is_some(),
            may_recur: due.is_some(),
            form,
        };
        let refused = FormView::new().refused(&Problem::field("monthly", "task.rhythm-required"));
        vec![
            page(NaiveDate::from_ymd_opt(2026, 6, 30), FormView::new().with("kind", "day")),
            page(None, refused),
        ]
    }
}
