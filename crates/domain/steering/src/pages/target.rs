//! `/steering/targets/{id}`: one target, what it stands at and why, and the records behind it.

use super::SteeringState;
use super::parts::{GoalView, PlanView, ReadingView, RecordsView, ValueView, offset, unit_names};
use crate::model::goal::Progress;
use crate::model::plan::TargetId;
use crate::ops::bind_target::{self, BindTarget};
use crate::ops::show_target::{self, TargetDetail};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::{Permit, act};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct TargetPage {
    id: String,
    plan: PlanView,
    reference: String,
    group_title: String,
    text: String,
    unit: String,
    goals: Vec<GoalView>,
    value: ValueView,
    progress: Option<Progress>,
    tracking: String,
    legal: String,
    line_start: i32,
    line_end: i32,
    quoted: String,
    trend: Vec<ReadingView>,
    records: RecordsView,
    /// The form that binds the target to a measure, for those who may.
    binding: Option<BindingForm>,
}

/// The form that binds a target.
#[derive(Debug, Serialize)]
struct BindingForm {
    form: FormView,
    version: i64,
    measures: Vec<Choice>,
}

/// A measure to choose.
#[derive(Debug, Serialize)]
struct Choice {
    value: String,
    text: String,
}

/// What the form sends.
#[derive(Debug)]
pub(crate) struct BindForm {
    measure: Option<String>,
    version: i64,
}

impl FromFields for BindForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let measure = fields.text_up_to("measure", 80);
        Some(Self { measure, version: fields.parsed("version", "number.not-whole")? })
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let detail = show_target::run(&cx, &state.deps, target_id(&id)?, offset(&query)).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page(&cx, &state, detail))?)
}

/// Binds the target to another measure.
pub(crate) async fn bind(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path(id): Path<String>,
    form: Form<BindForm>,
) -> Result<Response, AppProblem> {
    let input = form.value?;
    let target = target_id(&id)?;
    let detail = show_target::run(&cx, &state.deps, target, 0).await?;
    let permit: Permit<act::BindTarget> =
        state.deps.authz.permit(&cx, &state.deps.resource(target, &detail.plan))?;
    let command = BindTarget { target, measure: input.measure, version: input.version };
    bind_target::run(&cx, &state.deps, permit, command).await?;
    Ok((Flash::success("target-bound"), Redirect::to(&format!("/steering/targets/{target}"))).into_response())
}

fn target_id(text: &str) -> Result<TargetId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn page(cx: &Cx, state: &SteeringState, detail: TargetDetail) -> TargetPage {
    let TargetDetail { plan, target, measured, progress, trend, records, quoted, may_bind } = detail;
    TargetPage {
        id: target.id.to_string(),
        plan: PlanView::of(&plan),
        goals: target.goals.iter().map(|goal| GoalView::of(goal, &measured)).collect(),
        value: ValueView::of(cx, &state.platform, &state.deps, &measured),
        progress,
        tracking: unit_names(&target.tracking),
        trend: trend.iter().map(ReadingView::of).collect(),
        records: RecordsView::of(cx, &state.platform, &records),
        binding: may_bind.then(|| BindingForm {
            form: FormView::new().with("measure", target.measure.unwrap_or_default()),
            version: target.version,
            measures: choices(cx, state),
        }),
        reference: target.place.reference,
        group_title: target.place.group_title,
        line_start: target.place.line_start,
        line_end: target.place.line_end,
        text: target.text,
        unit: target.unit,
        legal: target.legal,
        quoted,
    }
}

fn choices(cx: &Cx, state: &SteeringState) -> Vec<Choice> {
    let texts = state.platform.ui.texts();
    let measures = state.deps.measures.list();
    measures
        .map(|info| Choice { value: info.key.to_owned(), text: texts.plain(cx.locale, info.name) })
        .collect()
}

impl Page for TargetPage {
    const TEMPLATE: &'static str = "steering/target.html";

    fn samples() -> Vec<Self> {
        let sample = |value: ValueView, progress| Self {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            plan: PlanView::sample(),
            reference: "I.5".to_owned(),
            group_title: "Phục vụ giải quyết thủ tục hành chính".to_owned(),
            text: "Tỷ lệ hồ sơ dịch vụ công trực tuyến trên tổng số hồ sơ dịch vụ công".to_owned(),
            unit: "%".to_owned(),
            goals: GoalView::samples(),
            value,
            progress,
            tracking: "Trung tâm hành chính công; Công an xã".to_owned(),
            legal: "Quyết định 766/QĐ-TTg".to_owned(),
            line_start: 19,
            line_end: 19,
            quoted: "5 | Tỷ lệ hồ sơ dịch vụ công trực tuyến | % | 80 | 90".to_owned(),
            trend: ReadingView::samples(),
            records: RecordsView::sample(),
            binding: None,
        };
        let mut samples: Vec<Self> =
            ValueView::samples().into_iter().map(|value| sample(value, Some(Progress::NotYet))).collect();
        if let Some(first) = samples.first_mut() {
            let measures = vec![Choice {
                value: "procedures.online-share".to_owned(),
                text: "Hồ sơ trực tuyến".to_owned(),
            }];
            let form = FormView::new().with("measure", "procedures.online-share");
            first.binding = Some(BindingForm { form, version: 1, measures });
        }
        if let Some(last) = samples.last_mut() {
            last.line_end += 1;
            (last.trend, last.records, last.progress) = (Vec::new(), RecordsView::default(), None);
            (last.legal, last.tracking, last.goals) = (String::new(), String::new(), Vec::new());
            last.plan.number = None;
        }
        samples
    }
}
