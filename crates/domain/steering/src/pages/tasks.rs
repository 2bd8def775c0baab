//! `/steering/tasks`: the tasks of the plan with who leads, who takes part, by when and with which product.

use super::SteeringState;
use super::parts::{PlanView, unit_names};
use crate::model::plan::Task;
use crate::ops::{list_tasks, plan_in_force};
use axum::extract::State;
use chrono::NaiveDate;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::time::local_date;
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct TaskListPage {
    plan: PlanView,
    groups: Vec<TaskGroup>,
    total: usize,
}

/// A group of tasks.
#[derive(Debug, Serialize)]
struct TaskGroup {
    reference: String,
    title: String,
    lines: Vec<TaskLine>,
}

/// A task in the list.
#[derive(Debug, Serialize)]
struct TaskLine {
    reference: String,
    text: String,
    lead: String,
    coordinating: String,
    due: String,
    due_kind: &'static str,
    /// Whether the last day lies in the past.
    passed: bool,
    product: String,
}

impl TaskLine {
    fn of(task: &Task, today: NaiveDate) -> Self {
        Self {
            reference: task.place.reference.clone(),
            text: task.text.clone(),
            lead: unit_names(&task.lead),
            coordinating: unit_names(&task.coordinating),
            due: task.due.raw.clone(),
            due_kind: task.due.kind.name(),
            passed: task.due.to.is_some_and(|to| to < today),
            product: task.product.clone(),
        }
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    let (plan, permit) = plan_in_force::run(&cx, &state.deps).await?;
    let tasks = list_tasks::run(&state.deps, &permit, &plan).await?;
    let today = local_date(cx.now());
    let mut groups: Vec<TaskGroup> = Vec::new();
    for task in &tasks {
        let line = TaskLine::of(task, today);
        match groups.last_mut().filter(|group| group.reference == task.place.group) {
            Some(group) => group.lines.push(line),
            None => groups.push(TaskGroup {
                reference: task.place.group.clone(),
                title: task.place.group_title.clone(),
                lines: vec![line],
            }),
        }
    }
    let page = TaskListPage { plan: PlanView::of(&plan), total: tasks.len(), groups };
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

impl Page for TaskListPage {
    const TEMPLATE: &'static str = "steering/tasks.html";

    fn samples() -> Vec<Self> {
        let line = |due: &str, due_kind, passed| TaskLine {
            reference: "II.2".to_owned(),
            text: "Triển khai kết nối, tích hợp đăng nhập tài khoản định danh".to_owned(),
            lead: "Phòng Văn hoá".to_owned(),
            coordinating: "Công an xã".to_owned(),
            due: due.to_owned(),
            due_kind,
            passed,
            product: "VNeID được tích hợp".to_owned(),
        };
        let bare = TaskLine {
            coordinating: String::new(),
            product: String::new(),
            lead: String::new(),
            ..line("", "none", false)
        };
        let lines = vec![
            line("Tháng 5/2026", "month", true),
            line("Hoàn thành trước ngày 31/12/2026", "date", false),
            line("Quý 1/2027", "quarter", false),
            line("Năm 2027", "year", false),
            line("Từ tháng 1/2027 đến tháng 3/2027", "range", false),
            line("Thực hiện thường xuyên", "recurring", false),
            line("Khi có yêu cầu", "conditional", false),
            bare,
        ];
        let group =
            TaskGroup { reference: "II".to_owned(), title: "Thủ tục hành chính".to_owned(), lines };
        vec![
            Self { plan: PlanView::sample(), groups: vec![group], total: 51 },
            Self { plan: PlanView::sample(), groups: Vec::new(), total: 0 },
        ]
    }
}
