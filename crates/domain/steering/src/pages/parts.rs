//! What several pages show: a value, a goal, a trend, records.

use crate::deps::Deps;
use crate::model::goal::{Goal, Progress};
use crate::model::plan::Plan;
use crate::model::reading::Reading;
use crate::model::shape::Shape;
use crate::model::unit_name::NamedUnit;
use crate::ops::list_targets::TargetState;
use crate::ops::measure::{Measured, RECORDS, Records};
use chrono::NaiveDate;
use d06_http::Platform;
use d06_kernel::Cx;
use d06_kernel::time::Moment;
use serde::Serialize;

/// The plan a page is about.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PlanView {
    /// Its title.
    pub(crate) title: String,
    /// Number and symbol, if it has one.
    pub(crate) number: Option<String>,
    /// When it was brought in.
    pub(crate) imported_at: Moment,
    /// How many warnings the compiler gave.
    pub(crate) warnings: i32,
}

/// A value, or why there is none.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ValueView {
    /// `unbound`, `not-offered`, `unavailable`, `counted` or `entered`.
    pub(crate) state: &'static str,
    /// Name of the measure in the reader's language.
    pub(crate) measure: Option<String>,
    /// What the numerator counts, in words.
    pub(crate) numerator_words: Option<String>,
    /// What the denominator counts, in words.
    pub(crate) denominator_words: Option<String>,
    /// In percent, or in the unit of the shape; none for a denominator of zero.
    pub(crate) percent: Option<f64>,
    /// The sort of number: `share` unless units entered another.
    pub(crate) shape: &'static str,
    /// Last day of the latest month that units entered.
    pub(crate) until: Option<NaiveDate>,
    /// Counted.
    pub(crate) numerator: i64,
    /// Out of.
    pub(crate) denominator: i64,
    /// First day counted.
    pub(crate) from: Option<NaiveDate>,
    /// Last day counted.
    pub(crate) to: Option<NaiveDate>,
    /// The moment of counting.
    pub(crate) as_of: Option<Moment>,
}

/// A goal of a period.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct GoalView {
    /// The period.
    pub(crate) period: String,
    /// The value as written.
    pub(crate) raw: String,
    /// The sign of comparison, where the value is a bare number.
    pub(crate) comparison: Option<&'static str>,
    /// How the value now stands against it.
    pub(crate) progress: Option<Progress>,
}

/// A reading of a day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReadingView {
    day: NaiveDate,
    percent: Option<f64>,
    numerator: i64,
    denominator: i64,
}

/// A record behind a number.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RecordView {
    label: String,
    href: String,
    counted: bool,
    reason: String,
}

/// A page of records and the way to its neighbours.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct RecordsView {
    items: Vec<RecordView>,
    /// How many come before; none on the first page.
    previous: Option<u64>,
    /// How many come before the next page; none on the last.
    next: Option<u64>,
}

impl PlanView {
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            title: plan.title.clone(),
            // A number that was left blank in the text ("/KH-UBND") says nothing to the reader.
            number: plan.number.clone().filter(|number| !number.starts_with('/')),
            imported_at: plan.imported_at,
            warnings: plan.warnings,
        }
    }

    pub(crate) fn sample() -> Self {
        Self {
            title: "Kế hoạch thực hiện chương trình phát triển Đề án 06 giai đoạn 2026 - 2030".to_owned(),
            number: Some("12/KH-UBND".to_owned()),
            imported_at: Moment::UNIX_EPOCH,
            warnings: 56,
        }
    }
}

impl ValueView {
    /// A value in the reader's language.
    pub(crate) fn of(cx: &Cx, platform: &Platform, deps: &Deps, measured: &Measured) -> Self {
        let (state, key) = match measured {
            Measured::Unbound => ("unbound", None),
            Measured::NotOffered(key) => ("not-offered", Some(key)),
            Measured::Unavailable(key) => ("unavailable", Some(key)),
            Measured::Value(value) => ("counted", Some(&value.measure)),
            Measured::Entered(_) => ("entered", None),
        };
        let info = key.and_then(|key| deps.measures.find(key));
        let words = |id: &'static str| platform.ui.texts().plain(cx.locale, id);
        let mut view = Self {
            state,
            measure: info.map(|info| words(info.name)).or_else(|| key.cloned()),
            numerator_words: info.map(|info| words(info.numerator)),
            denominator_words: info.map(|info| words(info.denominator)),
            ..Self::empty()
        };
        if let Measured::Value(value) = measured {
            view.percent = value.ratio.percent();
            (view.numerator, view.denominator) = (value.ratio.numerator, value.ratio.denominator);
            (view.from, view.to) = (Some(value.scope.from), Some(value.scope.to));
            view.as_of = Some(value.as_of);
        }
        view
    }

    /// A value of a target, which units may have entered: the shape says what the number is.
    pub(crate) fn of_target(cx: &Cx, platform: &Platform, deps: &Deps, state: &TargetState) -> Self {
        let mut view = Self::of(cx, platform, deps, &state.measured);
        if let Measured::Entered(entered) = &state.measured {
            (view.numerator, view.denominator) = (entered.ratio.numerator, entered.ratio.denominator);
            view.percent = state.shape.shape.value(entered.ratio);
            view.shape = state.shape.shape.name();
            view.numerator_words = state.shape.numerator.clone();
            view.denominator_words = state.shape.denominator.clone();
            view.until = Some(entered.until.last_day());
        }
        view
    }

