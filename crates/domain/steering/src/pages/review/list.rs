//! `/steering/plans`: plans in force, plans under review, versions that were superseded.

use super::views::CompiledView;
use crate::ops::compile_plan::levels;
use crate::ops::review_plan;
use crate::pages::SteeringState;
use crate::pages::parts::PlanView;
use axum::extract::State;
use d06_authz::act;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct PlanListPage {
    in_force: Vec<PlanInForce>,
    open: Vec<CompiledView>,
    ended: Vec<CompiledView>,
    may_hand_in: bool,
}

/// A plan in force.
#[derive(Debug, Serialize)]
struct PlanInForce {
    plan: PlanView,
    key: String,
    unit: String,
    own: bool,
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    let deps = &state.deps;
    let reviews = review_plan::list(&cx, deps).await?;
    let levels = levels(&deps.commune);
    let plans = crate::ops::merge_plans::choices(&cx, deps).await?;
    let in_force = plans.iter().filter(|plan| levels.contains(&plan.unit)).map(|plan| PlanInForce {
        plan: PlanView::of(plan),
        key: plan.key.clone(),
        unit: plan.unit.clone(),
        own: plan.unit == deps.commune,
    });
    let (open, ended): (Vec<_>, Vec<_>) =
        reviews.iter().map(CompiledView::of).partition(|review| review.state == "open");
    let may_hand_in = review_plan::permit::<act::CompilePlan>(&cx, deps).is_ok();
    let page = PlanListPage { in_force: in_force.collect(), open, ended, may_hand_in };
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

impl Page for PlanListPage {
    const TEMPLATE: &'static str = "steering/review/list.html";

    fn samples() -> Vec<Self> {
        let plan = |own| PlanInForce {
            plan: PlanView::sample(),
            key: "ha-bac-2026".to_owned(),
            unit: "H31.10816".to_owned(),
            own,
        };
        vec![
            Self {
                in_force: vec![plan(true), plan(false)],
                open: vec![CompiledView::sample("open")],
                ended: vec![CompiledView::sample("accepted"), CompiledView::sample("dropped")],
                may_hand_in: true,
            },
            Self { in_force: Vec::new(), open: Vec::new(), ended: Vec::new(), may_hand_in: false },
        ]
    }
}
