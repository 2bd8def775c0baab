//! Figures that units entered for targets which no record measures, as a report names them.

use crate::deps::Deps;
use crate::model::figure::Month;
use crate::model::goal::{Progress, goal_of_year};
use crate::model::plan::Target;
use crate::model::report::figure::{FigureGoal, Kind, Origin};
use crate::model::report::form::{self, Asked};
use crate::model::shape::Accumulation;
use crate::ops::entered::Book;
use d06_kernel::port::measure::{MeasuredRecord, Ratio};
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;

/// Why an entered figure counts: a key of the texts.
const REASON: &str = "report-record-entered";

/// What units entered for a target.
#[derive(Clone, Debug)]
pub(crate) struct EnteredFigure {
    /// The figure it is.
    pub(crate) asked: Asked,
    /// Its value.
    pub(crate) value: Ratio,
    /// Who entered it, and until when.
    pub(crate) origin: Origin,
    /// What the plan wants.
    pub(crate) goal: Option<FigureGoal>,
    /// The figures of units, month by month.
    pub(crate) records: Vec<MeasuredRecord>,
}

/// What units entered for a target of a plan, if they did; `year` chooses the goal.
///
/// # Errors
/// The directory's of units.
pub(crate) async fn of_target(
    cx: &Cx,
    deps: &Deps,
    book: &Book,
    target: &Target,
    year: i32,
) -> Result<Option<EnteredFigure>, Problem> {
    let Some(entered) = book.entered(target) else { return Ok(None) };
    let shape = book.shape(target);
    let kind = Kind::of_shape(shape.shape);
    let denominator = if kind.has_denominator() { entered.ratio.denominator } else { 0 };
    let goal = goal_of_year(&target.goals, year).map(|goal| FigureGoal {
        reference: target.place.reference.clone(),
        raw: format!("{}: {} {}", goal.period, goal.raw, target.unit).trim().to_owned(),
        reached: match goal.progress_of(shape.shape, entered.ratio) {
            Progress::Reached => Some(true),
            Progress::NotYet => Some(false),
            Progress::NothingCounted | Progress::NoNumber => None,
        },
    });
    let units = i64::try_from(entered.figures.len()).unwrap_or(i64::MAX);
    Ok(Some(EnteredFigure {
        asked: form::of_entered(target, kind),
        value: Ratio { numerator: entered.ratio.numerator, denominator },
        origin: Origin::Entered { until: entered.until.to_string(), units },
        goal,
        records: records(cx, deps, book, target, entered.until).await?,
    }))
}

/// The figures of the year: of a state or a running total the latest of each unit counts, of what happens every month.
async fn records(
    cx: &Cx,
    deps: &Deps,
    book: &Book,
    target: &Target,
    until: Month,
) -> Result<Vec<MeasuredRecord>, Problem> {
    let of_year: Vec<_> = book
        .figures(target)
        .iter()
        .filter(|one| one.period >= until.january() && one.period <= until)
        .collect();
    let mut latest: HashMap<&str, Month> = HashMap::new();
    for one in &of_year {
        let last = latest.entry(&one.unit).or_insert(one.period);
        *last = (*last).max(one.period);
    }
    let mut names: HashMap<&str, String> = HashMap::new();
    for unit in latest.keys() {
        let _ = names.insert(unit, deps.units.get(cx, unit).await?.name);
    }
    let each_month = book.shape(target).accumulation == Accumulation::Flow;
    Ok(of_year
        .iter()
        .map(|one| MeasuredRecord {
            label: format!(
                "{}, {}: {}/{} ({})",
                names.get(one.unit.as_str()).unwrap_or(&one.unit),
                one.period,
                one.ratio.numerator,
                one.ratio.denominator,
                one.entered_by
            ),
            href: format!("/steering/figures/{}/{}/{}", target.id, one.unit, one.period),
            counted: each_month || latest.get(one.unit.as_str()) == Some(&one.period),
            reason: REASON.to_owned(),
        })
        .collect())
}
