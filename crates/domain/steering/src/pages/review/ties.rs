//! `/steering/plans/ties`: which task of the committee serves which task of the plan above.

use super::views::Choice;
use crate::model::plan::{Task, TaskId};
use crate::ops::review_plan;
use crate::ops::review_ties::{self, Ties};
use crate::pages::SteeringState;
use crate::pages::parts::unit_names;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct TiesPage {
    tasks: Vec<TieView>,
    parents: Vec<Choice>,
    without_child: Vec<ParentView>,
    may_tie: bool,
}

/// A task of the committee.
#[derive(Clone, Debug, Serialize)]
struct TieView {
    id: String,
    reference: String,
    text: String,
    lead: String,
    /// The number and words of the task it serves.
    parent: Option<String>,
    suggested: Option<String>,
    form: FormView,
}

/// A task of the plan above.
#[derive(Clone, Debug, Serialize)]
struct ParentView {
    reference: String,
    text: String,
    lead: String,
}

/// What the form sends.
#[derive(Debug)]
pub(crate) struct TieForm {
    task: TaskId,
    parent: Option<TaskId>,
}

impl FromFields for TieForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let task = fields.parsed("task", "field.choose")?;
        let parent =
            fields.pairs().find(|(name, _)| name.starts_with("parent")).map(|(name, _)| name.to_owned());
        let parent = match parent {
            Some(name) => fields.optional(&name, "field.choose")?,
            None => None,
        };
        Some(Self { task, parent })
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    let ties = review_ties::run(&cx, &state.deps).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page(ties))?)
}

/// Ties or unties a task.
pub(crate) async fn send(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    form: Form<TieForm>,
) -> Result<Response, AppProblem> {
    let form = form.value?;
    let permit = review_plan::permit(&cx, &state.deps)?;
    review_ties::tie(&cx, &state.deps, permit, form.task, form.parent).await?;
    let back = Redirect::to(&format!("/steering/plans/ties#task-{}", form.task));
    Ok((Flash::success("plan-review-tied"), back).into_response())
}

fn page(ties: Ties) -> TiesPage {
    let name = |task: &Task| format!("{} – {}", task.place.reference, short(&task.text));
    let all = || ties.parents.iter().flat_map(|(_, tasks)| tasks);
    let named = |id: TaskId| all().find(|task| task.id == id).map(name);
    let view = |tied: &review_ties::Tied| TieView {
        id: tied.task.id.to_string(),
        reference: tied.task.place.reference.clone(),
        text: tied.task.text.clone(),
        lead: unit_names(&tied.task.lead),
        parent: tied.parent.and_then(named),
        suggested: tied.suggested.and_then(named),
        form: FormView::new().with(
            format!("parent-{}", tied.task.id),
            tied.parent.or(tied.suggested).map(|id| id.to_string()).unwrap_or_default(),
        ),
    };
    let parents = all().map(|task| Choice { value: task.id.to_string(), text: name(task) });
    let without = all().filter(|task| ties.without_child.contains(&task.id)).map(|task| ParentView {
        reference: task.place.reference.clone(),
        text: task.text.clone(),
        lead: unit_names(&task.lead),
    });
    TiesPage {
        tasks: ties.tasks.iter().map(view).collect(),
        parents: parents.collect(),
        without_child: without.collect(),
        may_tie: ties.may_tie,
    }
}

/// The beginning of a text, for a list of choices.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(90).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl Page for TiesPage {
    const TEMPLATE: &'static str = "steering/review/ties.html";

    fn samples() -> Vec<Self> {
        let tie = |end: &str, parent: Option<&str>, suggested: Option<&str>| TieView {
            id: format!("0197705e-7b00-7000-8000-00000000000{end}"),
            reference: "II.2".to_owned(),
            text: "Làm sạch dữ liệu hộ tịch".to_owned(),
            lead: "Công an xã".to_owned(),
            parent: parent.map(str::to_owned),
            suggested: suggested.map(str::to_owned),
            form: FormView::new(),
        };
        let parents =
            vec![Choice { value: "p".to_owned(), text: "III.1 – Làm sạch dữ liệu".to_owned() }];
        let parent = ParentView {
            reference: "III.2".to_owned(),
            text: "Số hóa hồ sơ".to_owned(),
            lead: "Sở Nội vụ".to_owned(),
        };
        vec![
            Self {
                tasks: vec![
                    tie("1", Some("III.1 – A"), None),
                    tie("2", None, Some("III.1 – A")),
                    tie("3", None, None),
                ],
                parents,
                without_child: vec![parent],
                may_tie: true,
            },
            Self {
                tasks: vec![tie("1", None, None)],
                parents: Vec::new(),
                without_child: Vec::new(),
                may_tie: false,
            },
        ]
    }
}
