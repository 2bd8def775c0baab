//! What several pages of reports show: a report's name, its state, a figure, a list.

use crate::model::report::content::ListLine;
use crate::model::report::cycle::Cycle;
use crate::model::report::figure::{Figure, Kind, Origin, shown};
use crate::model::report::item::{Report, State};
use chrono::{Datelike, Duration, NaiveDate};
use d06_kernel::Locale;
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::{Moment, local_date};
use serde::Serialize;

/// A report in a line or on top of its page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReportView {
    pub(crate) id: String,
    pub(crate) unit: String,
    /// `monthly`, `half-year`, `yearly` or `ad-hoc`.
    cycle: &'static str,
    /// What an ad hoc report is about.
    subject: Option<String>,
    year: String,
    month: u32,
    from: NaiveDate,
    to: NaiveDate,
    due_at: Moment,
    /// The state's stable name.
    pub(crate) state: &'static str,
    /// Whether it is owed and its time has passed.
    pub(crate) late: bool,
    /// Whether it came after its time.
    was_late: bool,
    /// Days until it is due, or past it.
    days: i64,
    held_by: String,
    sent_at: Option<Moment>,
    sent_by: Option<String>,
    locked_at: Option<Moment>,
    hash: Option<String>,
    version: i64,
}

impl ReportView {
    pub(crate) fn of(report: &Report, now: Moment) -> Self {
        // The month of a report is that in which it is due, as offices speak of it.
        let due = local_date(report.due_at - Duration::minutes(1));
        Self {
            id: report.id.to_string(),
            unit: report.unit_name.clone(),
            cycle: report.cycle.name(),
            subject: report.subject.clone(),
            year: due.year().to_string(),
            month: due.month(),
            from: report.from,
            to: report.to,
            due_at: report.due_at - Duration::minutes(1),
            state: report.state.name(),
            late: report.is_late(now),
            was_late: report.was_late(),
            days: (due - local_date(now)).num_days().abs(),
            held_by: report.held_by.clone(),
            sent_at: report.sent_at,
            sent_by: report.sent_by.clone(),
            locked_at: report.locked_at,
            hash: report.hash.clone(),
            version: report.version,
        }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        let draft = Self {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            unit: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
            cycle: Cycle::Monthly.name(),
            subject: None,
            year: "2026".to_owned(),
            month: 12,
            from: day(11, 15),
            to: day(12, 14),
            due_at: Moment::UNIX_EPOCH,
            state: State::Draft.name(),
            late: true,
            was_late: false,
            days: 3,
            held_by: "Trần Quốc Tuấn".to_owned(),
            sent_at: None,
            sent_by: None,
            locked_at: None,
            hash: None,
            version: 1,
        };
        let sent = Self {
            cycle: Cycle::HalfYear.name(),
            state: State::Sent.name(),
            late: false,
            was_late: true,
            sent_at: Some(Moment::UNIX_EPOCH),
            sent_by: Some("Trần Quốc Tuấn".to_owned()),
            hash: Some("ab".repeat(32)),
            ..draft.clone()
        };
        let nobody = Self { held_by: String::new(), late: false, days: 0, ..draft.clone() };
        vec![
            draft,
            sent.clone(),
            Self { cycle: Cycle::Yearly.name(), state: State::Returned.name(), ..sent.clone() },
            Self { state: State::Accepted.name(), ..sent.clone() },
            Self {
                cycle: Cycle::AdHoc.name(),
                subject: Some("Rà soát tài khoản".to_owned()),
                state: State::Locked.name(),
                locked_at: Some(Moment::UNIX_EPOCH),
                ..sent
            },
            nobody,
        ]
    }
}

