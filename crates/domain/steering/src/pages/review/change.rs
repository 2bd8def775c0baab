//! `/steering/plans/{id}/difference`: what a revised plan changes.

use super::compiled_id;
use super::views::{CompiledView, ItemView, unit_names};
use crate::model::compiled_difference::{Change, FieldChange};
use crate::ops::diff_plan;
use crate::pages::SteeringState;
use crate::pages::parts::PlanView;
use axum::extract::{Path, State};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct DifferencePage {
    plan: CompiledView,
    before: Option<PlanView>,
    added: Vec<ItemView>,
    dropped: Vec<ItemView>,
    moved: Vec<Changed>,
    handed_over: Vec<Changed>,
    other: Vec<Changed>,
}

/// An item that both versions have.
#[derive(Clone, Debug, Serialize)]
struct Changed {
    item: ItemView,
    fields: Vec<FieldChange>,
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
) -> Result<Html<String>, AppProblem> {
    let found = diff_plan::run(&cx, &state.deps, compiled_id(&id)?).await?;
    let names = unit_names()?;
    let mut page = DifferencePage {
        plan: CompiledView::of(&found.review.plan),
        before: found.before.as_ref().map(PlanView::of),
        added: Vec::new(),
        dropped: Vec::new(),
        moved: Vec::new(),
        handed_over: Vec::new(),
        other: Vec::new(),
    };
    for change in found.changes {
        match change {
            Change::Added { item } => page.added.push(ItemView::of_content(&item, &names)),
            Change::Dropped { item } => page.dropped.push(ItemView::of_content(&item, &names)),
            Change::Changed { after, fields, .. } => {
                let has = |field: &str| fields.iter().any(|change| change.field == field);
                let list = if has("due") {
                    &mut page.moved
                } else if has("lead") || has("tracking") {
                    &mut page.handed_over
                } else {
                    &mut page.other
                };
                list.push(Changed { item: ItemView::of_content(&after, &names), fields });
            }
        }
    }
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

impl Page for DifferencePage {
    const TEMPLATE: &'static str = "steering/review/difference.html";

    fn samples() -> Vec<Self> {
        let items = ItemView::samples();
        let field = |field: &'static str| FieldChange {
            field,
            before: "Quý I/2026".to_owned(),
            after: String::new(),
        };
        let all = ["number", "due", "lead", "coordinating", "product", "values", "tracking", "text"];
        let changed: Vec<Changed> = items
            .iter()
            .take(1)
            .map(|item| Changed { item: item.clone(), fields: all.map(field).to_vec() })
            .collect();
        vec![
            Self {
                plan: CompiledView::sample("open"),
                before: Some(PlanView::sample()),
                added: items.clone(),
                dropped: items,
                moved: changed.clone(),
                handed_over: changed.clone(),
                other: changed,
            },
            Self {
                plan: CompiledView::sample("accepted"),
                before: None,
                added: Vec::new(),
                dropped: Vec::new(),
                moved: Vec::new(),
                handed_over: Vec::new(),
                other: Vec::new(),
            },
        ]
    }
}
