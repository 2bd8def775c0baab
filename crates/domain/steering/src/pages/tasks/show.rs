//! `/steering/tasks/{id}`: one task, with the six clears, what proves it, what hinders it, and what happened.

use super::list::WorkLine;
use crate::model::assignment::{Assignment, AssignmentId, Clear, Standing, Step};
use crate::ops::keep_budget;
use crate::ops::list_work::WorkItem;
use crate::ops::show_task::{self, Progress, TaskDetail};
use crate::pages::SteeringState;
use crate::pages::choices::{Choice, UnitNames};
use crate::pages::parts::{PlanView, unit_names};
use crate::pages::proof::{EvidenceView, HappeningView, ObstacleLine};
use axum::extract::{Path, State};
use chrono::{Datelike, NaiveDate};
use d06_authz::act;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem, Role};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct TaskPage {
    line: WorkLine,
    plan: PlanView,
    group_title: String,
    coordinating: String,
    monitor: Option<String>,
    authority: Option<&'static str>,
    first_due: Option<NaiveDate>,
    condition: Option<String>,
    condition_met: Option<NaiveDate>,
    rhythm: Vec<Choice>,
    product: String,
    progress: Option<ProgressView>,
    unclear: Vec<Clear>,
    line_start: i32,
    line_end: i32,
    quoted: String,
    evidence: Vec<EvidenceView>,
    obstacles: Vec<ObstacleLine>,
    others: Vec<WorkLine>,
    history: Vec<HappeningView>,
    /// The year whose budget the reader may see.
    budget_year: Option<i32>,
    may: MayView,
    /// The steps that are a button alone, and those that want a word.
    steps: Vec<Step>,
    reasoned: Vec<Step>,
    /// Whether a product is counted in pieces.
    counted: bool,
    megabytes: u64,
    /// What was typed into one of the forms, and what is wrong with it.
    form: FormView,
}

/// How far it is.
#[derive(Debug, Serialize)]
struct ProgressView {
    kind: &'static str,
    done: i64,
    of: i64,
    percent: Option<i64>,
}

/// What the reader may do.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct MayView {
    steer: bool,
    extend: bool,
    update: bool,
    raise: bool,
    trigger: bool,
}

/// `GET /steering/tasks/{id}`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, id, FormView::new()).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// Bytes of a megabyte, as people count a file.
const MEGABYTE: u64 = 1024 * 1024;

/// The page, with what was typed into one of its forms.
pub(super) async fn page(
    cx: &Cx,
    state: &SteeringState,
    id: AssignmentId,
    form: FormView,
) -> Result<TaskPage, Problem> {
    let detail = show_task::run(cx, &state.deps, id).await?;
    let units = UnitNames::load(cx, &state.deps).await?;
    let today = d06_kernel::time::local_date(cx.now());
    let line = line(&detail, &detail.found.assignment, detail.standing, &units, today);
    let others = detail.others.iter().map(|(other, standing)| {
        let mut line = self::line(&detail, other, *standing, &units, today);
        line.stuck = false;
        line
    });
    let TaskDetail { found, .. } = &detail;
    let one = &found.assignment;
    let (reasoned, steps): (Vec<Step>, Vec<Step>) = detail
        .may
        .steps
        .iter()
        .copied()
        .filter(|step| *step != Step::Trigger)
        .partition(|step| step.wants_reason());
    Ok(TaskPage {
        plan: PlanView::of(&found.plan),
        group_title: found.task.place.group_title.clone(),
        coordinating: unit_names(&found.task.coordinating),
        monitor: one.monitor.as_deref().map(|code| units.name(code)),
        authority: one.authority.map(Role::name),
        first_due: one.due.first_on,
        condition: one.due.condition.clone(),
        condition_met: one.due.condition_met_on,
        rhythm: rhythm(&detail),
        product: one.product.clone(),
        progress: detail.progress.map(ProgressView::of),
        unclear: one.unclear(),
        line_start: found.task.place.line_start,
        line_end: found.task.place.line_end,
        quoted: detail.quoted.clone(),
        evidence: detail
            .evidence
            .iter()
            .map(|one| EvidenceView::of(one, &format!("/steering/tasks/{id}")))
            .collect(),
        obstacles: detail.obstacles.iter().map(|one| ObstacleLine::of(one, &units, today)).collect(),
        others: others.collect(),
        history: detail.history.iter().map(|one| HappeningView::of(cx, state, one, &units)).collect(),
        budget_year: state
            .deps
            .authz
            .may::<act::ViewBudget>(cx, &keep_budget::resource(&state.deps))
            .then(|| today.year()),
        may: MayView {
            steer: detail.may.steer,
            extend: detail.may.extend,
            update: detail.may.update,
            raise: detail.may.raise,
            trigger: detail.may.steps.contains(&Step::Trigger),
        },
        steps,
        reasoned,
        counted: one.quantity.is_some(),
        megabytes: state.deps.files.limits().size / MEGABYTE,
        form,
        line,
    })
}

