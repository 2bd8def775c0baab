//! `/steering/tasks/{id}/assign`: who does a task, who answers for it, who decides, with which product.

use crate::model::assignment::AssignmentId;
use crate::ops::assign_task::{self, AssignTask};
use crate::ops::show_task::{self, TaskDetail};
use crate::pages::SteeringState;
use crate::pages::choices::{Choice, UnitNames, authorities, officials};
use crate::pages::proof::HappeningView;
use crate::pages::refusal::refusal;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem, Role};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct AssignPage {
    id: String,
    version: i64,
    reference: String,
    text: String,
    lead: String,
    units: Vec<Choice>,
    officials: Vec<Choice>,
    authorities: Vec<Choice>,
    measures: Vec<Choice>,
    /// What changed last, shown when somebody was faster.
    last: Option<HappeningView>,
    form: FormView,
}

/// What the form sends.
#[derive(Debug)]
pub(super) struct AssignForm {
    version: i64,
    command: AssignTask,
}

impl FromFields for AssignForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "number.not-whole");
        let quantity = fields.optional("quantity", "number.not-whole");
        let authority = match fields.text_up_to("authority", 40) {
            Some(name) => {
                let role = Role::from_name(&name);
                if role.is_none() {
                    fields.refuse("authority", "field.choose");
                }
                role
            }
            None => None,
        };
        let command = AssignTask {
            unit: fields.text_up_to("unit", 40),
            person: fields.text_up_to("person", 12),
            monitor: fields.text_up_to("monitor", 40),
            authority,
            product: fields.text_up_to("product", 2000).unwrap_or_default(),
            quantity: quantity?,
            measure: fields.text_up_to("measure", 80),
        };
        Some(Self { version: version?, command })
    }
}

/// `GET /steering/tasks/{id}/assign`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, id, None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `POST /steering/tasks/{id}/assign`.
pub(super) async fn save(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<AssignmentId>,
    form: Form<AssignForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let input = form.value?;
        let detail = show_task::run(&cx, &state.deps, id).await?;
        let permit = detail.found.permit(&cx, &state.deps)?;
        assign_task::run(&cx, &state.deps, permit, (id, input.version), input.command).await
    };
    match done.await {
        Ok(()) => {
            let back = Redirect::to(&format!("/steering/tasks/{id}"));
            Ok((Flash::success("task-assigned"), back).into_response())
        }
        Err(problem) => {
            let (status, form) = refusal(form.typed, problem)?;
            let page = page(&cx, &state, id, Some(form)).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    id: AssignmentId,
    typed: Option<FormView>,
) -> Result<AssignPage, Problem> {
    let detail = show_task::run(cx, &state.deps, id).await?;
    if !detail.may.steer {
        return Err(Problem::forbidden());
    }
    let units = UnitNames::load(cx, &state.deps).await?;
    let refused = typed.is_some();
    let texts = state.platform.ui.texts();
    let measures = state.deps.measures.list();
    Ok(AssignPage {
        id: id.to_string(),
        version: detail.found.assignment.version,
        reference: detail.found.task.place.reference.clone(),
        text: detail.found.task.text.clone(),
        lead: crate::pages::parts::unit_names(&detail.found.task.lead),
        officials: officials(cx, &state.platform, &state.deps, &units).await?,
        authorities: authorities(cx, &state.platform),
        measures: measures.map(|info| Choice::new(info.key, texts.plain(cx.locale, info.name))).collect(),
        last: detail.history.first().filter(|_| refused).map(|one| HappeningView::of(cx, state, one, &units)),
        form: typed.unwrap_or_else(|| filled(&detail)),
        units: units.choices(),
    })
}

/// The form with what stands.
fn filled(detail: &TaskDetail) -> FormView {
    let one = &detail.found.assignment;
    let fields = [
        ("unit", one.unit.clone()),
        ("person", one.person.as_ref().map(|person| person.number.clone())),
        ("monitor", one.monitor.clone()),
        ("authority", one.authority.map(|role| role.name().to_owned())),
        ("product", Some(one.product.clone())),
        ("quantity", one.quantity.map(|quantity| quantity.to_string())),
        ("measure", one.measure.clone()),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

impl Page for AssignPage {
    const TEMPLATE: &'static str = "steering/tasks/assign.html";

    fn samples() -> Vec<Self> {
        let page = |last: Option<HappeningView>, form: FormView| Self {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            version: 3,
            reference: "II.2".to_owned(),
            text: "Triển khai kết nối".to_owned(),
            lead: "Công an xã".to_owned(),
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            officials: vec![Choice::new("1", "Trần Quốc Tuấn")],
            authorities: vec![Choice::new("chairman", "Chủ tịch")],
            measures: vec![Choice::new("procedures.on-time", "Đúng hạn")],
            last,
            form,
        };
        let refused = FormView::new().refused(&Problem::conflict("task.changed-meanwhile"));
        vec![page(None, FormView::new()), page(HappeningView::samples().pop(), refused)]
    }
}
