//! `/steering/targets/{id}`: one target, what it stands at and why, and the records behind it.

use super::SteeringState;
use super::choices::{Choice, UnitNames};
use super::parts::{GoalView, PlanView, ReadingView, RecordsView, ValueView, offset, unit_names};
use super::proof::{EvidenceView, HappeningView, ObstacleLine};
use super::refusal::refusal;
use super::shape::{ShapeForm, ShapeView};
use super::targets::sample_projection;
use crate::model::course::{Course, Projection};
use crate::model::plan::TargetId;
use crate::ops::bind_target::{self, BindTarget};
use crate::ops::measure::Measured;
use crate::ops::shape_target;
use crate::ops::show_target::{self, TargetDetail};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_authz::{Permit, act};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::time::{Moment, local_date};
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
    course: &'static str,
    projection: Option<Projection>,
    tracking: String,
    legal: String,
    line_start: i32,
    line_end: i32,
    quoted: String,
    trend: Vec<ReadingView>,
    records: RecordsView,
    /// What the records were counted from, where the measure counts things that stand on others.
    behind: Option<BehindView>,
    /// What the measure means, in plain words.
    explained: Option<String>,
    figures: Vec<FigureView>,
    obstacles: Vec<ObstacleLine>,
    history: Vec<HappeningView>,
    may_raise: bool,
    /// The form that says how it is counted, for those who may.
    shape: Option<ShapeView>,
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

/// The records on which those of the measure stand, with their own value.
#[derive(Debug, Serialize)]
struct BehindView {
    value: ValueView,
    records: RecordsView,
}

/// A figure as it was entered.
#[derive(Debug, Serialize)]
struct FigureView {
    period: NaiveDate,
    unit: String,
    value: Option<f64>,
    numerator: i64,
    denominator: Option<i64>,
    revision: i32,
    note: Option<String>,
    at: Moment,
    by: String,
    evidence: Vec<EvidenceView>,
    href: String,
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
    let units = UnitNames::load(&cx, &state.deps).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page(&cx, &state, detail, &units))?)
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

