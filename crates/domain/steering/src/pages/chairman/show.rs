//! The page and its handler.

use super::chart::{Line, Part, divided, line};
use crate::model::goal::Comparison;
use crate::ops::courses::{Change, OffCourse};
use crate::ops::show_chairman::{self, Board, LateTask};
use crate::pages::SteeringState;
use axum::extract::State;
use chrono::{Duration, NaiveDate};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::Cx;
use d06_kernel::time::{Moment, local_date};
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ChairmanPage {
    office: String,
    plans: Vec<String>,
    as_of: Moment,
    late_count: u64,
    bar: Vec<Part>,
    task_count: u64,
    late: Vec<LateView>,
    off_count: usize,
    measured: usize,
    off_course: Vec<CourseView>,
    missing_count: u64,
    missing: Vec<MissingView>,
    obstacle_count: u64,
    obstacles: Vec<ObstacleView>,
    change: Option<ChangeView>,
}

#[derive(Debug, Serialize)]
struct LateView {
    href: String,
    reference: String,
    text: String,
    who: String,
    due: Option<NaiveDate>,
    days: i64,
}

#[derive(Debug, Serialize)]
struct CourseView {
    href: String,
    reference: String,
    text: String,
    now: f64,
    numerator: i64,
    denominator: i64,
    goal: f64,
    sign: &'static str,
    /// Whether the values are in percent: only these are drawn.
    percent: bool,
    unit: String,
    by: NaiveDate,
    expected: f64,
}

#[derive(Debug, Serialize)]
struct MissingView {
    href: String,
    unit: String,
    held_by: String,
    due_at: Moment,
    days: i64,
}

#[derive(Debug, Serialize)]
struct ObstacleView {
    href: String,
    reference: String,
    text: String,
    addressee: String,
    due_on: NaiveDate,
    days: i64,
}

#[derive(Debug, Serialize)]
struct ChangeView {
    href: String,
    reference: String,
    text: String,
    before: f64,
    before_day: NaiveDate,
    now: f64,
    now_day: NaiveDate,
    moved: f64,
    line: Option<Line>,
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    let board = show_chairman::run(&cx, &state.deps).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page(&cx, board))?)
}

