//! `/steering/commendations`: proposals drafted from results, edited by a person, decided by the chairman.

use super::SteeringState;
use super::choices::{Choice, UnitNames, named};
use super::refusal::refusal;
use crate::model::commendation::{Commendation, CommendationId, Kind, Results, Stand};
use crate::ops::commend::{self, NewCommendation};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike, NaiveDate};
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::time::{Moment, local_date};
use d06_kernel::{Cx, Locale, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The list and the form that drafts one.
#[derive(Debug, Serialize)]
pub(crate) struct CommendationListPage {
    lines: Vec<CommendationView>,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    form: FormView,
}

/// A proposal.
#[derive(Clone, Debug, Serialize)]
struct CommendationView {
    id: String,
    kind: Kind,
    unit: String,
    from: NaiveDate,
    to: NaiveDate,
    results: Results,
    text: String,
    stand: Stand,
    drafted_at: Moment,
    drafted_by: String,
    decided_at: Option<Moment>,
    decided_by: Option<String>,
    decision: Option<String>,
    tasks: String,
}

/// One proposal.
#[derive(Debug, Serialize)]
pub(crate) struct CommendationPage {
    one: CommendationView,
    version: i64,
    may_edit: bool,
    may_decide: bool,
    form: FormView,
}

/// `GET /steering/commendations`.
pub(super) async fn list(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    let page = list_page(&cx, &state, None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

async fn list_page(
    cx: &Cx,
    state: &SteeringState,
    typed: Option<FormView>,
) -> Result<CommendationListPage, Problem> {
    let all = commend::list(cx, &state.deps).await?;
    let units = UnitNames::load(cx, &state.deps).await?;
    let today = local_date(cx.now());
    let year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let words = |day: NaiveDate| day.format("%d/%m/%Y").to_string();
    Ok(CommendationListPage {
        lines: all.iter().map(|one| CommendationView::of(one, &units)).collect(),
        kinds: named(cx, &state.platform, "commendation", Kind::ALL.map(Kind::name)),
        units: units.choices(),
        form: typed.unwrap_or_else(|| FormView::new().with("from", words(year)).with("to", words(today))),
    })
}

/// What the form that drafts one sends.
#[derive(Debug)]
pub(super) struct DraftForm {
    kind: Kind,
    unit: String,
    time: (NaiveDate, NaiveDate),
}

impl FromFields for DraftForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let kind = fields.choice("kind", &Kind::ALL.map(Kind::name));
        let unit = fields.chosen("unit", 40);
        let (from, to) = (fields.date("from"), fields.date("to"));
        Some(Self { kind: Kind::from_name(&kind?)?, unit: unit?, time: (from?, to?) })
    }
}

/// `POST /steering/commendations`.
pub(super) async fn draft(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<DraftForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let DraftForm { kind, unit, time } = form.value?;
        let permit = state.deps.authz.permit(&cx, &commend::resource(&state.deps))?;
        let results = commend::results(&cx, &state.deps, &unit, time).await?;
        let name = UnitNames::load(&cx, &state.deps).await?.name(&unit);
        let text = drafted(&state, kind, &name, time, results);
        commend::draft(&cx, &state.deps, permit, NewCommendation { kind, unit, time, text, results }).await
    };
    match done.await {
        Ok(id) => Ok(Redirect::to(&format!("/steering/commendations/{id}")).into_response()),
        Err(problem) => {
            let (status, typed) = refusal(form.typed, problem)?;
            let page = list_page(&cx, &state, Some(typed)).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

/// The first text of a proposal. It is an official text of a Vietnamese office, whatever language its writer reads.
fn drafted(
    state: &SteeringState,
    kind: Kind,
    unit: &str,
    (from, to): (NaiveDate, NaiveDate),
    results: Results,
) -> String {
    let values = [
        ("unit", unit.to_owned()),
        ("from", from.format("%d/%m/%Y").to_string()),
        ("to", to.format("%d/%m/%Y").to_string()),
        ("due", results.due.to_string()),
        ("ontime", results.on_time.to_string()),
        ("late", results.late.to_string()),
        ("overdue", results.overdue.to_string()),
    ];
    let values: BTreeMap<String, String> =
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let id = format!("commendation-text-{}", kind.name());
    state.platform.ui.texts().with_arguments(Locale::Vi, &id, &values)
}

/// `GET /steering/commendations/{id}`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<CommendationId>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, id, None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// What the form of a text sends.
#[derive(Debug)]
pub(super) struct TextForm {
    version: i64,
    text: String,
}

impl FromFields for TextForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let (version, text) = (fields.parsed("version", "number.not-whole"), fields.required("text"));
        Some(Self { version: version?, text: text? })
    }
}

/// `POST /steering/commendations/{id}`.
pub(super) async fn edit(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<CommendationId>,
    form: Form<TextForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let permit = state.deps.authz.permit(&cx, &commend::resource(&state.deps))?;
        commend::edit(&cx, &state.deps, permit, (id, input.version), input.text).await
    };
    let done = done.await;
    respond(&cx, &state, &frame, id, done, form.typed).await
}

