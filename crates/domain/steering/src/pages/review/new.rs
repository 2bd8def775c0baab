//! `/steering/plans/new`: hands a file in.

use super::views::Choice;
use crate::ops::compile_plan::{self, PlanFile, levels};
use crate::ops::{merge_plans, review_plan};
use crate::pages::SteeringState;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Flash, PageFrame, RequestCx, Upload};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct NewPlanPage {
    form: FormView,
    /// The units whose plan it may be.
    units: Vec<Choice>,
    /// The plans it may revise.
    plans: Vec<Choice>,
    megabytes: usize,
}

/// Shows the empty form; `?revises=` says which plan it is for.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppProblem> {
    let mut form = FormView::new().with("unit", &state.deps.commune);
    if let Some(key) = query.get("revises") {
        form = form.with("revises", key);
    }
    Ok(state.platform.ui.page(&cx, &frame, &page(&cx, &state, form).await?)?.into_response())
}

/// Compiles the file and opens its review.
pub(crate) async fn send(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    upload: Upload,
) -> Result<Response, AppProblem> {
    let typed = upload.fields.view();
    let sent = async {
        let permit = review_plan::permit(&cx, &state.deps)?;
        let file = upload.files.into_iter().find(|file| file.field == "file");
        let file = file.ok_or_else(|| Problem::field("file", "field.required"))?;
        let text =
            |name: &str| upload.fields.raw(name).map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
        let plan = PlanFile {
            unit: text("unit").ok_or_else(|| Problem::field("unit", "field.choose"))?,
            revises: text("revises"),
            name: file.name.chars().take(200).collect(),
            bytes: file.bytes.to_vec(),
        };
        compile_plan::run(&cx, &state.deps, permit, plan).await
    };
    match sent.await {
        Ok(id) => {
            Ok((Flash::success("plan-review-compiled"), Redirect::to(&format!("/steering/plans/{id}")))
                .into_response())
        }
        Err(problem) => {
            let page = page(&cx, &state, typed.refuse(problem)?).await?;
            let html = state.platform.ui.page(&cx, &frame, &page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn page(cx: &Cx, state: &SteeringState, form: FormView) -> Result<NewPlanPage, Problem> {
    let plans = merge_plans::choices(cx, &state.deps).await?;
    Ok(NewPlanPage {
        form,
        units: unit_choices(cx, state).await,
        plans: plans.into_iter().map(|plan| Choice { value: plan.key, text: plan.title }).collect(),
        megabytes: d06_plan_files::MAX_FILE / (1024 * 1024),
    })
}

/// The committee and the units above it, by name where the tree knows one.
pub(crate) async fn unit_choices(cx: &Cx, state: &SteeringState) -> Vec<Choice> {
    let mut choices = Vec::new();
    for code in levels(&state.deps.commune) {
        let named = state.deps.units.get(cx, &code).await;
        choices.push(Choice { text: named.map_or_else(|_| code.clone(), |unit| unit.name), value: code });
    }
    choices
}

impl Page for NewPlanPage {
    const TEMPLATE: &'static str = "steering/review/new.html";

    fn samples() -> Vec<Self> {
        let units = vec![
            Choice { value: "H31.10816".to_owned(), text: "Ủy ban nhân dân xã Hà Bắc".to_owned() },
            Choice {
                value: "H31".to_owned(), text: "Ủy ban nhân dân thành phố Hải Phòng".to_owned()
            },
        ];
        let plans = vec![Choice { value: "ha-bac-2026".to_owned(), text: "Kế hoạch 2026".to_owned() }];
        let codes = d06_plan_files::ReadError::ALL.map(d06_plan_files::ReadError::code);
        let others = ["compiled.nothing-found", "field.required"];
        let refused = codes.into_iter().chain(others).map(|code| Self {
            form: FormView::new().with("unit", "H31").refused(&Problem::field("file", code)),
            units: units.clone(),
            plans: plans.clone(),
            megabytes: 50,
        });
        let mut samples: Vec<Self> = refused.collect();
        let unit = Problem::field("unit", "compiled.unit-unknown");
        samples.push(Self { form: FormView::new().refused(&unit), units, plans: Vec::new(), megabytes: 50 });
        samples
    }
}