fn page(cx: &Cx, board: Board) -> ChairmanPage {
    let now = cx.now();
    let today = local_date(now);
    let counts: Vec<(&'static str, u64)> =
        board.tasks.iter().map(|(standing, count)| (standing.name(), *count)).collect();
    ChairmanPage {
        office: board.office,
        plans: board.plans,
        as_of: now,
        late_count: counts.first().map_or(0, |(_, count)| *count),
        task_count: counts.iter().map(|(_, count)| count).sum(),
        bar: divided(&counts),
        late: board.late.into_iter().map(LateView::of).collect(),
        off_count: board.off_count,
        measured: board.measured,
        off_course: board.off_course.into_iter().map(CourseView::of).collect(),
        missing_count: board.missing_count,
        missing: board
            .missing
            .into_iter()
            .map(|report| MissingView {
                href: format!("/steering/reports/{}", report.id),
                due_at: report.due_at - Duration::minutes(1),
                days: (today - local_date(report.due_at - Duration::minutes(1))).num_days(),
                unit: report.unit_name,
                held_by: report.held_by,
            })
            .collect(),
        obstacle_count: board.obstacle_count,
        obstacles: board
            .obstacles
            .into_iter()
            .map(|one| ObstacleView {
                href: format!("/steering/obstacles/{}", one.id),
                reference: one.reference,
                text: one.text,
                addressee: one.addressee,
                due_on: one.due_on,
                days: (today - one.due_on).num_days(),
            })
            .collect(),
        change: board.change.map(ChangeView::of),
    }
}

impl LateView {
    fn of(late: LateTask) -> Self {
        Self {
            href: format!("/steering/tasks/{}", late.id),
            reference: late.reference,
            text: late.text,
            who: late.who,
            due: late.due,
            days: late.days,
        }
    }
}

impl CourseView {
    fn of(course: OffCourse) -> Self {
        let sign = match course.goal.0 {
            Comparison::AtLeast => "≥",
            Comparison::MoreThan => ">",
            Comparison::AtMost => "≤",
            Comparison::LessThan => "<",
        };
        Self {
            href: format!("/steering/targets/{}", course.target.id),
            reference: course.target.place.reference,
            text: course.target.text,
            now: course.now,
            numerator: course.ratio.numerator,
            denominator: course.ratio.denominator,
            goal: course.goal.1 as f64 / 100.0,
            sign,
            percent: course.shape.is_percent(),
            unit: if course.shape.is_percent() { "%".to_owned() } else { course.target.unit },
            by: course.line.deadline,
            expected: course.line.value,
        }
    }
}

impl ChangeView {
    fn of(change: Change) -> Self {
        Self {
            href: format!("/steering/targets/{}", change.target.id),
            reference: change.target.place.reference,
            text: change.target.text,
            before: change.before.value,
            before_day: change.before.day,
            now: change.now.value,
            now_day: change.now.day,
            moved: ((change.now.value - change.before.value) * 100.0).round() / 100.0,
            line: line(&change.points),
        }
    }
}

impl Page for ChairmanPage {
    const TEMPLATE: &'static str = "steering/chairman.html";

    fn samples() -> Vec<Self> {
        use crate::model::course::Point;
        let day = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap_or_default();
        let text = || "Tỷ lệ hồ sơ dịch vụ công trực tuyến trên tổng số hồ sơ".to_owned();
        let counts =
            [("overdue", 3), ("at-risk", 2), ("on-track", 30), ("done-late", 1), ("done-on-time", 8)];
        let change = |moved| ChangeView {
            href: "/steering/targets/1".to_owned(),
            reference: "I.5".to_owned(),
            text: text(),
            before: 50.0,
            before_day: day,
            now: 50.0 + moved,
            now_day: day,
            moved,
            line: line(&[Point { day, value: 1.0 }]),
        };
        let full = Self {
            office: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
            plans: vec!["Kế hoạch Đề án 06 giai đoạn 2026 - 2030".to_owned()],
            as_of: Moment::UNIX_EPOCH,
            late_count: 3,
            task_count: 44,
            bar: divided(&counts),
            late: ["", "Vũ Thị Lan"]
                .map(|who| LateView {
                    href: "/steering/tasks/1".to_owned(),
                    reference: "II.2".to_owned(),
                    text: text(),
                    who: who.to_owned(),
                    due: Some(day).filter(|_| !who.is_empty()),
                    days: 12,
                })
                .into(),
            off_count: 1,
            measured: 4,
            off_course: [true, false]
                .map(|percent| CourseView {
                    href: "/steering/targets/1".to_owned(),
                    reference: "I.5".to_owned(),
                    text: text(),
                    now: 40.0,
                    numerator: 2,
                    denominator: 5,
                    goal: 80.0,
                    sign: "≥",
                    percent,
                    unit: if percent { "%" } else { "lần" }.to_owned(),
                    by: day,
                    expected: 61.25,
                })
                .into(),
            missing_count: 2,
            missing: ["", "Trần Quốc Tuấn"]
                .map(|who| MissingView {
                    href: "/steering/reports/1".to_owned(),
                    unit: "UBND xã Hà Tây".to_owned(),
                    held_by: who.to_owned(),
                    due_at: Moment::UNIX_EPOCH,
                    days: 2,
                })
                .into(),
            obstacle_count: 2,
            obstacles: [3, -2]
                .map(|days| ObstacleView {
                    href: "/steering/obstacles/1".to_owned(),
                    reference: "II.2".to_owned(),
                    text: text(),
                    addressee: "Công an thành phố".to_owned(),
                    due_on: day,
                    days,
                })
                .into(),
            change: Some(change(12.5)),
        };
        let fallen = Self { change: Some(change(-3.0)), ..empty() };
        vec![full, fallen, empty()]
    }
}

/// The page of an office with nothing to tell.
fn empty() -> ChairmanPage {
    ChairmanPage {
        office: String::new(),
        plans: Vec::new(),
        as_of: Moment::UNIX_EPOCH,
        late_count: 0,
        task_count: 0,
        bar: divided(&[("overdue", 0)]),
        late: Vec::new(),
        off_count: 0,
        measured: 0,
        off_course: Vec::new(),
        missing_count: 0,
        missing: Vec::new(),
        obstacle_count: 0,
        obstacles: Vec::new(),
        change: None,
    }
}
