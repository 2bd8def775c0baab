//! `/steering/obstacles`: what stands in the way, who can remove it, and whether it was answered in time.

use super::SteeringState;
use super::choices::{Choice, UnitNames, named};
use super::proof::{HappeningView, ObstacleLine};
use super::refusal::refusal;
use crate::model::assignment::AssignmentId;
use crate::model::obstacle::{About, ObstacleId, Outcome};
use crate::ops::answer_obstacle::{self, ObstacleDetail};
use crate::ops::list_obstacles::{self, PAGE, Which};
use crate::ops::raise_obstacle::{self, RaiseObstacle};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Frame, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The list.
#[derive(Debug, Serialize)]
pub(crate) struct ObstacleListPage {
    which: &'static str,
    counts: Vec<WhichLink>,
    units: Vec<Choice>,
    form: FormView,
    lines: Vec<ObstacleLine>,
    previous: Option<String>,
    next: Option<String>,
}

/// A choice of obstacles with how many there are.
#[derive(Debug, Serialize)]
struct WhichLink {
    name: &'static str,
    count: u64,
    href: String,
    current: bool,
}

/// One obstacle.
#[derive(Debug, Serialize)]
pub(crate) struct ObstaclePage {
    line: ObstacleLine,
    version: i64,
    about: &'static str,
    proposal: Option<String>,
    raised_by: String,
    answered_by: Option<String>,
    may_answer: bool,
    may_route: bool,
    outcomes: Vec<Choice>,
    units: Vec<Choice>,
    history: Vec<HappeningView>,
    form: FormView,
}

/// The form that raises one.
#[derive(Debug, Serialize)]
pub(crate) struct RaisePage {
    about: &'static str,
    href: String,
    address: String,
    reference: String,
    text: String,
    units: Vec<Choice>,
    days: i64,
    form: FormView,
}

/// `GET /steering/obstacles`.
pub(super) async fn list(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let asked = query.get("which").map(String::as_str);
    let which = Which::ALL.into_iter().find(|which| Some(which.name()) == asked).unwrap_or_default();
    let unit = query.get("unit").map(String::as_str).filter(|unit| !unit.is_empty());
    let offset: u64 = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    let (mut found, counts) = list_obstacles::run(&cx, &state.deps, which, unit, offset).await?;
    let page_size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > page_size;
    found.truncate(page_size);
    let units = UnitNames::load(&cx, &state.deps).await?;
    let today = local_date(cx.now());
    let at = |which: Which, offset: u64| {
        let unit = unit.unwrap_or_default();
        format!("/steering/obstacles?which={}&unit={unit}&offset={offset}", which.name())
    };
    let page = ObstacleListPage {
        which: which.name(),
        counts: Which::ALL
            .into_iter()
            .zip(counts)
            .map(|(one, count)| WhichLink {
                name: one.name(),
                count,
                href: at(one, 0),
                current: one == which,
            })
            .collect(),
        form: FormView::new().with("unit", unit.unwrap_or_default()),
        lines: found.iter().map(|one| ObstacleLine::of(one, &units, today)).collect(),
        previous: (offset > 0).then(|| at(which, offset.saturating_sub(PAGE))),
        next: more.then(|| at(which, offset.saturating_add(PAGE))),
        units: units.addressees(),
    };
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `GET /steering/obstacles/{id}`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<ObstacleId>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, id, FormView::new()).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// What the form of an answer sends.
#[derive(Debug)]
pub(super) struct AnswerForm {
    version: i64,
    text: String,
    outcome: Outcome,
}

impl FromFields for AnswerForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "number.not-whole");
        let outcome = fields.choice("outcome", &Outcome::ALL.map(Outcome::name));
        let text = fields.required("answer");
        Some(Self { version: version?, text: text?, outcome: Outcome::from_name(&outcome?)? })
    }
}

