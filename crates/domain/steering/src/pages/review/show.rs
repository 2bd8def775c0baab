//! `/steering/plans/{id}`: the document on one side, what was read from it on the other; each names the other's place.

use super::compiled_id;
use super::views::{CompiledView, ItemView, unit_names};
use crate::model::compiled_plan::ItemState;
use crate::ops::accept_plan;
use crate::ops::review_plan::{self, Review};
use crate::ops::take_line::{self, Taken};
use crate::pages::SteeringState;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ReviewPage {
    plan: CompiledView,
    items: Vec<ItemView>,
    lines: Vec<LineView>,
    counts: Counts,
    may_decide: bool,
    may_accept: bool,
    /// What stands in the way of accepting the plan, or of taking a line.
    form: FormView,
    /// Whether there is a version before.
    revises: bool,
}

/// How many items are in which state.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Counts {
    targets: usize,
    tasks: usize,
    proposed: usize,
    accepted: usize,
    rejected: usize,
    warnings: usize,
}

/// A line of the document.
#[derive(Clone, Debug, Default, Serialize)]
struct LineView {
    number: usize,
    cells: Vec<String>,
    /// The items that were read from it: id and number. Only at the first line of an item.
    items: Vec<(String, String)>,
    /// Whether some item was read from it.
    covered: bool,
    warnings: Vec<WarningView>,
    /// The next line with something to be looked at, in a line that has some.
    next: Option<usize>,
}

/// What is to be looked at in a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct WarningView {
    code: String,
    message: String,
    /// Whether words were left that may be taken as an item.
    leaves_words: bool,
}

/// A line of the document, and what it is to be.
#[derive(Debug)]
pub(crate) struct TakeForm(u32, Taken);

impl FromFields for TakeForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let line = fields.parsed("line", "compiled.line-empty");
        let kind = fields.choice("as", &[Taken::Task.name(), Taken::Target.name()])?;
        Some(Self(line?, if kind == Taken::Target.name() { Taken::Target } else { Taken::Task }))
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let review = review_plan::run(&cx, &state.deps, compiled_id(&id)?).await?;
    let page = page(&cx, &state, &review, FormView::new()).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// Accepts every item on which nothing is decided.
pub(crate) async fn accept_all(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let id = compiled_id(&id)?;
    let permit = review_plan::permit(&cx, &state.deps)?;
    let count = accept_plan::all_items(&cx, &state.deps, permit, id).await?;
    let flash = Flash::success("plan-review-accepted-all").with("count", count);
    Ok((flash, Redirect::to(&format!("/steering/plans/{id}"))).into_response())
}

