//! `/steering/registers/…`: inspections and findings, pilot models, reviews of legal texts, each by its definition.

use super::SteeringState;
use super::choices::{Choice, UnitNames};
use super::proof::HappeningView;
use super::refusal::refusal;
use crate::model::register::{FieldKind, INSPECTION, Record, RecordId, Register, Registers};
use crate::ops::keep_register::{self, Content, Coverage, RecordDetail, StagePermit};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// A register.
#[derive(Debug, Serialize)]
pub(crate) struct RegisterPage {
    key: String,
    registers: Vec<String>,
    lines: Vec<RecordLine>,
    coverage: Option<CoverageView>,
    may_add: bool,
}

/// An entry in a list.
#[derive(Clone, Debug, Serialize)]
struct RecordLine {
    id: String,
    register: String,
    title: String,
    unit: String,
    stage: String,
    settled: bool,
    due: Option<NaiveDate>,
    done: Option<NaiveDate>,
    overdue: bool,
}

/// How much of the units was inspected.
#[derive(Debug, Serialize)]
struct CoverageView {
    inspected: i64,
    units: i64,
    percent: Option<f64>,
    least: i64,
    basis: String,
    reached: bool,
}

/// An entry.
#[derive(Debug, Serialize)]
pub(crate) struct RecordPage {
    line: RecordLine,
    parent: Option<RecordLine>,
    child: Option<String>,
    children: Vec<RecordLine>,
    fields: Vec<FieldView>,
    steps: Vec<String>,
    may_keep: bool,
    version: i64,
    history: Vec<HappeningView>,
    form: FormView,
}

/// A field and what it holds.
#[derive(Clone, Debug, Serialize)]
struct FieldView {
    key: String,
    kind: &'static str,
    value: Option<String>,
}

/// The form of an entry.
#[derive(Debug, Serialize)]
pub(crate) struct RecordFormPage {
    key: String,
    /// The entry that is changed; none for a new one.
    id: Option<String>,
    parent: Option<String>,
    version: i64,
    fields: Vec<FieldView>,
    units: Vec<Choice>,
    form: FormView,
}

/// `GET /steering/registers/{register}`.
pub(super) async fn list(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(key): Path<String>,
) -> Result<Html<String>, AppProblem> {
    let (register, records) = keep_register::list(&cx, &state.deps, &key).await?;
    let units = UnitNames::load(&cx, &state.deps).await?;
    let today = local_date(cx.now());
    let coverage = match key == INSPECTION {
        true => Some(CoverageView::of(keep_register::coverage(&cx, &state.deps).await?)),
        false => None,
    };
    let resource = keep_register::resource_of_register(&state.deps, &key);
    let roots = Registers::shipped()?;
    let page = RegisterPage {
        // Entries that belong to others are added there.
        may_add: register.parent.is_none() && state.deps.authz.may::<act::KeepRegister>(&cx, &resource),
        registers: roots.all().iter().map(|register| register.key.clone()).collect(),
        lines: records.iter().map(|one| RecordLine::of(one, &register, &units, today)).collect(),
        coverage,
        key,
    };
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `GET /steering/records/{id}`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<RecordId>,
) -> Result<Html<String>, AppProblem> {
    let page = record_page(&cx, &state, id, FormView::new()).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

async fn record_page(
    cx: &Cx,
    state: &SteeringState,
    id: RecordId,
    form: FormView,
) -> Result<RecordPage, Problem> {
    let RecordDetail { register, record, parent, children, history, may_keep, steps } =
        keep_register::show(cx, &state.deps, id).await?;
    let units = UnitNames::load(cx, &state.deps).await?;
    let registers = Registers::shipped()?;
    let today = local_date(cx.now());
    let of = |one: &Record| {
        let register = registers.get(&one.register)?;
        Ok::<_, Problem>(RecordLine::of(one, register, &units, today))
    };
    Ok(RecordPage {
        line: of(&record)?,
        parent: parent.as_ref().map(of).transpose()?,
        children: children.iter().map(of).collect::<Result<_, _>>()?,
        child: register.child.clone(),
        fields: FieldView::of(&register, &record.fields),
        steps,
        may_keep,
        version: record.version,
        history: history.iter().map(|one| HappeningView::of(cx, state, one, &units)).collect(),
        form,
    })
}

/// What the button of a stage sends.
#[derive(Debug)]
pub(super) struct StageForm {
    to: String,
    version: i64,
    note: Option<String>,
}

impl FromFields for StageForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let (to, version) = (fields.required_up_to("to", 20), fields.parsed("version", "number.not-whole"));
        Some(Self { note: fields.text_up_to("note", 2000), to: to?, version: version? })
    }
}

