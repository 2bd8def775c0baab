//! `/steering/budgets`: what tasks cost in a year, per unit and in all; and the form of one task.

use super::SteeringState;
use super::choices::UnitNames;
use super::refusal::refusal;
use super::tasks::WorkLine;
use crate::model::assignment::AssignmentId;
use crate::model::budget::Sums;
use crate::ops::keep_budget;
use crate::ops::task_resource;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Datelike;
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::money::Dong;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The budgets of a year.
#[derive(Debug, Serialize)]
pub(crate) struct BudgetListPage {
    year: i32,
    lines: Vec<BudgetLine>,
    units: Vec<UnitSums>,
    total: SumsView,
}

/// The budget of a task.
#[derive(Debug, Serialize)]
struct BudgetLine {
    task: WorkLine,
    sums: SumsView,
    source: Option<String>,
}

/// The sums of a unit.
#[derive(Debug, Serialize)]
struct UnitSums {
    unit: Option<String>,
    sums: SumsView,
}

/// Sums in đồng, and the part of what was given that is spent, in percent.
#[derive(Clone, Copy, Debug, Serialize)]
struct SumsView {
    estimate: i64,
    allocated: i64,
    spent: i64,
    percent: Option<i64>,
}

/// The form of a task's budget.
#[derive(Debug, Serialize)]
pub(crate) struct BudgetPage {
    task: String,
    reference: String,
    text: String,
    year: i32,
    version: i64,
    sums: SumsView,
    may_keep: bool,
    form: FormView,
}

impl From<Sums> for SumsView {
    fn from(sums: Sums) -> Self {
        let Sums { estimate, allocated, spent } = sums;
        let percent = (allocated.0 > 0).then(|| spent.0.saturating_mul(100) / allocated.0);
        Self { estimate: estimate.0, allocated: allocated.0, spent: spent.0, percent }
    }
}

/// `GET /steering/budgets`.
pub(super) async fn list(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let today = local_date(cx.now());
    let year = query.get("year").and_then(|year| year.parse().ok()).unwrap_or(today.year());
    let budgets = keep_budget::list(&cx, &state.deps, year).await?;
    let units = UnitNames::load(&cx, &state.deps).await?;
    let page = BudgetListPage {
        year,
        lines: budgets
            .lines
            .iter()
            .map(|(item, budget)| BudgetLine {
                task: WorkLine::of(item, &units, today),
                sums: budget.sums.into(),
                source: budget.source.clone(),
            })
            .collect(),
        units: budgets
            .units
            .iter()
            .map(|(unit, sums)| UnitSums {
                unit: (!unit.is_empty()).then(|| units.name(unit)),
                sums: (*sums).into(),
            })
            .collect(),
        total: budgets.total.into(),
    };
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `GET /steering/tasks/{id}/budget/{year}`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, year)): Path<(AssignmentId, i32)>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, id, year, None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// What the form sends.
#[derive(Debug)]
pub(super) struct BudgetForm {
    version: i64,
    sums: Sums,
    source: Option<String>,
}

impl FromFields for BudgetForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "number.not-whole");
        let mut dong = |name: &str| {
            let found = super::figures::whole(fields, name, false);
            found.map(|sum| Dong(sum.unwrap_or(0)))
        };
        let (estimate, allocated, spent) = (dong("estimate"), dong("allocated"), dong("spent"));
        let source = fields.text_up_to("source", 500);
        let sums = Sums { estimate: estimate?, allocated: allocated?, spent: spent? };
        Some(Self { version: version?, sums, source })
    }
}

/// `POST /steering/tasks/{id}/budget/{year}`.
pub(super) async fn save(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, year)): Path<(AssignmentId, i32)>,
    form: Form<BudgetForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let permit = state.deps.authz.permit(&cx, &keep_budget::resource(&state.deps))?;
        let at = (id, year, input.version);
        keep_budget::run(&cx, &state.deps, permit, at, input.sums, input.source).await
    };
    match done.await {
        Ok(()) => {
            let back = Redirect::to(&format!("/steering/budgets?year={year}"));
            Ok((Flash::success("budget-kept"), back).into_response())
        }
        Err(problem) => {
            let (status, typed) = refusal(form.typed, problem)?;
            let page = page(&cx, &state, id, year, Some(typed)).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    id: AssignmentId,
    year: i32,
    typed: Option<FormView>,
) -> Result<BudgetPage, Problem> {
    let budget = keep_budget::get(cx, &state.deps, id, year).await?;
    let found = task_resource::load(&state.deps, id).await?;
    let _: d06_authz::Permit<act::ViewTask> = found.permit(cx, &state.deps)?;
    let filled = || {
        FormView::new()
            .with("estimate", budget.sums.estimate.0)
            .with("allocated", budget.sums.allocated.0)
            .with("spent", budget.sums.spent.0)
            .with("source", budget.source.as_deref().unwrap_or_default())
    };
    Ok(BudgetPage {
        task: id.to_string(),
        reference: found.task.place.reference,
        text: found.task.text,
        year,
        version: budget.version,
        sums: budget.sums.into(),
        may_keep: state.deps.authz.may::<act::KeepBudget>(cx, &keep_budget::resource(&state.deps)),
        form: typed.unwrap_or_else(filled),
    })
}

fn sample_sums() -> SumsView {
    Sums { estimate: Dong(50_000_000), allocated: Dong(40_000_000), spent: Dong(10_000_000) }.into()
}

impl Page for BudgetListPage {
    const TEMPLATE: &'static str = "steering/budgets/list.html";

    fn samples() -> Vec<Self> {
        let lines = super::tasks::samples().into_iter().take(2).enumerate();
        let lines = lines.map(|(at, task)| BudgetLine {
            task,
            sums: sample_sums(),
            source: (at == 0).then(|| "Ngân sách xã".to_owned()),
        });
        let unit = |unit: Option<&str>| UnitSums { unit: unit.map(str::to_owned), sums: sample_sums() };
        vec![
            Self {
                year: 2026,
                lines: lines.collect(),
                units: vec![unit(Some("Công an xã Hà Bắc")), unit(None)],
                total: sample_sums(),
            },
            Self { year: 2026, lines: Vec::new(), units: Vec::new(), total: Sums::default().into() },
        ]
    }
}

impl Page for BudgetPage {
    const TEMPLATE: &'static str = "steering/budgets/show.html";

    fn samples() -> Vec<Self> {
        let page = |may_keep, form| Self {
            task: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            reference: "II.2".to_owned(),
            text: "Triển khai kết nối".to_owned(),
            year: 2026,
            version: 1,
            sums: sample_sums(),
            may_keep,
            form,
        };
        let refused = FormView::new().refused(&Problem::field("spent", "budget.spent-over-allocated"));
        vec![page(true, refused), page(false, FormView::new())]
    }
}