    fn empty() -> Self {
        Self {
            state: "unbound",
            measure: None,
            numerator_words: None,
            denominator_words: None,
            percent: None,
            shape: "share",
            until: None,
            numerator: 0,
            denominator: 0,
            from: None,
            to: None,
            as_of: None,
        }
    }

    /// One example of each state, and one of nothing counted yet.
    pub(crate) fn samples() -> Vec<Self> {
        let named = Self {
            measure: Some("Tỷ lệ hồ sơ trực tuyến".to_owned()),
            numerator_words: Some("Hồ sơ nộp trực tuyến".to_owned()),
            denominator_words: Some("Tất cả hồ sơ đã tiếp nhận".to_owned()),
            ..Self::empty()
        };
        let counted = Self {
            state: "counted",
            percent: Some(66.67),
            numerator: 2,
            denominator: 3,
            from: NaiveDate::from_ymd_opt(2026, 1, 1),
            to: NaiveDate::from_ymd_opt(2026, 6, 15),
            as_of: Some(Moment::UNIX_EPOCH),
            ..named.clone()
        };
        vec![
            counted.clone(),
            Self { percent: None, numerator: 0, denominator: 0, ..counted },
            Self::empty(),
            Self { state: "not-offered", numerator_words: None, denominator_words: None, ..named.clone() },
            Self { state: "unavailable", ..named.clone() },
            Self {
                state: "entered",
                percent: Some(27.5),
                shape: "multiple",
                numerator: 275,
                denominator: 10,
                until: NaiveDate::from_ymd_opt(2026, 5, 31),
                ..named
            },
        ]
    }
}

impl GoalView {
    pub(crate) fn of(goal: &Goal, state: &TargetState) -> Self {
        let shape = match state.measured {
            Measured::Entered(_) => state.shape.shape,
            _ => Shape::Share,
        };
        let progress = state.measured.ratio().map(|ratio| goal.progress_of(shape, ratio));
        // A value in words says itself how it is compared: "Tối thiểu 80%".
        let sign = goal.comparison.filter(|_| !goal.raw.contains(char::is_alphabetic));
        let comparison = sign.map(|comparison| match comparison {
            crate::model::goal::Comparison::AtLeast => "≥",
            crate::model::goal::Comparison::MoreThan => ">",
            crate::model::goal::Comparison::AtMost => "≤",
            crate::model::goal::Comparison::LessThan => "<",
        });
        Self { period: goal.period.clone(), raw: goal.raw.clone(), comparison, progress }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let number = |period: &str, raw: &str, progress| Self {
            period: period.to_owned(),
            raw: raw.to_owned(),
            comparison: Some("≥"),
            progress,
        };
        vec![
            number("2026", "50", Some(Progress::Reached)),
            number("2030", "80", Some(Progress::NotYet)),
            number("2030", "80", Some(Progress::NothingCounted)),
            Self {
                comparison: None,
                progress: Some(Progress::NoNumber),
                ..number("2030", "Theo chỉ tiêu được giao", None)
            },
            number("2030", "90", None),
        ]
    }
}

impl ReadingView {
    pub(crate) fn of(reading: &Reading) -> Self {
        Self {
            day: reading.day,
            percent: reading.ratio.percent(),
            numerator: reading.ratio.numerator,
            denominator: reading.ratio.denominator,
        }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let day = NaiveDate::from_ymd_opt(2026, 6, 14).unwrap_or_default();
        vec![
            Self { day, percent: Some(50.0), numerator: 1, denominator: 2 },
            Self { day, percent: None, numerator: 0, denominator: 0 },
        ]
    }
}

impl RecordsView {
    pub(crate) fn of(cx: &Cx, platform: &Platform, records: &Records) -> Self {
        let texts = platform.ui.texts();
        let items = records.items.iter().map(|record| RecordView {
            label: record.label.clone(),
            href: record.href.clone(),
            counted: record.counted,
            reason: texts.plain(cx.locale, &record.reason),
        });
        Self {
            items: items.collect(),
            previous: (records.offset > 0).then(|| records.offset.saturating_sub(RECORDS)),
            next: records.more.then(|| records.offset + RECORDS),
        }
    }

    pub(crate) fn sample() -> Self {
        let record = |counted| RecordView {
            label: "H31.10816-260615-0001".to_owned(),
            href: "/work/dossiers/0197705e-7b00-7000-8000-000000000001".to_owned(),
            counted,
            reason: "Trả kết quả trước hạn".to_owned(),
        };
        Self { items: vec![record(true), record(false)], previous: Some(0), next: Some(50) }
    }
}

/// Names of units as one text.
pub(crate) fn unit_names(units: &[NamedUnit]) -> String {
    units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// A number of the query, zero if it is missing or none.
pub(crate) fn offset(query: &std::collections::BTreeMap<String, String>) -> u64 {
    query.get("from").and_then(|from| from.parse().ok()).unwrap_or(0)
}