/// Takes a line as an item, and goes to where the item can be corrected.
pub(crate) async fn take(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
    form: Form<TakeForm>,
) -> Result<Response, AppProblem> {
    let id = compiled_id(&id)?;
    let permit = review_plan::permit(&cx, &state.deps)?;
    let taken = match form.value {
        Ok(TakeForm(line, taken)) => take_line::run(&cx, &state.deps, permit, id, line, taken).await,
        Err(problem) => Err(problem),
    };
    match taken {
        Ok(item) => {
            let to = Redirect::to(&format!("/steering/plans/{id}/items/{item}"));
            Ok((Flash::success("plan-review-taken"), to).into_response())
        }
        Err(problem) => {
            let form = form.typed.refuse(problem)?;
            let review = review_plan::run(&cx, &state.deps, id).await?;
            let html = state.platform.ui.page(&cx, &frame, &page(&cx, &state, &review, form).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Makes the accepted items the plan.
pub(crate) async fn accept(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let id = compiled_id(&id)?;
    let permit = review_plan::permit(&cx, &state.deps)?;
    match accept_plan::run(&cx, &state.deps, permit, id).await {
        Ok(_) => {
            Ok((Flash::success("plan-review-plan-accepted"), Redirect::to("/steering/plans")).into_response())
        }
        Err(problem) => {
            let form = FormView::new().refuse(problem)?;
            let review = review_plan::run(&cx, &state.deps, id).await?;
            let html = state.platform.ui.page(&cx, &frame, &page(&cx, &state, &review, form).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Ends the review without a plan.
pub(crate) async fn drop(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let permit = review_plan::permit(&cx, &state.deps)?;
    accept_plan::drop(&cx, &state.deps, permit, compiled_id(&id)?).await?;
    Ok((Flash::success("plan-review-plan-dropped"), Redirect::to("/steering/plans")).into_response())
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    review: &Review,
    form: FormView,
) -> Result<ReviewPage, Problem> {
    let names = unit_names()?;
    let shown = review.items.iter().filter(|item| item.state != ItemState::Merged);
    let items: Vec<ItemView> = shown.map(|item| ItemView::of(item, &names)).collect();
    let lines = lines(cx, state, review, &items);
    let count = |state: &str| items.iter().filter(|item| item.state == state).count();
    let counts = Counts {
        targets: items.iter().filter(|item| item.kind == "target").count(),
        tasks: items.iter().filter(|item| item.kind == "task").count(),
        proposed: count("proposed"),
        accepted: count("accepted"),
        rejected: count("rejected"),
        warnings: lines.iter().map(|line| line.warnings.len()).sum(),
    };
    let revises = crate::ops::merge_plans::choices(cx, &state.deps).await?;
    let revises = revises.iter().any(|plan| plan.key == review.plan.key);
    let open = review.plan.state == crate::model::compiled_plan::ReviewState::Open;
    Ok(ReviewPage {
        plan: CompiledView::of(&review.plan),
        items,
        lines,
        counts,
        may_decide: review.may_decide,
        may_accept: open && review_plan::permit::<act::AcceptPlan>(cx, &state.deps).is_ok(),
        form,
        revises,
    })
}

fn lines(cx: &Cx, state: &SteeringState, review: &Review, items: &[ItemView]) -> Vec<LineView> {
    let mut warnings: BTreeMap<usize, Vec<WarningView>> = BTreeMap::new();
    let texts = state.platform.ui.texts();
    for warning in &review.plan.warnings {
        let code = serde_json::to_value(warning.code).ok();
        let code = code.as_ref().and_then(|code| code.as_str()).unwrap_or_default().to_owned();
        let message = texts.plain(cx.locale, &format!("plan-warning-{code}"));
        let line = usize::try_from(warning.line).unwrap_or(1);
        let of_line = warnings.entry(line).or_default();
        let warning = WarningView { code, message, leaves_words: warning.code.leaves_words() };
        if !of_line.contains(&warning) {
            of_line.push(warning);
        }
    }
    let mut lines: Vec<LineView> = review
        .plan
        .source
        .lines()
        .enumerate()
        .map(|(at, line)| LineView {
            number: at + 1,
            cells: line.split('\t').map(d06_plan::readable).collect(),
            warnings: warnings.remove(&(at + 1)).unwrap_or_default(),
            ..LineView::default()
        })
        .collect();
    let index = |line: u32| usize::try_from(line).unwrap_or(1).saturating_sub(1);
    for item in items {
        if let Some(first) = lines.get_mut(index(item.line_start)) {
            first.items.push((item.id.clone(), item.reference.clone()));
        }
        let end = index(item.line_end).min(lines.len().saturating_sub(1));
        for line in lines.iter_mut().take(end + 1).skip(index(item.line_start)) {
            line.covered = true;
        }
    }
    // An empty line is no line to look at, unless something is said of it.
    lines.retain(|line| {
        line.covered || !line.warnings.is_empty() || line.cells.iter().any(|cell| !cell.trim().is_empty())
    });
    let mut next = None;
    for line in lines.iter_mut().rev().filter(|line| !line.warnings.is_empty()) {
        line.next = next.replace(line.number);
    }
    lines
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "steering/review/show.html";

    fn samples() -> Vec<Self> {
        let warning = WarningView {
            code: "row-joined".to_owned(),
            message: "Nối với hàng trên".to_owned(),
            leaves_words: false,
        };
        let left = WarningView {
            code: "assignment-not-taken".to_owned(),
            message: "Trách nhiệm ở phần tổ chức thực hiện".to_owned(),
            leaves_words: true,
        };
        let item = ("0197705e-7b00-7000-8000-00000000000b".to_owned(), "II.2".to_owned());
        let lines = vec![
            LineView {
                number: 1,
                cells: vec!["1".to_owned(), "Làm sạch dữ liệu".to_owned()],
                items: vec![item],
                covered: true,
                warnings: vec![warning],
                next: Some(2),
            },
            LineView {
                number: 2,
                cells: vec!["Văn phòng báo cáo trước ngày 15/12.".to_owned()],
                warnings: vec![left],
                ..LineView::default()
            },
            LineView { number: 3, cells: vec!["Nơi nhận:".to_owned()], ..LineView::default() },
        ];
        let page = |state, may_decide| Self {
            plan: CompiledView::sample(state),
            items: ItemView::samples(),
            lines: lines.clone(),
            counts: Counts { targets: 1, tasks: 4, proposed: 2, accepted: 1, rejected: 1, warnings: 1 },
            may_decide,
            may_accept: may_decide,
            form: FormView::new(),
            revises: may_decide,
        };
        let refused =
            |problem: Problem| Self { form: FormView::new().refused(&problem), ..page("open", true) };
        let empty =
            Self { items: Vec::new(), lines: Vec::new(), counts: Counts::default(), ..page("open", true) };
        vec![
            page("open", true),
            page("accepted", false),
            page("dropped", false),
            empty,
            refused(Problem::invalid("compiled.undecided").with("count", 3)),
            refused(Problem::invalid("compiled.none-accepted")),
            refused(Problem::conflict("compiled.ended")),
            refused(Problem::field("line", "compiled.line-empty")),
            refused(Problem::field("line", "compiled.line-taken")),
        ]
    }
}