/// What the chairman's form sends.
#[derive(Debug)]
pub(super) struct DecideForm {
    version: i64,
    approve: bool,
    words: String,
}

impl FromFields for DecideForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "number.not-whole");
        let decision = fields.choice("decision", &["approve", "decline"]);
        let words = fields.required_up_to("words", 2000);
        Some(Self { version: version?, approve: decision? == "approve", words: words? })
    }
}

/// `POST /steering/commendations/{id}/decision`.
pub(super) async fn decide(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<CommendationId>,
    form: Form<DecideForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let permit = state.deps.authz.permit(&cx, &commend::resource(&state.deps))?;
        commend::decide(&cx, &state.deps, permit, (id, input.version), input.approve, input.words).await
    };
    let done = done.await;
    respond(&cx, &state, &frame, id, done, form.typed).await
}

async fn respond(
    cx: &Cx,
    state: &SteeringState,
    frame: &d06_ui::Frame,
    id: CommendationId,
    done: Result<(), Problem>,
    typed: FormView,
) -> Result<Response, AppProblem> {
    match done {
        Ok(()) => {
            let back = Redirect::to(&format!("/steering/commendations/{id}"));
            Ok((Flash::success("commendation-saved"), back).into_response())
        }
        Err(problem) => {
            let (status, typed) = refusal(typed, problem)?;
            let page = page(cx, state, id, Some(typed)).await?;
            Ok((status, state.platform.ui.page(cx, frame, &page)?).into_response())
        }
    }
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    id: CommendationId,
    typed: Option<FormView>,
) -> Result<CommendationPage, Problem> {
    let one = commend::get(cx, &state.deps, id).await?;
    let units = UnitNames::load(cx, &state.deps).await?;
    let open = one.stand == Stand::Draft;
    let resource = commend::resource(&state.deps);
    let form = typed.unwrap_or_default();
    let form = if form.value("text").is_none() { form.with("text", &one.text) } else { form };
    Ok(CommendationPage {
        one: CommendationView::of(&one, &units),
        version: one.version,
        may_edit: open && state.deps.authz.may::<act::DraftCommendation>(cx, &resource),
        may_decide: open && state.deps.authz.may::<act::DecideCommendation>(cx, &resource),
        form,
    })
}

impl CommendationView {
    fn of(one: &Commendation, units: &UnitNames) -> Self {
        let decided = one.decided.as_ref();
        Self {
            id: one.id.to_string(),
            kind: one.kind,
            unit: units.name(&one.unit),
            from: one.from,
            to: one.to,
            results: one.results,
            text: one.text.clone(),
            stand: one.stand,
            drafted_at: one.drafted_at,
            drafted_by: one.drafted_by.clone(),
            decided_at: decided.map(|(at, _, _)| *at),
            decided_by: decided.map(|(_, by, _)| by.clone()),
            decision: decided.map(|(_, _, words)| words.clone()),
            tasks: format!("/steering/tasks?unit={}&from={}&to={}", one.unit, one.from, one.to),
        }
    }

    fn samples() -> Vec<Self> {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        let draft = Self {
            id: "0197705e-7b00-7000-8000-000000000006".to_owned(),
            kind: Kind::Praise,
            unit: "Công an xã Hà Bắc".to_owned(),
            from: day(1, 1),
            to: day(6, 15),
            results: Results { due: 10, on_time: 8, late: 1, overdue: 1 },
            text: "Đề nghị biểu dương.".to_owned(),
            stand: Stand::Draft,
            drafted_at: Moment::UNIX_EPOCH,
            drafted_by: "Trần Quốc Tuấn".to_owned(),
            decided_at: None,
            decided_by: None,
            decision: None,
            tasks: "/steering/tasks".to_owned(),
        };
        let decided = |stand| Self {
            kind: Kind::Criticism,
            stand,
            decided_at: Some(Moment::UNIX_EPOCH),
            decided_by: Some("Phạm Hồng Sơn".to_owned()),
            decision: Some("Đồng ý".to_owned()),
            ..draft.clone()
        };
        vec![draft.clone(), decided(Stand::Approved), decided(Stand::Declined)]
    }
}

impl Page for CommendationListPage {
    const TEMPLATE: &'static str = "steering/commendations/list.html";

    fn samples() -> Vec<Self> {
        let page = |lines| Self {
            lines,
            kinds: vec![Choice::new("praise", "Biểu dương")],
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            form: FormView::new().refused(&Problem::field("unit", "commendation.no-results")),
        };
        vec![page(CommendationView::samples()), page(Vec::new())]
    }
}

impl Page for CommendationPage {
    const TEMPLATE: &'static str = "steering/commendations/show.html";

    fn samples() -> Vec<Self> {
        let page = |one: CommendationView| Self {
            version: 1,
            may_edit: one.decision.is_none(),
            may_decide: one.decision.is_none(),
            one,
            form: FormView::new().refused(&Problem::field("text", "field.required")),
        };
        CommendationView::samples().into_iter().map(page).collect()
    }
}
