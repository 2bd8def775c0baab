//! `/steering/targets`: all targets of the plans in force, what they stand at, and which are not measured yet.

use super::SteeringState;
use super::parts::{GoalView, PlanView, ValueView, unit_names};
use crate::model::course::{Course, Projection};
use crate::ops::list_targets::{self, TargetState};
use crate::ops::plan_in_force;
use axum::extract::State;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::Cx;
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct TargetListPage {
    plans: Vec<PlanTargets>,
    /// How many targets there are, are measured, and are reached for this year.
    total: usize,
    measured: usize,
    reached: usize,
    off_course: usize,
}

/// The targets of a plan.
#[derive(Debug, Serialize)]
struct PlanTargets {
    plan: PlanView,
    groups: Vec<TargetGroup>,
}

/// A group of targets.
#[derive(Debug, Serialize)]
struct TargetGroup {
    reference: String,
    title: String,
    lines: Vec<TargetLine>,
}

/// A target in the list.
#[derive(Clone, Debug, Serialize)]
struct TargetLine {
    id: String,
    reference: String,
    text: String,
    unit: String,
    goals: Vec<GoalView>,
    value: ValueView,
    course: &'static str,
    projection: Option<Projection>,
    tracking: String,
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    let mut page = TargetListPage::default();
    // The latest plan comes first.
    for (plan, permit) in plan_in_force::all(&cx, &state.deps).await?.into_iter().rev() {
        let targets = list_targets::run(&cx, &state.deps, &permit, &plan).await?;
        let count = |wanted: fn(&TargetState) -> bool| targets.iter().filter(|target| wanted(target)).count();
        page.total += targets.len();
        page.measured += count(|target| target.measured.ratio().is_some());
        page.reached += count(|target| target.course == Course::Met);
        page.off_course += count(|target| target.course == Course::OffCourse);
        let groups = groups(&cx, &state, &targets);
        page.plans.push(PlanTargets { plan: PlanView::of(&plan), groups });
    }
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

fn groups(cx: &Cx, state: &SteeringState, targets: &[TargetState]) -> Vec<TargetGroup> {
    let mut groups: Vec<TargetGroup> = Vec::new();
    for target in targets {
        let place = &target.target.place;
        let line = line(cx, state, target);
        match groups.last_mut().filter(|group| group.reference == place.group) {
            Some(group) => group.lines.push(line),
            None => groups.push(TargetGroup {
                reference: place.group.clone(),
                title: place.group_title.clone(),
                lines: vec![line],
            }),
        }
    }
    groups
}

fn line(cx: &Cx, state: &SteeringState, target: &TargetState) -> TargetLine {
    TargetLine {
        id: target.target.id.to_string(),
        reference: target.target.place.reference.clone(),
        text: target.target.text.clone(),
        unit: target.target.unit.clone(),
        goals: target.target.goals.iter().map(|goal| GoalView::of(goal, target)).collect(),
        value: ValueView::of_target(cx, &state.platform, &state.deps, target),
        course: target.course.name(),
        projection: target.projection,
        tracking: unit_names(&target.target.tracking),
    }
}

impl Page for TargetListPage {
    const TEMPLATE: &'static str = "steering/targets.html";

    fn samples() -> Vec<Self> {
        let courses = [
            Course::Met,
            Course::NothingCounted,
            Course::NotMeasured,
            Course::OnCourse,
            Course::TooEarly,
            Course::OffCourse,
        ];
        let lines: Vec<TargetLine> = ValueView::samples()
            .into_iter()
            .zip(courses)
            .enumerate()
            .map(|(i, (value, course))| TargetLine {
                id: format!("0197705e-7b00-7000-8000-00000000000{i}"),
                reference: format!("I.{}", i + 1),
                text: "Tỷ lệ hồ sơ dịch vụ công trực tuyến trên tổng số hồ sơ dịch vụ công".to_owned(),
                unit: "%".to_owned(),
                goals: GoalView::samples(),
                value,
                course: course.name(),
                projection: (course == Course::OffCourse).then(sample_projection),
                tracking: "Trung tâm hành chính công; Công an xã".to_owned(),
            })
            .collect();
        let group =
            TargetGroup { reference: "I".to_owned(), title: "Phục vụ giải quyết".to_owned(), lines };
        let plain = PlanView { number: None, warnings: 0, ..PlanView::sample() };
        let own = PlanTargets { plan: PlanView::sample(), groups: vec![group] };
        let bare = |plan| PlanTargets { plan, groups: Vec::new() };
        let numbers = Self { plans: Vec::new(), total: 56, measured: 2, reached: 1, off_course: 1 };
        vec![
            Self { plans: vec![own, bare(plain.clone())], ..numbers },
            Self { plans: vec![bare(plain)], ..Self::default() },
        ]
    }
}

/// A projection to look at.
pub(crate) fn sample_projection() -> Projection {
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
    Projection {
        from: day(1, 31),
        then: 20.0,
        to: day(6, 15),
        now: 40.5,
        deadline: day(12, 31),
        value: 68.25,
    }
}
