//! What is done to a report: words kept, sent, decided, reminded of.

use super::show::{page, report_id};
use crate::model::report::item::{ReportId, State, Step};
use crate::model::report::words::{LONGEST, PASSAGES, Words};
use crate::ops::report::move_on::{self, MoveOn};
use crate::ops::report::save::{self, SaveWords};
use crate::ops::report::{remind, send, show};
use crate::pages::SteeringState;
use axum::extract::{Path, State as Carried};
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::{Permit, act};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem, ProblemKind};
use d06_ui::FormView;

/// What the writer's form sends.
#[derive(Debug)]
pub(crate) struct WriteForm {
    words: Words,
    version: i64,
    send: bool,
}

impl FromFields for WriteForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let mut words = Words::default();
        for passage in PASSAGES {
            if let Some(text) = fields.text_up_to(passage, LONGEST) {
                words.0.insert(passage.to_owned(), text);
            }
        }
        let send = fields.raw("then") == Some("send");
        Some(Self { words, version: fields.parsed("version", "number.not-whole")?, send })
    }
}

/// What the receiver's form sends.
#[derive(Debug)]
pub(crate) struct DecideForm {
    step: Step,
    comment: Option<String>,
    version: i64,
}

impl FromFields for DecideForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let comment = fields.text("comment");
        let step = match fields.choice("step", &["return", "accept", "lock"])?.as_str() {
            "return" => Step::Return,
            "accept" => Step::Accept,
            _ => Step::Lock,
        };
        Some(Self { step, comment, version: fields.parsed("version", "number.not-whole")? })
    }
}

/// Keeps the words, and sends the report if that is asked.
pub(crate) async fn write(
    Carried(state): Carried<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
    form: Form<WriteForm>,
) -> Result<Response, AppProblem> {
    let id = report_id(&id)?;
    match kept(&cx, &state, id, form.value).await {
        Ok(flash) => Ok((flash, Redirect::to(&format!("/steering/reports/{id}"))).into_response()),
        Err(problem) => {
            // Whatever went wrong, what was typed stands in the form again.
            let status = d06_http::status_of(problem.kind);
            let typed = refused(form.typed, problem)?;
            let shown = show::run(&cx, &state.deps, id).await?;
            let html =
                state.platform.ui.page(&cx, &frame, &page(&cx, shown, Some(typed), FormView::new()))?;
            Ok((status, html).into_response())
        }
    }
}

/// What was typed, with what is wrong; a problem that no change of the form mends is the caller's.
fn refused(typed: FormView, problem: Problem) -> Result<FormView, Problem> {
    match problem.kind {
        ProblemKind::Conflict | ProblemKind::Unavailable => Ok(typed.refused(&problem)),
        _ => typed.refuse(problem),
    }
}

async fn kept(
    cx: &Cx,
    state: &SteeringState,
    id: ReportId,
    form: Result<WriteForm, Problem>,
) -> Result<Flash, Problem> {
    let input = form?;
    let shown = show::run(cx, &state.deps, id).await?;
    let resource = crate::ops::report::chain::resource(&shown.report);
    let permit: Permit<act::WriteReport> = state.deps.authz.permit(cx, &resource)?;
    let command = SaveWords { report: id, words: input.words, version: input.version };
    let saved = save::run(cx, &state.deps, &permit, command).await?;
    if !input.send {
        return Ok(Flash::success("report-saved"));
    }
    match send::run(cx, &state.deps, permit, id, saved.version).await? {
        State::Locked => Ok(Flash::success("report-locked")),
        _ => Ok(Flash::success("report-sent")),
    }
}

/// Returns, accepts or locks.
pub(crate) async fn decide(
    Carried(state): Carried<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
    form: Form<DecideForm>,
) -> Result<Response, AppProblem> {
    let id = report_id(&id)?;
    match decided(&cx, &state, id, form.value).await {
        Ok(flash) => Ok((flash, Redirect::to(&format!("/steering/reports/{id}"))).into_response()),
        Err(problem) => {
            let status = d06_http::status_of(problem.kind);
            let typed = refused(form.typed, problem)?;
            let shown = show::run(&cx, &state.deps, id).await?;
            let html = state.platform.ui.page(&cx, &frame, &page(&cx, shown, None, typed))?;
            Ok((status, html).into_response())
        }
    }
}

async fn decided(
    cx: &Cx,
    state: &SteeringState,
    id: ReportId,
    form: Result<DecideForm, Problem>,
) -> Result<Flash, Problem> {
    let input = form?;
    let (_, permit) = remind::permit(cx, &state.deps, id).await?;
    let done = match input.step {
        Step::Return => "report-returned",
        Step::Accept => "report-accepted",
        Step::Lock | Step::Save | Step::Send => "report-locked",
    };
    let command = MoveOn { report: id, step: input.step, comment: input.comment, version: input.version };
    move_on::run(cx, &state.deps, permit, command).await?;
    Ok(Flash::success(done))
}

/// Reminds the unit now.
pub(crate) async fn remind(
    Carried(state): Carried<SteeringState>,
    RequestCx(cx): RequestCx,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let id = report_id(&id)?;
    let (report, permit) = remind::permit(&cx, &state.deps, id).await?;
    remind::by_hand(&cx, &state.deps, permit, id).await?;
    let flash = Flash::success("report-reminded").with("unit", report.unit_name);
    Ok((flash, Redirect::to(&format!("/steering/reports/{id}"))).into_response())
}