/// `POST /steering/obstacles/{id}/answer`.
pub(super) async fn answer(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<ObstacleId>,
    form: Form<AnswerForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let permit = answer_obstacle::may_answer(&cx, &state.deps, id).await?;
        let answer = (input.text, input.outcome);
        answer_obstacle::run(&cx, &state.deps, permit, (id, input.version), answer).await?;
        Ok("obstacle-answer-sent")
    };
    let done = done.await;
    respond(&cx, &state, &frame, id, done, form.typed).await
}

/// What the form that sends an obstacle on sends.
#[derive(Debug)]
pub(super) struct RouteForm {
    version: i64,
    addressee: String,
    note: Option<String>,
}

impl FromFields for RouteForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "number.not-whole");
        let addressee = fields.chosen("addressee", 40);
        Some(Self { note: fields.text_up_to("note", 2000), version: version?, addressee: addressee? })
    }
}

/// `POST /steering/obstacles/{id}/route`.
pub(super) async fn route(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<ObstacleId>,
    form: Form<RouteForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let permit = answer_obstacle::may_route(&cx, &state.deps, id).await?;
        let to = (input.addressee, input.note);
        answer_obstacle::route(&cx, &state.deps, permit, (id, input.version), to.0, to.1).await?;
        Ok("obstacle-routed")
    };
    let done = done.await;
    respond(&cx, &state, &frame, id, done, form.typed).await
}

async fn respond(
    cx: &Cx,
    state: &SteeringState,
    frame: &Frame,
    id: ObstacleId,
    done: Result<&'static str, Problem>,
    typed: FormView,
) -> Result<Response, AppProblem> {
    match done {
        Ok(message) => {
            let back = Redirect::to(&format!("/steering/obstacles/{id}"));
            Ok((Flash::success(message), back).into_response())
        }
        Err(problem) => {
            let (status, form) = refusal(typed, problem)?;
            let page = page(cx, state, id, form).await?;
            Ok((status, state.platform.ui.page(cx, frame, &page)?).into_response())
        }
    }
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    id: ObstacleId,
    form: FormView,
) -> Result<ObstaclePage, Problem> {
    let ObstacleDetail { obstacle, history, may_answer, may_route } =
        answer_obstacle::show(cx, &state.deps, id).await?;
    let units = UnitNames::load(cx, &state.deps).await?;
    Ok(ObstaclePage {
        line: ObstacleLine::of(&obstacle, &units, local_date(cx.now())),
        version: obstacle.version,
        about: obstacle.about.kind(),
        proposal: obstacle.proposal.clone(),
        raised_by: obstacle.raised_by.clone(),
        answered_by: obstacle.answer.as_ref().map(|answer| answer.by.clone()),
        may_answer,
        may_route,
        outcomes: named(cx, &state.platform, "obstacle-outcome", Outcome::ALL.map(Outcome::name)),
        history: history.iter().map(|one| HappeningView::of(cx, state, one, &units)).collect(),
        units: units.addressees(),
        form,
    })
}

/// What the form that raises an obstacle sends.
#[derive(Debug)]
pub(super) struct RaiseForm(RaiseObstacle);

impl FromFields for RaiseForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let (text, addressee) = (fields.required("text"), fields.chosen("addressee", 40));
        let proposal = fields.text("proposal");
        Some(Self(RaiseObstacle { proposal, text: text?, addressee: addressee? }))
    }
}

