//! `/steering/plans/merge`: two predecessors' plans become one under review.

use super::new::unit_choices;
use super::views::Choice;
use crate::model::plan::PlanId;
use crate::ops::merge_plans::{self, MergePlans};
use crate::ops::review_plan;
use crate::pages::SteeringState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct MergePage {
    form: FormView,
    plans: Vec<Choice>,
    units: Vec<Choice>,
}

impl FromFields for MergePlans {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let first = fields.parsed::<PlanId>("first", "field.choose");
        let second = fields.parsed::<PlanId>("second", "field.choose");
        let title = fields.required_up_to("title", 500);
        let unit = fields.chosen("unit", 40);
        Some(Self { first: first?, second: second?, unit: unit?, title: title? })
    }
}

/// Shows the empty form.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Response, AppProblem> {
    let form = FormView::new().with("unit", &state.deps.commune);
    Ok(state.platform.ui.page(&cx, &frame, &page(&cx, &state, form).await?)?.into_response())
}

/// Merges and opens the review.
pub(crate) async fn send(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<MergePlans>,
) -> Result<Response, AppProblem> {
    let sent = match form.value {
        Ok(command) => {
            let permit = review_plan::permit(&cx, &state.deps)?;
            merge_plans::run(&cx, &state.deps, permit, command).await
        }
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(id) => {
            Ok((Flash::success("plan-review-merged-plans"), Redirect::to(&format!("/steering/plans/{id}")))
                .into_response())
        }
        Err(problem) => {
            let page = page(&cx, &state, form.typed.refuse(problem)?).await?;
            let html = state.platform.ui.page(&cx, &frame, &page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn page(cx: &Cx, state: &SteeringState, form: FormView) -> Result<MergePage, Problem> {
    let plans = merge_plans::choices(cx, &state.deps).await?;
    let choice = |plan: crate::model::plan::Plan| Choice {
        value: plan.id.to_string(),
        text: match plan.number {
            Some(number) => format!("{} ({number})", plan.title),
            None => plan.title,
        },
    };
    Ok(MergePage {
        form,
        plans: plans.into_iter().map(choice).collect(),
        units: unit_choices(cx, state).await,
    })
}

impl Page for MergePage {
    const TEMPLATE: &'static str = "steering/review/merge.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str| Choice { value: value.to_owned(), text: "Kế hoạch".to_owned() };
        let same = FormView::new().refused(&Problem::field("second", "compiled.same-plan"));
        vec![
            Self { form: same, plans: vec![choice("a"), choice("b")], units: vec![choice("H31")] },
            Self { form: FormView::new(), plans: vec![choice("a")], units: vec![choice("H31")] },
        ]
    }
}
