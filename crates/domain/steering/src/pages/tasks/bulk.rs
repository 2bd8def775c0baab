//! One change to many tasks: boxes in the list, a form below it.

use super::filter::{self, Query};
use super::list;
use crate::model::assignment::AssignmentId;
use crate::ops::change_tasks::{self, TasksChange, TasksPermit};
use crate::ops::list_work::Work;
use crate::ops::task_resource;
use crate::pages::SteeringState;
use crate::pages::choices::{Choice, authorities};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::{Kind, Resource, act};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_ui::FormView;
use serde::Serialize;

/// The form below the list, for those who may change tasks.
#[derive(Debug, Serialize)]
pub(super) struct BulkView {
    form: FormView,
    /// The list it belongs to.
    back: String,
    /// Whether units and roles may be set, or deadlines only.
    steers: bool,
    units: Vec<Choice>,
    authorities: Vec<Choice>,
}

impl BulkView {
    /// The form, if the reader may change any task of the plans.
    pub(super) fn of(
        cx: &Cx,
        state: &SteeringState,
        work: &Work,
        back: String,
        units: Vec<Choice>,
        typed: Option<FormView>,
    ) -> Option<Self> {
        let resource =
            |plan: &crate::model::plan::Plan| Resource::new(Kind::Task, plan.id).in_unit(plan.unit.clone());
        let authz = &state.deps.authz;
        let extends = work.plans().iter().any(|plan| authz.may::<act::ExtendTask>(cx, &resource(plan)));
        let steers = work.plans().iter().any(|plan| authz.may::<act::SteerTask>(cx, &resource(plan)));
        extends.then(|| Self {
            form: typed.unwrap_or_default(),
            back,
            steers,
            units,
            authorities: authorities(cx, &state.platform),
        })
    }

    pub(super) fn sample() -> Self {
        let refused = Problem::invalid("tasks.none");
        Self {
            form: FormView::new().refused(&refused),
            back: "/steering/tasks".to_owned(),
            steers: true,
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            authorities: vec![Choice::new("chairman", "Chủ tịch")],
        }
    }
}

/// What the form sends.
#[derive(Debug)]
pub(super) struct BulkForm {
    tasks: Vec<(AssignmentId, i64)>,
    change: TasksChange,
}

impl FromFields for BulkForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let ticked = |text: String| {
            let (id, version) = text.split_once(':')?;
            Some((id.parse().ok()?, version.parse().ok()?))
        };
        let tasks = fields.all("task").into_iter().filter_map(ticked).collect();
        let change = match fields.choice("change", &["unit", "monitor", "authority", "due"])?.as_str() {
            "unit" => TasksChange::Unit(fields.chosen("lead", 40)?),
            "monitor" => TasksChange::Monitor(fields.chosen("monitor", 40)?),
            "authority" => {
                let role = fields.chosen("authority", 40)?;
                match Role::from_name(&role) {
                    Some(role) => TasksChange::Authority(role),
                    None => {
                        fields.refuse("authority", "field.choose");
                        return None;
                    }
                }
            }
            _ => {
                let reason = fields.text("reason");
                TasksChange::Due(fields.date("due")?, reason)
            }
        };
        Some(Self { tasks, change })
    }
}

/// `POST /steering/tasks/bulk`.
pub(super) async fn change(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<BulkForm>,
) -> Result<Response, AppProblem> {
    let back = back(form.typed.value("back").unwrap_or_default());
    let done = match form.value {
        Ok(input) => apply(&cx, &state, input).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(count) => {
            let address = filter::address(&back, &[]);
            Ok((Flash::success("tasks-changed").with("count", count), Redirect::to(&address)).into_response())
        }
        // Somebody was faster, or the form is wrong: the list is shown as it is now, with what was typed.
        Err(problem) if matches!(problem.kind, ProblemKind::Invalid | ProblemKind::Conflict) => {
            let status = if problem.kind == ProblemKind::Conflict {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let page = list::page(&cx, &state, &back, Some(form.typed.refused(&problem))).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn apply(cx: &Cx, state: &SteeringState, input: BulkForm) -> Result<usize, Problem> {
    if input.tasks.len() > change_tasks::MOST {
        return Err(Problem::invalid("tasks.too-many").with("most", change_tasks::MOST));
    }
    let mut found = Vec::new();
    for (id, _) in &input.tasks {
        found.push(task_resource::load(&state.deps, *id).await?);
    }
    let permit = TasksPermit::ask(cx, &state.deps, &found, &input.change)?;
    change_tasks::run(cx, &state.deps, permit, input.tasks, input.change).await
}

/// The query of the list that the form came from.
fn back(address: &str) -> Query {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

/// A value of an address as text.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match byte {
            b'%' => {
                let pair = rest.next().and_then(hex).zip(rest.next().and_then(hex));
                bytes.extend(pair.map(|(high, low)| high * 16 + low));
            }
            b'+' => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_found_again() {
        let query = back("/steering/tasks?unit=H31.10816.02&q=s%E1%BB%91%20h%C3%B3a&view=list");
        assert_eq!(query.get("q").map(String::as_str), Some("số hóa"));
        assert_eq!(
            filter::address(&query, &[]),
            "/steering/tasks?unit=H31.10816.02&q=s%E1%BB%91%20h%C3%B3a&view=list"
        );
    }
}