fn line(
    detail: &TaskDetail,
    one: &Assignment,
    standing: Standing,
    units: &UnitNames,
    today: NaiveDate,
) -> WorkLine {
    let item = WorkItem {
        assignment: one.clone(),
        task: detail.found.task.clone(),
        standing,
        stuck: detail.obstacles.iter().any(|obstacle| obstacle.answer.is_none()),
    };
    WorkLine::of(&item, units, today)
}

/// The beats of a rhythm: the kind as value, the day as text.
fn rhythm(detail: &TaskDetail) -> Vec<Choice> {
    let beats = detail.found.assignment.due.rhythm.iter().flat_map(|rhythm| rhythm.beats());
    let split = |beat: String| {
        let (kind, when) = beat.split_once(':').unwrap_or((&beat, ""));
        Choice::new(kind, when)
    };
    beats.map(|beat| split(beat.to_string())).collect()
}

impl ProgressView {
    fn of(progress: Progress) -> Self {
        let (kind, done, of) = match progress {
            Progress::Product { done, of } => ("product", done, of),
            Progress::Measure { done, of } => ("measure", done, of),
        };
        Self { kind, done, of, percent: progress.percent() }
    }
}

impl Page for TaskPage {
    const TEMPLATE: &'static str = "steering/tasks/show.html";

    fn samples() -> Vec<Self> {
        let lines = super::list::samples();
        let page = |line: WorkLine| Self {
            line,
            plan: PlanView::sample(),
            group_title: "Thủ tục hành chính".to_owned(),
            coordinating: "Công an xã".to_owned(),
            monitor: Some("Công an xã Hà Bắc".to_owned()),
            authority: Some("chairman"),
            first_due: NaiveDate::from_ymd_opt(2026, 5, 31),
            condition: Some("Khi có hướng dẫn của Bộ".to_owned()),
            condition_met: NaiveDate::from_ymd_opt(2026, 6, 1),
            rhythm: ["monthly", "quarterly", "half-yearly", "yearly"]
                .map(|beat| Choice::new(beat, "15"))
                .into(),
            product: "VNeID được tích hợp".to_owned(),
            progress: Some(ProgressView { kind: "product", done: 3, of: 12, percent: Some(25) }),
            unclear: Vec::new(),
            line_start: 10,
            line_end: 11,
            quoted: "2 | Triển khai kết nối".to_owned(),
            evidence: EvidenceView::samples(),
            obstacles: ObstacleLine::samples(),
            others: super::list::samples(),
            history: HappeningView::samples(),
            budget_year: Some(2026),
            may: MayView { steer: true, extend: true, update: true, raise: true, trigger: true },
            steps: vec![Step::Begin, Step::Submit, Step::Accept],
            reasoned: vec![Step::Return, Step::Reopen, Step::Cancel],
            counted: true,
            megabytes: 50,
            form: FormView::new().refused(&Problem::field("reason", "task.reason-required")),
        };
        let mut samples: Vec<Self> = lines.into_iter().map(page).collect();
        if let Some(last) = samples.last_mut() {
            last.unclear =
                vec![Clear::Person, Clear::Accountability, Clear::Authority, Clear::Time, Clear::Product];
            (last.evidence, last.obstacles, last.others) = (Vec::new(), Vec::new(), Vec::new());
            (last.history, last.steps, last.reasoned) = (Vec::new(), Vec::new(), Vec::new());
            last.budget_year = None;
            (last.may, last.progress, last.counted) = (MayView::default(), None, false);
            (last.monitor, last.authority, last.first_due) = (None, None, None);
            (last.condition, last.condition_met, last.rhythm) = (None, None, Vec::new());
            (last.product, last.coordinating, last.form) = (String::new(), String::new(), FormView::new());
            last.line_end = last.line_start;
        }
        samples
    }
}
