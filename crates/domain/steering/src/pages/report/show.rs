//! `/steering/reports/{id}`: a report, to be written, to be judged, or to be read.

use super::view::{FigureView, ReportView, sample_lines};
use crate::model::report::content::{Absent, Included, ListLine};
use crate::model::report::item::{ReportId, State, StepTaken};
use crate::model::report::words::{GROUPS, LONGEST, PASSAGES};
use crate::ops::report::show::{self, Shown};
use crate::pages::SteeringState;
use axum::extract::{Path, State as Carried};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;

/// Units listed on the page; the desk lists the others.
const UNITS: usize = 50;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ReportPage {
    report: ReportView,
    plan: Option<String>,
    as_of: Moment,
    frozen: bool,
    intact: Option<bool>,
    /// The figures of the five groups, then of targets.
    groups: Vec<GroupView>,
    tasks: Vec<FigureView>,
    obstacle_figures: Vec<FigureView>,
    documents: Vec<ListLine>,
    overdue: Vec<ListLine>,
    /// Tasks overdue of the units below.
    overdue_below: u64,
    obstacles: Vec<ListLine>,
    /// Standing obstacles of the units below.
    obstacles_below: u64,
    next: Vec<ListLine>,
    proposals: Vec<ListLine>,
    included: Vec<Included>,
    included_count: usize,
    absent: Vec<Absent>,
    absent_count: usize,
    below: Vec<ReportView>,
    below_count: usize,
    steps: Vec<StepView>,
    /// Why it was returned, as long as that is to be answered.
    returned: Option<StepView>,
    /// The words, as they stand.
    words: Vec<Passage>,
    /// The form to write in, for whoever writes.
    form: Option<FormView>,
    longest: usize,
    /// Whether sending it locks it: nobody stands above.
    is_top: bool,
    /// What the reader may decide.
    decide: Option<FormView>,
    may_lock: bool,
    may_accept: bool,
    may_remind: bool,
}

/// Figures of one group.
#[derive(Debug, Serialize)]
struct GroupView {
    key: &'static str,
    figures: Vec<FigureView>,
}

/// A passage of words.
#[derive(Debug, Serialize)]
struct Passage {
    key: &'static str,
    text: String,
}

/// A step of the way.
#[derive(Debug, Serialize)]
struct StepView {
    step: String,
    by: String,
    at: Moment,
    comment: Option<String>,
}