/// `GET /steering/tasks/{id}/obstacles/new`.
pub(super) async fn new_to_task(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
) -> Result<Html<String>, AppProblem> {
    let page = raise_page(&cx, &state, About::Task(id), FormView::new()).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `GET /steering/targets/{id}/obstacles/new`.
pub(super) async fn new_to_target(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<crate::model::plan::TargetId>,
) -> Result<Html<String>, AppProblem> {
    let page = raise_page(&cx, &state, About::Target(id), FormView::new()).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `POST /steering/tasks/{id}/obstacles/new`.
pub(super) async fn raise_to_task(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
    form: Form<RaiseForm>,
) -> Result<Response, AppProblem> {
    raise(&cx, &state, &frame, About::Task(id), form).await
}

/// `POST /steering/targets/{id}/obstacles/new`.
pub(super) async fn raise_to_target(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<crate::model::plan::TargetId>,
    form: Form<RaiseForm>,
) -> Result<Response, AppProblem> {
    raise(&cx, &state, &frame, About::Target(id), form).await
}

async fn raise(
    cx: &Cx,
    state: &SteeringState,
    frame: &Frame,
    about: About,
    form: Form<RaiseForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let hindered = raise_obstacle::load(cx, &state.deps, about).await?;
        let permit = hindered.permit(cx, &state.deps)?;
        raise_obstacle::run(cx, &state.deps, permit, hindered, form.value?.0).await
    };
    match done.await {
        Ok(id) => {
            let to = Redirect::to(&format!("/steering/obstacles/{id}"));
            Ok((Flash::success("obstacle-raised"), to).into_response())
        }
        Err(problem) => {
            let (status, typed) = refusal(form.typed, problem)?;
            let page = raise_page(cx, state, about, typed).await?;
            Ok((status, state.platform.ui.page(cx, frame, &page)?).into_response())
        }
    }
}

async fn raise_page(
    cx: &Cx,
    state: &SteeringState,
    about: About,
    form: FormView,
) -> Result<RaisePage, Problem> {
    let hindered = raise_obstacle::load(cx, &state.deps, about).await?;
    hindered.permit(cx, &state.deps)?;
    let rules = crate::model::rules::Rules::shipped()?;
    Ok(RaisePage {
        about: about.kind(),
        href: about.href(),
        address: format!("{}/obstacles/new", about.href()),
        reference: hindered.reference,
        text: hindered.text,
        units: UnitNames::load(cx, &state.deps).await?.addressees(),
        days: rules.value(crate::model::rules::ANSWER_DAYS, local_date(cx.now()))?,
        form,
    })
}

impl Page for ObstacleListPage {
    const TEMPLATE: &'static str = "steering/obstacles/list.html";

    fn samples() -> Vec<Self> {
        let page = |lines: Vec<ObstacleLine>, next: Option<&str>| Self {
            which: "open",
            counts: Which::ALL
                .map(|which| WhichLink {
                    name: which.name(),
                    count: 2,
                    href: "/steering/obstacles".to_owned(),
                    current: which == Which::Open,
                })
                .into(),
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            form: FormView::new(),
            lines,
            previous: next.map(str::to_owned),
            next: next.map(str::to_owned),
        };
        vec![page(ObstacleLine::samples(), Some("/steering/obstacles")), page(Vec::new(), None)]
    }
}

impl Page for ObstaclePage {
    const TEMPLATE: &'static str = "steering/obstacles/show.html";

    fn samples() -> Vec<Self> {
        let page = |line: ObstacleLine, may: bool| Self {
            line,
            version: 1,
            about: if may { "task" } else { "target" },
            proposal: may.then(|| "Cấp tài khoản".to_owned()),
            raised_by: "Vũ Thị Lan".to_owned(),
            answered_by: (!may).then(|| "Phạm Hồng Sơn".to_owned()),
            may_answer: may,
            may_route: may,
            outcomes: vec![Choice::new("removed", "Đã tháo gỡ")],
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            history: HappeningView::samples(),
            form: FormView::new().refused(&Problem::field("answer", "field.required")),
        };
        let mut samples = ObstacleLine::samples().into_iter();
        let open = samples.next().map(|line| page(line, true));
        open.into_iter().chain(samples.map(|line| page(line, false))).collect()
    }
}

impl Page for RaisePage {
    const TEMPLATE: &'static str = "steering/obstacles/raise.html";

    fn samples() -> Vec<Self> {
        let page = |about, form| Self {
            about,
            href: "/steering/tasks/1".to_owned(),
            address: "/steering/tasks/1/obstacles/new".to_owned(),
            reference: "II.2".to_owned(),
            text: "Triển khai kết nối".to_owned(),
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            days: 5,
            form,
        };
        let refused = FormView::new().refused(&Problem::field("text", "field.required"));
        vec![page("task", FormView::new()), page("target", refused)]
    }
}
