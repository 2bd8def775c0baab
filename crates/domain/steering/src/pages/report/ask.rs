//! `/steering/reports/ask`: asks the units below for an ad hoc report.

use crate::ops::report::ask::{self, AskReport};
use crate::ops::report::desk;
use crate::pages::SteeringState;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike, NaiveDate, NaiveTime};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::time::{from_local, local_date};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct AskReportPage {
    form: FormView,
}

/// What the form sends.
#[derive(Debug)]
pub(crate) struct AskForm {
    subject: String,
    from: NaiveDate,
    to: NaiveDate,
    due: NaiveDate,
    hour: NaiveTime,
}

impl FromFields for AskForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let subject = fields.required_up_to("subject", 300);
        let (from, to, due) = (fields.date("from"), fields.date("to"), fields.date("due"));
        let hour = fields.required("hour").and_then(|text| {
            let read = NaiveTime::parse_from_str(&text, "%H:%M").ok();
            if read.is_none() {
                fields.refuse("hour", "time.not-a-time");
            }
            read
        });
        Some(Self { subject: subject?, from: from?, to: to?, due: due?, hour: hour? })
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    desk::permit_to_write(&cx, &state.deps)?;
    let today = local_date(cx.now());
    let january = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let form = FormView::new()
        .with("from", january.format("%d/%m/%Y"))
        .with("to", today.format("%d/%m/%Y"))
        .with("due", today.format("%d/%m/%Y"))
        .with("hour", "17:00");
    Ok(state.platform.ui.page(&cx, &frame, &AskReportPage { form })?)
}

/// Asks.
pub(crate) async fn send(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<AskForm>,
) -> Result<Response, AppProblem> {
    match asked(&cx, &state, form.value).await {
        Ok(units) => {
            let flash = Flash::success("report-asked").with("count", units);
            Ok((flash, Redirect::to("/steering/reports")).into_response())
        }
        Err(problem) => {
            let status = d06_http::status_of(problem.kind);
            let page = AskReportPage { form: form.typed.refuse(problem)? };
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

async fn asked(cx: &Cx, state: &SteeringState, form: Result<AskForm, Problem>) -> Result<usize, Problem> {
    let input = form?;
    let permit = desk::permit_to_write(cx, &state.deps)?;
    let command = AskReport {
        subject: input.subject,
        from: input.from,
        to: input.to,
        due_at: from_local(input.due.and_time(input.hour)),
        units: Vec::new(),
    };
    Ok(ask::run(cx, &state.deps, permit, command).await?.1)
}

impl Page for AskReportPage {
    const TEMPLATE: &'static str = "steering/report_ask.html";

    fn samples() -> Vec<Self> {
        vec![
            Self { form: FormView::new().with("hour", "17:00") },
            Self { form: FormView::new().refused(&Problem::field("due", "report.due-passed")) },
        ]
    }
}
