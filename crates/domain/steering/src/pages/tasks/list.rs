//! `/steering/tasks`: the tasks of the plans in force as a list, a board, a calendar or a line of time.

use super::bulk::BulkView;
use super::filter::{self, Query, View};
use super::planned::{self, MonthView, TimelineView};
use crate::model::assignment::{Standing, State, Step};
use crate::ops::list_work::{self, COLUMN, MOST, PAGE, Work, WorkCounts, WorkFilter, WorkItem};
use crate::pages::SteeringState;
use crate::pages::choices::{Choice, UnitNames, named};
use axum::extract::{Query as AxumQuery, State as AxumState};
use chrono::NaiveDate;
use d06_authz::act;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct WorkPage {
    view: &'static str,
    views: Vec<ViewLink>,
    /// The filter.
    form: FormView,
    plans: Vec<Choice>,
    units: Vec<Choice>,
    states: Vec<Choice>,
    standings: Vec<Choice>,
    counts: Vec<CountLink>,
    /// Other places of the work on a plan that the reader may go to.
    places: Vec<Choice>,
    total: u64,
    first: u64,
    lines: Vec<WorkLine>,
    columns: Vec<Column>,
    month: Option<MonthView>,
    timeline: Option<TimelineView>,
    previous: Option<String>,
    next: Option<String>,
    /// Where the filter is taken away.
    all: Option<String>,
    bulk: Option<BulkView>,
}

/// A way to look at the same tasks.
#[derive(Debug, Serialize)]
struct ViewLink {
    name: &'static str,
    href: String,
    current: bool,
}

/// A number that opens to what it counts.
#[derive(Debug, Serialize)]
struct CountLink {
    name: String,
    count: u64,
    href: String,
    alarming: bool,
}

/// A task.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WorkLine {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) reference: String,
    pub(crate) text: String,
    pub(crate) occurrence: String,
    pub(crate) unit: Option<String>,
    pub(crate) person: Option<String>,
    pub(crate) due: Option<NaiveDate>,
    /// As the plan says it, where there is no day.
    pub(crate) due_raw: String,
    pub(crate) state: &'static str,
    pub(crate) standing: &'static str,
    pub(crate) days_late: Option<i64>,
    pub(crate) stuck: bool,
    pub(crate) unclear: usize,
    /// Number or title of its plan, where the reader follows several.
    pub(crate) plan: Option<String>,
    /// Whether the reader may begin it here.
    pub(crate) begin: bool,
}

/// A column of the board.
#[derive(Debug, Serialize)]
struct Column {
    state: &'static str,
    count: u64,
    lines: Vec<WorkLine>,
    /// The list of all, where the column shows some.
    more: Option<String>,
}

impl WorkLine {
    pub(crate) fn of(item: &WorkItem, units: &UnitNames, today: NaiveDate) -> Self {
        let one = &item.assignment;
        Self {
            id: one.id.to_string(),
            version: one.version,
            reference: item.task.place.reference.clone(),
            text: item.task.text.clone(),
            occurrence: one.occurrence.clone(),
            unit: one
                .unit
                .as_deref()
                .map(|code| units.name(code))
                .or_else(|| item.task.lead.first().map(|lead| lead.name.clone())),
            person: one.person.as_ref().map(|person| person.name.clone()),
            due: one.due.on,
            due_raw: item.task.due.raw.clone(),
            state: one.state.name(),
            standing: item.standing.name(),
            days_late: one.days_late(today),
            stuck: item.stuck,
            unclear: one.unclear().len(),
            plan: None,
            begin: false,
        }
    }

    /// One of the tasks of several plans, whose numbers may be the same.
    fn among(work: &Work, item: &WorkItem, units: &UnitNames) -> Self {
        let plans = work.plans();
        let of_item = plans.iter().filter(|_| plans.len() > 1).find(|plan| plan.id == item.assignment.plan);
        // Of a number that was left blank only the symbol stands there: "/KH-UBND".
        let numbered = |number: &&String| number.starts_with(|c: char| c.is_ascii_digit());
        let plan = of_item.map(|plan| plan.number.as_ref().filter(numbered).unwrap_or(&plan.title).clone());
        Self { plan, ..Self::of(item, units, work.today()) }
    }
}