/// `POST /steering/records/{id}/stage`.
pub(super) async fn step(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<RecordId>,
    form: Form<StageForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let detail = keep_register::show(&cx, &state.deps, id).await?;
        let permit = StagePermit::ask(&cx, &state.deps, &detail.record)?;
        keep_register::step(&cx, &state.deps, permit, (id, input.version), &input.to, input.note).await
    };
    match done.await {
        Ok(()) => {
            let back = Redirect::to(&format!("/steering/records/{id}"));
            Ok((Flash::success("record-stepped"), back).into_response())
        }
        Err(problem) => {
            let (status, form) = refusal(form.typed, problem)?;
            let page = record_page(&cx, &state, id, form).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

/// `GET /steering/registers/{register}/new`.
pub(super) async fn new(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(key): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let page = form_page(&cx, &state, &key, query.get("parent").cloned(), None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `POST /steering/registers/{register}/new`.
pub(super) async fn add(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(key): Path<String>,
    form: Form<Fields>,
) -> Result<Response, AppProblem> {
    let parent = form.typed.value("parent").filter(|parent| !parent.is_empty()).map(str::to_owned);
    let done = async {
        let register = Registers::shipped()?.get(&key)?.clone();
        let resource = keep_register::resource_of_register(&state.deps, &key);
        let permit = state.deps.authz.permit(&cx, &resource)?;
        let (content, _) = content(&register, form.value?)?;
        let of = parent.as_ref().map(|id| id.parse()).transpose().map_err(|_| Problem::not_found())?;
        keep_register::add(&cx, &state.deps, permit, &key, of, content).await
    };
    match done.await {
        Ok(id) => {
            let to = Redirect::to(&format!("/steering/records/{id}"));
            Ok((Flash::success("record-added"), to).into_response())
        }
        Err(problem) => {
            let (status, typed) = refusal(form.typed, problem)?;
            let page = form_page(&cx, &state, &key, parent, Some(typed)).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

/// `GET /steering/records/{id}/edit`.
pub(super) async fn edit(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<RecordId>,
) -> Result<Html<String>, AppProblem> {
    let page = edit_page(&cx, &state, id, None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `POST /steering/records/{id}/edit`.
pub(super) async fn save(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<RecordId>,
    form: Form<Fields>,
) -> Result<Response, AppProblem> {
    let done = async {
        let detail = keep_register::show(&cx, &state.deps, id).await?;
        let permit = state.deps.authz.permit(&cx, &keep_register::resource_of(&detail.record))?;
        let (content, version) = content(&detail.register, form.value?)?;
        keep_register::update(&cx, &state.deps, permit, (id, version), content).await
    };
    match done.await {
        Ok(()) => {
            let back = Redirect::to(&format!("/steering/records/{id}"));
            Ok((Flash::success("record-saved"), back).into_response())
        }
        Err(problem) => {
            let (status, typed) = refusal(form.typed, problem)?;
            let page = edit_page(&cx, &state, id, Some(typed)).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

async fn form_page(
    cx: &Cx,
    state: &SteeringState,
    key: &str,
    parent: Option<String>,
    typed: Option<FormView>,
) -> Result<RecordFormPage, Problem> {
    let register = Registers::shipped()?.get(key)?.clone();
    let resource = keep_register::resource_of_register(&state.deps, key);
    let _: d06_authz::Permit<act::KeepRegister> = state.deps.authz.permit(cx, &resource)?;
    Ok(RecordFormPage {
        key: key.to_owned(),
        id: None,
        parent,
        version: 0,
        fields: FieldView::of(&register, &BTreeMap::new()),
        units: UnitNames::load(cx, &state.deps).await?.choices(),
        form: typed.unwrap_or_default(),
    })
}

async fn edit_page(
    cx: &Cx,
    state: &SteeringState,
    id: RecordId,
    typed: Option<FormView>,
) -> Result<RecordFormPage, Problem> {
    let RecordDetail { register, record, may_keep, .. } = keep_register::show(cx, &state.deps, id).await?;
    if !may_keep {
        return Err(Problem::forbidden());
    }
    Ok(RecordFormPage {
        key: register.key.clone(),
        id: Some(id.to_string()),
        parent: record.parent.map(|parent| parent.to_string()),
        version: record.version,
        fields: FieldView::of(&register, &record.fields),
        units: UnitNames::load(cx, &state.deps).await?.choices(),
        form: typed.unwrap_or_else(|| filled(&register, &record)),
    })
}

/// The form with what stands.
fn filled(register: &Register, record: &Record) -> FormView {
    let mut form = FormView::new().with("title", &record.title).with("unit", &record.unit);
    if let Some(due) = record.due_on {
        form = form.with("due", due.format("%d/%m/%Y"));
    }
    for field in &register.fields {
        if let Some(value) = record.fields.get(&field.key) {
            form = form.with(format!("field-{}", field.key), value);
        }
    }
    form
}

/// An entry as the form sends it, with the version it began from.
fn content(register: &Register, mut fields: Fields) -> Result<(Content, i64), Problem> {
    let title = fields.required_up_to("title", 500);
    let unit = fields.chosen("unit", 40);
    let due_on = fields.optional_date("due");
    let version = fields.parsed("version", "number.not-whole");
    let mut kept = BTreeMap::new();
    for field in &register.fields {
        let name = format!("field-{}", field.key);
        let value = match field.kind {
            FieldKind::Text => fields.text_up_to(&name, 500),
            FieldKind::LongText => fields.text(&name),
            FieldKind::Number | FieldKind::Money => {
                fields.optional::<u64>(&name, "number.not-whole").flatten().map(|number| number.to_string())
            }
            FieldKind::Date => fields.optional_date(&name).flatten().map(|day| day.to_string()),
        };
        kept.extend(value.map(|value| (field.key.clone(), value)));
    }
    // Reading it as nothing says everything that is wrong at once.
    let Checked = fields.read()?;
    match (title, unit, due_on, version) {
        (Some(title), Some(unit), Some(due_on), Some(version)) => {
            Ok((Content { title, unit, due_on, fields: kept }, version))
        }
        _ => Err(Problem::invalid("input.invalid")),
    }
}

/// Fields that were read already; only what is wrong with them is asked.
struct Checked;

impl FromFields for Checked {
    fn from_fields(_: &mut Fields) -> Option<Self> {
        Some(Self)
    }
}

impl RecordLine {
    fn of(one: &Record, register: &Register, units: &UnitNames, today: NaiveDate) -> Self {
        let settled = register.is_done(&one.stage);
        Self {
            id: one.id.to_string(),
            register: one.register.clone(),
            title: one.title.clone(),
            unit: units.name(&one.unit),
            stage: one.stage.clone(),
            settled,
            due: one.due_on,
            done: one.done_on,
            overdue: !settled && one.done_on.is_none() && one.due_on.is_some_and(|due| due < today),
        }
    }

    fn samples() -> Vec<Self> {
        let registers = Registers::shipped().map(|registers| registers.all().to_vec()).unwrap_or_default();
        let day = NaiveDate::from_ymd_opt(2026, 6, 30);
        let lines = registers.iter().flat_map(|register| {
            register.stages.iter().map(|stage| Self {
                id: "0197705e-7b00-7000-8000-000000000005".to_owned(),
                register: register.key.clone(),
                title: "Kiểm tra bộ phận một cửa".to_owned(),
                unit: "Trung tâm phục vụ hành chính công".to_owned(),
                stage: stage.key.clone(),
                settled: stage.done,
                due: day.filter(|_| !stage.done),
                done: day.filter(|_| stage.done),
                overdue: !stage.done,
            })
        });
        lines.collect()
    }
}

impl CoverageView {
    fn of(coverage: Coverage) -> Self {
        let Coverage { ratio, rule } = coverage;
        Self {
            inspected: ratio.numerator,
            units: ratio.denominator,
            percent: ratio.percent(),
            least: rule.value,
            reached: ratio.numerator.saturating_mul(100) >= rule.value.saturating_mul(ratio.denominator),
            basis: rule.basis,
        }
    }
}

impl FieldView {
    fn of(register: &Register, values: &BTreeMap<String, String>) -> Vec<Self> {
        let kind = |kind| match kind {
            FieldKind::Text => "text",
            FieldKind::LongText => "long-text",
            FieldKind::Number => "number",
            FieldKind::Money => "money",
            FieldKind::Date => "date",
        };
        let view = |field: &crate::model::register::Field| Self {
            key: field.key.clone(),
            kind: kind(field.kind),
            value: values.get(&field.key).cloned(),
        };
        register.fields.iter().map(view).collect()
    }
}

/// Every register with one value in each field.
fn sample_fields() -> Vec<(Register, Vec<FieldView>)> {
    let registers = Registers::shipped().map(|registers| registers.all().to_vec()).unwrap_or_default();
    let filled = |register: &Register| {
        let values = register.fields.iter().map(|field| {
            let value = if field.kind == FieldKind::Date { "2026-06-15" } else { "12" };
            (field.key.clone(), value.to_owned())
        });
        FieldView::of(register, &values.collect())
    };
    registers.into_iter().map(|register| (register.clone(), filled(&register))).collect()
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "steering/registers/list.html";

    fn samples() -> Vec<Self> {
        let keys: Vec<String> = sample_fields().into_iter().map(|(register, _)| register.key).collect();
        keys.iter()
            .map(|key| Self {
                key: key.clone(),
                registers: keys.clone(),
                lines: if key == "pilot" { Vec::new() } else { RecordLine::samples() },
                coverage: (key == INSPECTION).then(|| CoverageView {
                    inspected: 1,
                    units: 5,
                    percent: Some(20.0),
                    least: 30,
                    basis: "Kế hoạch".to_owned(),
                    reached: false,
                }),
                may_add: key != "finding",
            })
            .collect()
    }
}

impl Page for RecordPage {
    const TEMPLATE: &'static str = "steering/registers/show.html";

    fn samples() -> Vec<Self> {
        let lines = RecordLine::samples();
        let line = |key: &str| lines.iter().find(|line| line.register == key).cloned();
        let page = |(register, fields): (Register, Vec<FieldView>)| {
            Some(Self {
                line: line(&register.key)?,
                parent: register.parent.as_deref().and_then(line),
                children: register.child.as_deref().and_then(line).into_iter().collect(),
                steps: register.stages.iter().map(|stage| stage.key.clone()).collect(),
                may_keep: register.child.is_some(),
                child: register.child,
                fields,
                version: 1,
                history: HappeningView::samples(),
                form: FormView::new().refused(&Problem::conflict("record.changed-meanwhile")),
            })
        };
        sample_fields().into_iter().filter_map(page).collect()
    }
}

impl Page for RecordFormPage {
    const TEMPLATE: &'static str = "steering/registers/form.html";

    fn samples() -> Vec<Self> {
        let page = |(register, fields): (Register, Vec<FieldView>)| Self {
            key: register.key,
            id: register.child.map(|_| "0197705e-7b00-7000-8000-000000000005".to_owned()),
            parent: register.parent,
            version: 1,
            fields,
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            form: FormView::new().refused(&Problem::field("title", "field.required")),
        };
        sample_fields().into_iter().map(page).collect()
    }
}
