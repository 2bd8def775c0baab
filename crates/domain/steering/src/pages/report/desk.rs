//! `/steering/reports`: the unit's own reports, those that come to it, and what it was reminded of.

use super::view::ReportView;
use crate::ops::report::desk::{self, Incoming, ON_A_PAGE};
use crate::pages::SteeringState;
use crate::pages::parts::offset;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::Cx;
use d06_kernel::time::Moment;
use d06_ui::{FormView, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ReportDeskPage {
    reminders: Vec<ReminderView>,
    own: Vec<ReportView>,
    rounds: Vec<RoundView>,
    may_write: bool,
    mail_on: bool,
    mailbox: FormView,
}

/// A reminder.
#[derive(Debug, Serialize)]
struct ReminderView {
    report: ReportView,
    /// `before`, `overdue` or `by-hand`.
    kind: &'static str,
    at: Moment,
}

/// The reports of one period that come to the unit.
#[derive(Debug, Serialize)]
struct RoundView {
    id: String,
    period: String,
    first: ReportView,
    total: i64,
    sent: i64,
    late: i64,
    reports: Vec<ReportView>,
    previous: Option<u64>,
    next: Option<u64>,
}

/// What the mailbox form sends.
#[derive(Debug)]
pub(crate) struct MailboxForm(String);

impl FromFields for MailboxForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self(fields.text_up_to("mailbox", 200).unwrap_or_default()))
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, None, &query).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// Keeps the mailbox.
pub(crate) async fn set_mailbox(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<MailboxForm>,
) -> Result<Response, AppProblem> {
    let kept = async {
        let address = form.value?.0;
        let permit = desk::permit_to_write(&cx, &state.deps)?;
        desk::set_mailbox(&cx, &state.deps, &permit, &address).await
    };
    match kept.await {
        Ok(()) => {
            Ok((Flash::success("report-mailbox-kept"), Redirect::to("/steering/reports")).into_response())
        }
        Err(problem) => {
            let status = d06_http::status_of(problem.kind);
            let page = page(&cx, &state, Some(form.typed.refuse(problem)?), &BTreeMap::new()).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    typed: Option<FormView>,
    query: &BTreeMap<String, String>,
) -> Result<ReportDeskPage, AppProblem> {
    let period = query.get("period").map(String::as_str);
    let desk = desk::page(cx, &state.deps, period, offset(query)).await?;
    let now = cx.now();
    let reminders = desk.reminders.iter().filter_map(|one| {
        let report = desk.own.iter().find(|report| report.id == one.report)?;
        let kind = match one.stage.as_str() {
            "overdue" => "overdue",
            stage if stage.starts_with("by-hand") => "by-hand",
            _ => "before",
        };
        Some(ReminderView { report: ReportView::of(report, now), kind, at: one.at })
    });
    Ok(ReportDeskPage {
        reminders: reminders.collect(),
        own: desk.own.iter().map(|report| ReportView::of(report, now)).collect(),
        rounds: desk.incoming.iter().enumerate().filter_map(|(place, one)| round(place, one, now)).collect(),
        may_write: desk.may_write,
        mail_on: desk.mail_on,
        mailbox: typed.unwrap_or_else(|| FormView::new().with("mailbox", desk.mailbox.unwrap_or_default())),
    })
}

/// A round, unless its page is empty.
fn round(place: usize, of: &Incoming, now: Moment) -> Option<RoundView> {
    let reports: Vec<ReportView> = of.reports.iter().map(|report| ReportView::of(report, now)).collect();
    let shown = of.offset + reports.len() as u64;
    Some(RoundView {
        id: format!("round-{}", place + 1),
        period: of.period_key.clone(),
        first: reports.first()?.clone(),
        total: of.total,
        sent: of.sent,
        late: of.late,
        previous: (of.offset > 0).then(|| of.offset.saturating_sub(ON_A_PAGE)),
        next: u64::try_from(of.total).is_ok_and(|total| shown < total).then_some(shown),
        reports,
    })
}

impl Page for ReportDeskPage {
    const TEMPLATE: &'static str = "steering/reports.html";

    fn samples() -> Vec<Self> {
        let reports = ReportView::samples();
        let round = |late| RoundView {
            id: "round-1".to_owned(),
            period: "monthly:2026-12".to_owned(),
            first: reports[0].clone(),
            total: 6,
            sent: 4,
            late,
            reports: reports.clone(),
            previous: (late > 0).then_some(0),
            next: (late > 0).then_some(100),
        };
        let reminder = |kind| ReminderView { report: reports[0].clone(), kind, at: Moment::UNIX_EPOCH };
        vec![
            Self {
                reminders: vec![reminder("before"), reminder("overdue"), reminder("by-hand")],
                own: reports.clone(),
                rounds: vec![round(1)],
                may_write: true,
                mail_on: true,
                mailbox: FormView::new().with("mailbox", "congan@habac.vn"),
            },
            Self {
                reminders: Vec::new(),
                own: Vec::new(),
                rounds: vec![round(0)],
                may_write: true,
                mail_on: false,
                mailbox: FormView::new(),
            },
            Self {
                reminders: Vec::new(),
                own: Vec::new(),
                rounds: Vec::new(),
                may_write: false,
                mail_on: false,
                mailbox: FormView::new(),
            },
        ]
    }
}