/// `GET /steering/tasks`.
pub(crate) async fn show(
    AxumState(state): AxumState<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    AxumQuery(query): AxumQuery<Query>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, &query, None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// The page, with what was typed into the form below the list.
pub(super) async fn page(
    cx: &Cx,
    state: &SteeringState,
    query: &Query,
    typed: Option<FormView>,
) -> Result<WorkPage, Problem> {
    let deps = &state.deps;
    let work = list_work::open(cx, deps).await?;
    let wanted = filter::of_query(query);
    let units = UnitNames::load(cx, deps).await?;
    let view = View::of(query);
    let (lead, monitor) = (units.choices(), units.choices());
    let mut page = WorkPage {
        view: view.name(),
        views: View::ALL
            .map(|other| ViewLink {
                name: other.name(),
                href: filter::address(query, &[("view", other.name())]),
                current: other == view,
            })
            .into(),
        form: filter::form(query),
        plans: work.plans().iter().map(|plan| Choice::new(&plan.key, &plan.title)).collect(),
        units: lead,
        states: named(cx, &state.platform, "task-state", State::ALL.map(State::name)),
        standings: named(cx, &state.platform, "task-standing", Standing::ALL.map(Standing::name)),
        counts: counts(&work.counts(cx, deps, &wanted).await?, query),
        places: places(cx, state),
        total: 0,
        first: 0,
        lines: Vec::new(),
        columns: Vec::new(),
        month: None,
        timeline: None,
        previous: None,
        next: None,
        all: (wanted != WorkFilter::default()).then(|| format!("/steering/tasks?view={}", view.name())),
        bulk: None,
    };
    match view {
        View::List => {
            list(cx, state, &work, &wanted, query, &units, &mut page).await?;
            page.bulk = BulkView::of(cx, state, &work, filter::address(query, &[]), monitor, typed);
        }
        View::Board => page.columns = board(cx, state, &work, &wanted, query, &units).await?,
        View::Calendar => {
            let month = planned::month_of(query, work.today());
            let narrowed = planned::within(&wanted, month);
            let (items, total) = work.list(cx, deps, &narrowed, (0, MOST)).await?;
            page.total = total;
            let lines = items.iter().map(|item| WorkLine::among(&work, item, &units)).collect();
            page.month = Some(MonthView::of(month, lines, query, work.today()));
        }
        View::Timeline => {
            let dated = WorkFilter {
                due_from: wanted.due_from.or(Some(planned::begin_of_time(work.today()))),
                ..wanted.clone()
            };
            let (items, total) = work.list(cx, deps, &dated, (0, MOST)).await?;
            page.total = total;
            let lines = items.iter().map(|item| WorkLine::among(&work, item, &units)).collect();
            page.timeline = Some(TimelineView::of(lines, work.today()));
        }
    }
    Ok(page)
}

async fn list(
    cx: &Cx,
    state: &SteeringState,
    work: &Work,
    wanted: &WorkFilter,
    query: &Query,
    units: &UnitNames,
    page: &mut WorkPage,
) -> Result<(), Problem> {
    let offset: u64 = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    let (items, total) = work.list(cx, &state.deps, wanted, (offset, PAGE)).await?;
    let at = |offset: u64| filter::address(query, &[("offset", &offset.to_string())]);
    page.previous = (offset > 0).then(|| at(offset.saturating_sub(PAGE)));
    page.next = (offset.saturating_add(PAGE) < total).then(|| at(offset + PAGE));
    (page.total, page.first) = (total, offset.saturating_add(1));
    page.lines = items.iter().map(|item| WorkLine::among(work, item, units)).collect();
    Ok(())
}

async fn board(
    cx: &Cx,
    state: &SteeringState,
    work: &Work,
    wanted: &WorkFilter,
    query: &Query,
    units: &UnitNames,
) -> Result<Vec<Column>, Problem> {
    let mut columns = Vec::new();
    for column in [State::Waiting, State::NotStarted, State::InProgress, State::Submitted, State::Done] {
        if wanted.state.is_some_and(|only| only != column) {
            continue;
        }
        let narrowed = WorkFilter { state: Some(column), ..wanted.clone() };
        let (items, count) = work.list(cx, &state.deps, &narrowed, (0, COLUMN)).await?;
        let lines = items.iter().map(|item| {
            let may = |item: &WorkItem| {
                let plan = work.plans().iter().find(|plan| plan.id == item.assignment.plan);
                plan.is_some_and(|plan| {
                    let resource = list_work::resource(&item.assignment, plan);
                    state.deps.authz.may::<act::UpdateTask>(cx, &resource)
                })
            };
            let begin = column.after(Step::Begin).is_some() && may(item);
            WorkLine { begin, ..WorkLine::among(work, item, units) }
        });
        let lines: Vec<WorkLine> = lines.collect();
        let more =
            (count > COLUMN).then(|| filter::address(query, &[("view", "list"), ("state", column.name())]));
        columns.push(Column { state: column.name(), count, lines, more });
    }
    Ok(columns)
}

/// The places that the reader's role leads to.
fn places(cx: &Cx, state: &SteeringState) -> Vec<Choice> {
    use d06_kernel::Role::{Auditor, Chairman, StandingOffice};
    let has = |roles: &[d06_kernel::Role]| {
        cx.principal().is_some_and(|person| roles.iter().any(|role| person.has(*role)))
    };
    let text = |id: &str| state.platform.ui.texts().plain(cx.locale, id);
    let mut places = vec![
        Choice::new("/steering/obstacles", text("obstacles-title")),
        Choice::new("/steering/figures", text("figures-title")),
        Choice::new("/steering/registers/inspection", text("registers-title")),
    ];
    if has(&[StandingOffice, Chairman, Auditor]) {
        places.push(Choice::new("/steering/budgets", text("budgets-link")));
    }
    if has(&[StandingOffice, Chairman]) {
        places.push(Choice::new("/steering/commendations", text("commendations-title")));
    }
    places
}

fn counts(counts: &WorkCounts, query: &Query) -> Vec<CountLink> {
    let link = |name: &str, count: u64, set: [(&str, &str); 3], alarming: bool| CountLink {
        name: name.to_owned(),
        count,
        href: filter::address(query, &set),
        alarming: alarming && count > 0,
    };
    let mut links = vec![
        link("overdue", counts.overdue, [("risk", "overdue"), ("state", ""), ("unclear", "")], true),
        link("at-risk", counts.at_risk, [("risk", "at-risk"), ("state", ""), ("unclear", "")], false),
        link("unclear", counts.unclear, [("unclear", "1"), ("state", ""), ("risk", "")], false),
    ];
    for state in [State::InProgress, State::Submitted, State::Done] {
        let count = counts.states.get(state.name()).copied().unwrap_or(0);
        links.push(link(
            state.name(),
            count,
            [("state", state.name()), ("risk", ""), ("unclear", "")],
            false,
        ));
    }
    links
}

/// Tasks to look at, one of each standing.
pub(crate) fn samples() -> Vec<WorkLine> {
    let due = NaiveDate::from_ymd_opt(2026, 6, 30);
    let line = WorkLine {
        id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
        version: 1,
        reference: "II.2".to_owned(),
        text: "Triển khai kết nối, tích hợp đăng nhập tài khoản định danh".to_owned(),
        occurrence: String::new(),
        unit: Some("Công an xã Hà Bắc".to_owned()),
        person: Some("Trần Quốc Tuấn".to_owned()),
        due,
        due_raw: "Trước 30/6/2026".to_owned(),
        state: "in-progress",
        standing: "overdue",
        days_late: Some(3),
        stuck: true,
        unclear: 0,
        plan: Some("151/KH-UBND".to_owned()),
        begin: true,
    };
    let bare = WorkLine {
        unit: None,
        person: None,
        due: None,
        stuck: false,
        days_late: None,
        unclear: 4,
        plan: None,
        begin: false,
        occurrence: "2026-06".to_owned(),
        ..line.clone()
    };
    let mut lines = vec![line];
    let states = [State::Waiting, State::Recurring, State::NotStarted, State::Submitted, State::Done];
    for (state, standing) in states.into_iter().zip(Standing::ALL.into_iter().skip(1)) {
        lines.push(WorkLine { state: state.name(), standing: standing.name(), ..bare.clone() });
    }
    lines.push(WorkLine { state: "cancelled", standing: "cancelled", due_raw: String::new(), ..bare });
    lines
}

impl Page for WorkPage {
    const TEMPLATE: &'static str = "steering/tasks/list.html";

    fn samples() -> Vec<Self> {
        let query = Query::from([("unit".to_owned(), "H31.10816.02".to_owned())]);
        let today = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap_or_default();
        let page = |view: View| Self {
            view: view.name(),
            views: View::ALL
                .map(|other| ViewLink {
                    name: other.name(),
                    href: filter::address(&query, &[("view", other.name())]),
                    current: other == view,
                })
                .into(),
            form: filter::form(&query),
            plans: vec![Choice::new("ha-bac-2026", "Kế hoạch"), Choice::new("other", "Kế hoạch khác")],
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            states: vec![Choice::new("done", "Hoàn thành")],
            standings: vec![Choice::new("overdue", "Quá hạn")],
            counts: counts(&WorkCounts { overdue: 3, ..WorkCounts::default() }, &query),
            places: vec![Choice::new("/steering/obstacles", "Vướng mắc")],
            total: 7,
            first: 1,
            lines: Vec::new(),
            columns: Vec::new(),
            month: None,
            timeline: None,
            previous: None,
            next: None,
            all: Some("/steering/tasks".to_owned()),
            bulk: None,
        };
        let column = |state, lines: Vec<WorkLine>, more: Option<&str>| Column {
            state,
            count: 1,
            lines,
            more: more.map(str::to_owned),
        };
        let month = planned::month_of(&query, today);
        vec![
            Self {
                lines: samples(),
                previous: Some("/steering/tasks".to_owned()),
                next: Some("/steering/tasks?offset=50".to_owned()),
                bulk: Some(BulkView::sample()),
                ..page(View::List)
            },
            Self { all: None, total: 0, plans: Vec::new(), ..page(View::List) },
            Self {
                columns: vec![
                    column("in-progress", samples(), Some("/steering/tasks")),
                    column("done", Vec::new(), None),
                ],
                ..page(View::Board)
            },
            Self { month: Some(MonthView::of(month, samples(), &query, today)), ..page(View::Calendar) },
            Self { timeline: Some(TimelineView::of(samples(), today)), ..page(View::Timeline) },
            Self { timeline: Some(TimelineView::of(Vec::new(), today)), total: 900, ..page(View::Timeline) },
        ]
    }
}