/// Says how the target is counted, and from whom.
pub(crate) async fn shape(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
    form: Form<ShapeForm>,
) -> Result<Response, AppProblem> {
    let target = target_id(&id)?;
    let done = async {
        let input = form.value?;
        let detail = show_target::run(&cx, &state.deps, target, 0).await?;
        let permit = state.deps.authz.permit(&cx, &state.deps.resource(target, &detail.plan))?;
        shape_target::run(&cx, &state.deps, permit, target, input.0).await
    };
    match done.await {
        Ok(()) => {
            let back = Redirect::to(&format!("/steering/targets/{target}"));
            Ok((Flash::success("target-shaped"), back).into_response())
        }
        Err(problem) => {
            let (status, typed) = refusal(form.typed, problem)?;
            let detail = show_target::run(&cx, &state.deps, target, 0).await?;
            let units = UnitNames::load(&cx, &state.deps).await?;
            let shape = ShapeView::of(&cx, &state, &detail.state.shape, &units, Some(typed));
            let page = TargetPage { shape: Some(shape), ..page(&cx, &state, detail, &units) };
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

fn target_id(text: &str) -> Result<TargetId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn page(cx: &Cx, state: &SteeringState, detail: TargetDetail, units: &UnitNames) -> TargetPage {
    let today = local_date(cx.now());
    let TargetDetail { plan, state: target, trend, records, quoted, .. } = &detail;
    let shape = &target.shape;
    let of = &target.target;
    TargetPage {
        id: of.id.to_string(),
        plan: PlanView::of(plan),
        goals: of.goals.iter().map(|goal| GoalView::of(goal, target)).collect(),
        value: ValueView::of_target(cx, &state.platform, &state.deps, target),
        course: target.course.name(),
        projection: target.projection,
        tracking: unit_names(&of.tracking),
        trend: trend.iter().map(ReadingView::of).collect(),
        records: RecordsView::of(cx, &state.platform, records),
        behind: detail.behind.as_ref().map(|(value, records)| {
            let measured = Measured::Value(Box::new(value.clone()));
            BehindView {
                value: ValueView::of(cx, &state.platform, &state.deps, &measured),
                records: RecordsView::of(cx, &state.platform, records),
            }
        }),
        explained: of.measure.as_deref().and_then(|key| explanation(cx, state, key)),
        figures: figures(&detail, units),
        obstacles: detail.obstacles.iter().map(|one| ObstacleLine::of(one, units, today)).collect(),
        history: detail.history.iter().map(|one| HappeningView::of(cx, state, one, units)).collect(),
        may_raise: detail.may_raise,
        shape: detail.may_shape.then(|| ShapeView::of(cx, state, shape, units, None)),
        binding: detail.may_bind.then(|| BindingForm {
            form: FormView::new().with("measure", of.measure.clone().unwrap_or_default()),
            version: of.version,
            measures: choices(cx, state),
        }),
        reference: of.place.reference.clone(),
        group_title: of.place.group_title.clone(),
        line_start: of.place.line_start,
        line_end: of.place.line_end,
        text: of.text.clone(),
        unit: of.unit.clone(),
        legal: of.legal.clone(),
        quoted: quoted.clone(),
    }
}

/// What a measure means, in plain words, where its domain says it.
fn explanation(cx: &Cx, state: &SteeringState, key: &str) -> Option<String> {
    let id = format!("measure-explained-{}", key.replace('.', "-"));
    let texts = state.platform.ui.texts();
    texts.has(cx.locale, &id).then(|| texts.plain(cx.locale, &id))
}

/// The entered figures, each month and unit with its revisions, newest month first.
fn figures(detail: &TargetDetail, units: &UnitNames) -> Vec<FigureView> {
    let shape = detail.state.shape.shape;
    let proofs = |id: uuid::Uuid| detail.evidence.iter().filter(move |one| one.owner == id);
    detail
        .figures
        .iter()
        .map(|one| {
            let address = format!("/steering/figures/{}/{}/{}", one.target, one.unit, one.period);
            FigureView {
                period: one.period.first_day(),
                unit: units.name(&one.unit),
                value: shape.value(one.ratio),
                numerator: one.ratio.numerator,
                denominator: shape.has_denominator().then_some(one.ratio.denominator),
                revision: one.revision,
                note: one.note.clone(),
                at: one.entered_at,
                by: one.entered_by.clone(),
                evidence: proofs(one.id.0).map(|proof| EvidenceView::of(proof, &address)).collect(),
                href: address,
            }
        })
        .collect()
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
        let sample = |value: ValueView, course: Course| Self {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            plan: PlanView::sample(),
            reference: "I.5".to_owned(),
            group_title: "Phục vụ giải quyết thủ tục hành chính".to_owned(),
            text: "Tỷ lệ hồ sơ dịch vụ công trực tuyến trên tổng số hồ sơ dịch vụ công".to_owned(),
            unit: "%".to_owned(),
            goals: GoalView::samples(),
            value,
            course: course.name(),
            projection: Some(sample_projection()),
            tracking: "Trung tâm hành chính công; Công an xã".to_owned(),
            legal: "Quyết định 766/QĐ-TTg".to_owned(),
            line_start: 19,
            line_end: 19,
            quoted: "5 | Tỷ lệ hồ sơ dịch vụ công trực tuyến | % | 80 | 90".to_owned(),
            trend: ReadingView::samples(),
            records: RecordsView::sample(),
            behind: Some(BehindView {
                value: ValueView::samples().swap_remove(0),
                records: RecordsView::sample(),
            }),
            explained: Some("Kế hoạch đếm thủ tục.".to_owned()),
            figures: FigureView::samples(),
            obstacles: ObstacleLine::samples(),
            history: HappeningView::samples(),
            may_raise: true,
            shape: Some(ShapeView::sample()),
            binding: None,
        };
        let mut samples: Vec<Self> = ValueView::samples()
            .into_iter()
            .zip(Course::ALL)
            .map(|(value, course)| sample(value, course))
            .collect();
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
            (last.trend, last.records, last.projection) = (Vec::new(), RecordsView::default(), None);
            (last.behind, last.explained, last.shape) = (None, None, None);
            (last.obstacles, last.history, last.figures) = (Vec::new(), Vec::new(), Vec::new());
            last.may_raise = false;
            (last.legal, last.tracking, last.goals) = (String::new(), String::new(), Vec::new());
            last.plan.number = None;
        }
        samples
    }
}

impl FigureView {
    fn samples() -> Vec<Self> {
        let figure = |denominator: Option<i64>, revision| Self {
            period: NaiveDate::from_ymd_opt(2026, 5, 1).unwrap_or_default(),
            unit: "Công an xã Hà Bắc".to_owned(),
            value: denominator.map(|_| 27.5),
            numerator: 275,
            denominator,
            revision,
            note: denominator.map(|_| "Chiến dịch tháng 5".to_owned()),
            at: Moment::UNIX_EPOCH,
            by: "Trần Quốc Tuấn".to_owned(),
            evidence: if denominator.is_some() { EvidenceView::samples() } else { Vec::new() },
            href: "/steering/figures/1/H31.10816.02/2026-05".to_owned(),
        };
        vec![figure(Some(10), 2), figure(None, 1)]
    }
}
