//! `/steering/plans/{id}/items/{item}`: one item beside its place in the document; correct, split, merge, decide.

use super::views::{CompiledView, ItemView, unit_names};
use super::{compiled_id, item_id};
use crate::model::compiled_change::{Correction, value_lines};
use crate::model::compiled_plan::{CompiledId, CompiledItem, CompiledItemId, Content, ItemState};
use crate::ops::review_item::{self, Decision};
use crate::ops::review_plan::{self, Review};
use crate::pages::SteeringState;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ItemPage {
    plan: CompiledView,
    item: ItemView,
    quoted: Vec<String>,
    form: FormView,
    split: FormView,
    /// The item after it, that it may be merged with.
    next: Option<String>,
}

impl FromFields for Correction {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        const LONGEST: usize = 20_000;
        let mut text = |name: &str| fields.text_up_to(name, LONGEST).unwrap_or_default();
        let (units, coordinating, product) = (text("units"), text("coordinating"), text("product"));
        let (due, unit, values) = (text("due"), text("unit"), text("values"));
        Some(Self {
            reference: fields.required_up_to("reference", 40)?,
            text: fields.required_up_to("text", LONGEST)?,
            units,
            coordinating,
            due,
            product,
            unit,
            values,
        })
    }
}

/// What the buttons send.
#[derive(Debug)]
pub(crate) struct DecideForm(Decision);

impl FromFields for DecideForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let chosen = fields.choice("decision", &["accept", "reject", "reopen", "merge"])?;
        Some(Self(match chosen.as_str() {
            "accept" => Decision::Accept,
            "reject" => Decision::Reject,
            "merge" => Decision::MergeWithNext,
            _ => Decision::Reopen,
        }))
    }
}

/// The text with an empty line where the second item begins.
#[derive(Debug)]
pub(crate) struct SplitForm(String);