/// A figure of a report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FigureView {
    pub(crate) key: String,
    pub(crate) name: String,
    /// Whether it has two parts, and whether it is shown in percent.
    has_parts: bool,
    is_percent: bool,
    /// Percent, multiple or count; none where nothing was counted.
    value: Option<f64>,
    numerator: i64,
    denominator: i64,
    previous: Option<f64>,
    change: Option<f64>,
    goal: Option<String>,
    goal_reference: Option<String>,
    reached: Option<bool>,
    /// `measure`, `register`, `entered`, `units` or `missing`.
    origin: &'static str,
    units: i64,
    as_of: Moment,
}

impl FigureView {
    pub(crate) fn of(figure: &Figure, locale: Locale) -> Self {
        let value = figure.value.unwrap_or_default();
        let (origin, units) = match &figure.origin {
            Origin::Measure { .. } => ("measure", 0),
            Origin::Register => ("register", 0),
            Origin::Entered { units, .. } => ("entered", *units),
            Origin::Units { units } => ("units", *units),
            Origin::Missing => ("missing", 0),
        };
        Self {
            key: figure.key.clone(),
            name: if locale == Locale::En { figure.name_en.clone() } else { figure.name.clone() },
            has_parts: figure.kind.has_denominator(),
            is_percent: figure.kind.is_percent(),
            value: figure.shown(),
            numerator: value.numerator,
            denominator: value.denominator,
            previous: figure.previous.and_then(|before| shown(figure.kind, before)),
            change: figure.change().map(|change| (change * 100.0).round() / 100.0),
            goal: figure.goal.as_ref().map(|goal| goal.raw.clone()),
            goal_reference: figure.goal.as_ref().map(|goal| goal.reference.clone()),
            reached: figure.goal.as_ref().and_then(|goal| goal.reached),
            origin,
            units,
            as_of: figure.as_of,
        }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let ratio = Self {
            key: "dossiers.online".to_owned(),
            name: "Hồ sơ nộp trực tuyến".to_owned(),
            has_parts: true,
            is_percent: true,
            value: Some(66.67),
            numerator: 2,
            denominator: 3,
            previous: Some(50.0),
            change: Some(16.67),
            goal: Some("2026: 80 %".to_owned()),
            goal_reference: Some("I.5".to_owned()),
            reached: Some(false),
            origin: "measure",
            units: 0,
            as_of: Moment::UNIX_EPOCH,
        };
        let count = Self {
            key: "dossiers.filed".to_owned(),
            has_parts: false,
            is_percent: false,
            value: Some(3.0),
            goal: None,
            goal_reference: None,
            reached: None,
            origin: "register",
            change: Some(-2.0),
            ..ratio.clone()
        };
        vec![
            ratio.clone(),
            Self { reached: Some(true), origin: "units", units: 3, change: Some(0.0), ..ratio.clone() },
            Self { value: None, reached: None, previous: None, change: None, ..ratio.clone() },
            Self { origin: "entered", units: 2, is_percent: false, value: Some(27.5), ..ratio.clone() },
            Self { value: None, origin: "missing", previous: None, change: None, goal: None, ..ratio },
            count,
        ]
    }
}

/// Part and whole of a value, for a table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RatioView {
    pub(crate) shown: Option<f64>,
    pub(crate) numerator: i64,
    pub(crate) denominator: i64,
}

impl RatioView {
    pub(crate) fn of(kind: Kind, value: Ratio) -> Self {
        Self { shown: shown(kind, value), numerator: value.numerator, denominator: value.denominator }
    }
}

/// A sample of a list.
pub(crate) fn sample_lines() -> Vec<ListLine> {
    vec![
        ListLine {
            reference: "II.2".to_owned(),
            text: "Triển khai đăng nhập bằng tài khoản định danh".to_owned(),
            who: "Phòng Văn hóa - Xã hội".to_owned(),
            due: "31/12/2026".to_owned(),
            href: "/steering/tasks/0197705e-7b00-7000-8000-000000000001".to_owned(),
        },
        ListLine {
            text: "Không số, không hạn".to_owned(), href: "/x".to_owned(), ..ListLine::default()
        },
    ]
}