/// Shows the page.
pub(crate) async fn show(
    Carried(state): Carried<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<String>,
) -> Result<Html<String>, AppProblem> {
    let shown = show::run(&cx, &state.deps, report_id(&id)?).await?;
    let page = page(&cx, shown, None, FormView::new());
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// The id of an address.
pub(super) fn report_id(text: &str) -> Result<ReportId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The page of a report; `typed` is what a form sent that was refused, `decision` that of the other form.
pub(super) fn page(cx: &Cx, shown: Shown, typed: Option<FormView>, decision: FormView) -> ReportPage {
    let now = cx.now();
    let Shown { report, content, frozen, intact, steps, below, may_write, may_receive } = shown;
    let of = |group: &str| -> Vec<FigureView> {
        let found = content.figures.iter().filter(|figure| figure.group == group);
        found.map(|figure| FigureView::of(figure, cx.locale)).collect()
    };
    let groups = GROUPS
        .into_iter()
        .chain(["targets"])
        .map(|key| GroupView { key, figures: of(key) })
        .filter(|group| group.key != "targets" || !group.figures.is_empty())
        .collect();
    let form = (may_write && report.state.is_owed()).then(|| {
        typed.unwrap_or_else(|| {
            let empty = FormView::new().with("version", report.version);
            PASSAGES.into_iter().fold(empty, |form, key| form.with(key, report.words.get(key)))
        })
    });
    let decidable = may_receive && matches!(report.state, State::Sent | State::Accepted);
    ReportPage {
        overdue_below: content.overdue_below(),
        obstacles_below: content.obstacles_below(),
        plan: content.plan,
        as_of: content.as_of,
        frozen,
        intact,
        groups,
        tasks: of("tasks"),
        obstacle_figures: of("obstacles"),
        documents: content.documents,
        overdue: content.overdue,
        obstacles: content.obstacles,
        next: content.next,
        proposals: content.proposals,
        included_count: content.included.len(),
        included: content.included.into_iter().take(UNITS).collect(),
        absent_count: content.absent.len(),
        absent: content.absent.into_iter().take(UNITS).collect(),
        below_count: below.len(),
        below: below.iter().take(UNITS).map(|one| ReportView::of(one, now)).collect(),
        returned: steps
            .iter()
            .rfind(|step| report.state == State::Returned && step.step == "return")
            .cloned()
            .map(StepView::of),
        steps: steps.into_iter().map(StepView::of).collect(),
        words: PASSAGES
            .into_iter()
            .map(|key| Passage { key, text: content.words.get(key).to_owned() })
            .collect(),
        form,
        longest: LONGEST,
        is_top: report.superior.is_none(),
        decide: decidable.then_some(decision),
        may_lock: report.state == State::Accepted,
        may_accept: report.state == State::Sent,
        may_remind: may_receive && report.state.is_owed(),
        report: ReportView::of(&report, now),
    }
}

impl StepView {
    fn of(step: StepTaken) -> Self {
        Self { step: step.step, by: step.by, at: step.at, comment: step.comment }
    }
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "steering/report.html";

    fn samples() -> Vec<Self> {
        let sample = |report: ReportView, writing: bool, deciding: bool, full: bool| {
            let form = PASSAGES.into_iter().fold(FormView::new().with("version", 1), |form, key| {
                form.with(key, "Đã chỉ đạo các thôn ra quân")
            });
            let lines = || if full { sample_lines() } else { Vec::new() };
            Self {
                plan: full.then(|| "Kế hoạch Đề án 06 giai đoạn 2026 - 2030".to_owned()),
                as_of: Moment::UNIX_EPOCH,
                frozen: !writing,
                intact: (!writing).then_some(full),
                groups: ["procedures", "economy", "citizens", "data", "steering", "targets"]
                    .map(|key| GroupView {
                        key,
                        figures: if full { FigureView::samples() } else { Vec::new() },
                    })
                    .into(),
                tasks: FigureView::samples(),
                obstacle_figures: FigureView::samples(),
                documents: lines(),
                overdue: lines(),
                overdue_below: 3,
                obstacles: lines(),
                obstacles_below: 1,
                next: lines(),
                proposals: lines(),
                included: if full {
                    vec![Included {
                        report: report.id.clone(),
                        unit: "UBND xã Thanh Hà".to_owned(),
                        hash: "ab".repeat(32),
                    }]
                } else {
                    Vec::new()
                },
                absent: if full {
                    ["draft", "sent", "returned"]
                        .map(|state| Absent {
                            unit: "UBND xã Hà Tây".to_owned(),
                            state: state.to_owned(),
                            held_by: "Vũ Đình Long".to_owned(),
                        })
                        .into()
                } else {
                    Vec::new()
                },
                included_count: if full { 60 } else { 0 },
                absent_count: if full { 3 } else { 0 },
                below: if full { ReportView::samples() } else { Vec::new() },
                below_count: if full { 60 } else { 0 },
                returned: writing.then(|| StepView {
                    step: "return".to_owned(),
                    by: "Nguyễn Thế Anh".to_owned(),
                    at: Moment::UNIX_EPOCH,
                    comment: Some("Bổ sung nguyên nhân\nKèm danh sách".to_owned()),
                }),
                steps: ["ask", "send", "return", "accept", "lock", "remind"]
                    .map(|step| StepView {
                        step: step.to_owned(),
                        by: "Trần Quốc Tuấn".to_owned(),
                        at: Moment::UNIX_EPOCH,
                        comment: Some("Bổ sung nguyên nhân".to_owned()).filter(|_| step == "return"),
                    })
                    .into(),
                words: PASSAGES
                    .into_iter()
                    .map(|key| Passage {
                        key,
                        text: if full { "Một dòng\nHai dòng".to_owned() } else { String::new() },
                    })
                    .collect(),
                form: writing.then_some(form),
                longest: LONGEST,
                is_top: full,
                decide: deciding
                    .then(|| FormView::new().refused(&Problem::field("comment", "field.required"))),
                may_lock: !full,
                may_accept: full,
                may_remind: full,
                report,
            }
        };
        let mut all = Vec::new();
        for report in ReportView::samples() {
            all.push(sample(report.clone(), true, false, true));
            all.push(sample(report.clone(), false, true, true));
            all.push(sample(report, false, true, false));
        }
        let first = ReportView::samples().into_iter().next();
        all.extend(first.map(|report| sample(report, true, false, false)));
        all
    }
}