impl FromFields for SplitForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        fields.required_up_to("split", 20_000).map(Self)
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, item)): Path<(String, String)>,
) -> Result<Response, AppProblem> {
    let review = review_plan::run(&cx, &state.deps, compiled_id(&id)?).await?;
    let item = review.item(item_id(&item)?)?;
    let page = page(&review, item, form_of(&item.content), FormView::new())?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// Corrects the item; a corrected item is accepted.
pub(crate) async fn correct(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, item)): Path<(String, String)>,
    form: Form<Correction>,
) -> Result<Response, AppProblem> {
    let (id, item) = (compiled_id(&id)?, item_id(&item)?);
    let sent = match form.value {
        Ok(correction) => decided(&cx, &state, id, item, Decision::Correct(correction)).await,
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(next) => Ok((Flash::success("plan-review-corrected"), next).into_response()),
        Err(problem) => {
            let review = review_plan::run(&cx, &state.deps, id).await?;
            let page = page(&review, review.item(item)?, form.typed.refuse(problem)?, FormView::new())?;
            let html = state.platform.ui.page(&cx, &frame, &page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Splits the item in two.
pub(crate) async fn split(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, item)): Path<(String, String)>,
    form: Form<SplitForm>,
) -> Result<Response, AppProblem> {
    let (id, item) = (compiled_id(&id)?, item_id(&item)?);
    let sent = match form.value {
        Ok(SplitForm(text)) => decided(&cx, &state, id, item, Decision::Split(text)).await,
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(_) => {
            let back = Redirect::to(&format!("/steering/plans/{id}#item-{item}"));
            Ok((Flash::success("plan-review-split-done"), back).into_response())
        }
        Err(problem) => {
            let review = review_plan::run(&cx, &state.deps, id).await?;
            let found = review.item(item)?;
            let page = page(&review, found, form_of(&found.content), form.typed.refuse(problem)?)?;
            let html = state.platform.ui.page(&cx, &frame, &page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Accepts, rejects, reopens or merges, and goes on to the next item that waits.
pub(crate) async fn decide(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path((id, item)): Path<(String, String)>,
    form: Form<DecideForm>,
) -> Result<Response, AppProblem> {
    let DecideForm(decision) = form.value?;
    let (id, item) = (compiled_id(&id)?, item_id(&item)?);
    let stays = matches!(decision, Decision::MergeWithNext | Decision::Reopen);
    let next = decided(&cx, &state, id, item, decision).await?;
    let same = Redirect::to(&format!("/steering/plans/{id}#item-{item}"));
    Ok(if stays { same } else { next }.into_response())
}

/// Decides and says where to go: the next item that waits, or this one.
async fn decided(
    cx: &Cx,
    state: &SteeringState,
    id: CompiledId,
    item: CompiledItemId,
    decision: Decision,
) -> Result<Redirect, Problem> {
    let permit = review_plan::permit(cx, &state.deps)?;
    let next = review_item::run(cx, &state.deps, permit, id, item, decision).await?.unwrap_or(item);
    Ok(Redirect::to(&format!("/steering/plans/{id}#item-{next}")))
}

fn form_of(content: &Content) -> FormView {
    let form = FormView::new()
        .with("reference", content.reference())
        .with("text", content.text())
        .with("units", content.units().join("\n"));
    match content {
        Content::Target(target) => {
            form.with("unit", &target.unit).with("values", value_lines(&target.values))
        }
        Content::Task(task) => form
            .with("coordinating", task.coordinating.join("\n"))
            .with("due", &task.due.raw)
            .with("product", &task.product),
    }
}

fn page(review: &Review, item: &CompiledItem, form: FormView, split: FormView) -> Result<ItemPage, Problem> {
    let span = item.content.source();
    let index = |line: u32| usize::try_from(line).unwrap_or(1);
    let (from, to) = (index(span.line_start), index(span.line_end));
    let quoted = review.plan.source.lines().skip(from.saturating_sub(1)).take((to + 1).saturating_sub(from));
    let after = review.items.iter().skip_while(|other| other.id != item.id).skip(1);
    let mut after = after.filter(|other| other.state != ItemState::Merged);
    let next = after
        .next()
        .filter(|other| std::mem::discriminant(&other.content) == std::mem::discriminant(&item.content));
    let split = if split.is_empty() { split.with("split", item.content.text()) } else { split };
    Ok(ItemPage {
        plan: CompiledView::of(&review.plan),
        item: ItemView::of(item, &unit_names()?),
        quoted: quoted
            .map(|line| d06_plan::readable(&line.replace('\t', " | ")))
            .filter(|line| !line.trim().is_empty())
            .collect(),
        form,
        split,
        next: next.map(|other| other.content.reference().to_owned()),
    })
}

impl Page for ItemPage {
    const TEMPLATE: &'static str = "steering/review/item.html";

    fn samples() -> Vec<Self> {
        let mut items = ItemView::samples();
        items.truncate(2);
        let page = |item: ItemView, form: FormView, split: FormView| Self {
            plan: CompiledView::sample("open"),
            item,
            quoted: vec!["1 | Làm sạch dữ liệu | Công an xã".to_owned()],
            form,
            split,
            next: Some("II.3".to_owned()),
        };
        let due = FormView::new().refused(&Problem::field("due", "compiled.due-not-understood"));
        let where_ = FormView::new().refused(&Problem::field("split", "compiled.split-where"));
        let mut samples: Vec<Self> =
            items.iter().map(|item| page(item.clone(), FormView::new(), FormView::new())).collect();
        for problem in [Problem::invalid("compiled.kinds-differ"), Problem::invalid("compiled.no-next")] {
            samples.extend(
                items
                    .first()
                    .map(|item| page(item.clone(), FormView::new().refused(&problem), FormView::new())),
            );
        }
        if let Some(item) = items.first() {
            samples.push(Self { next: None, ..page(item.clone(), due, where_) });
        }
        samples
    }
}
