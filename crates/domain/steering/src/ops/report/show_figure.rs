//! One figure of a report, opened: the records it was counted from, or the units it was summed from, as of the moment
//! it was counted; and what it would be now.

use crate::deps::Deps;
use crate::model::report::content::records_hash;
use crate::model::report::figure::{Figure, Origin};
use crate::model::report::item::{Report, ReportId};
use crate::ops::measure::{self, Measured};
use crate::ops::report::show;
use crate::store::report::figure::{self, Part, Parts};
use crate::store::report::record;
use d06_kernel::port::measure::{MeasureScope, MeasuredRecord, Ratio};
use d06_kernel::{Cx, Problem};

/// Records or units on a page.
pub const ON_A_PAGE: u64 = 50;
/// Records read at once to check them.
const AT_ONCE: u64 = 1_000;

/// A unit's part of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPart {
    /// Its report.
    pub report: ReportId,
    /// Its name.
    pub unit_name: String,
    /// Its value.
    pub value: Ratio,
}

/// A figure, opened.
#[derive(Clone, Debug)]
pub struct OpenedFigure {
    /// The report.
    pub report: Report,
    /// The figure.
    pub figure: Figure,
    /// Whether the report is frozen.
    pub frozen: bool,
    /// Whether its records are those of its hash; `None` while it is not frozen.
    pub intact: Option<bool>,
    /// The records, a page of them.
    pub records: Vec<MeasuredRecord>,
    /// The units, a page of them.
    pub parts: Vec<UnitPart>,
    /// How many come before the page.
    pub offset: u64,
    /// Whether more follow.
    pub more: bool,
    /// What the measure says today for the same days, if it says something.
    pub today: Option<Ratio>,
}

/// Opens a figure.
///
/// # Errors
/// "Not found" for a report or figure that is none or may not be seen; the database's or a source's problem.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    id: ReportId,
    key: &str,
    offset: u64,
) -> Result<OpenedFigure, Problem> {
    let shown = show::run(cx, deps, id).await?;
    let figure = shown.content.figure(key).cloned().ok_or_else(Problem::not_found)?;
    let scope = scope_of(&shown.report, &figure);
    let mut opened = OpenedFigure {
        report: shown.report,
        frozen: shown.frozen,
        intact: None,
        records: Vec::new(),
        parts: Vec::new(),
        offset,
        more: false,
        today: None,
        figure,
    };
    if let Origin::Units { .. } = opened.figure.origin {
        let of = if opened.frozen {
            Parts::Of(id)
        } else {
            Parts::Ready { superior: &opened.report.unit, period_key: &opened.report.period_key }
        };
        let tx = deps.db.read().await?;
        let found = figure::parts(&tx, key, of, offset, ON_A_PAGE + 1).await?;
        let part = |one: Part| UnitPart { report: one.report, unit_name: one.unit_name, value: one.value };
        opened.more = found.len() as u64 > ON_A_PAGE;
        opened.parts = found.into_iter().take(page()).map(part).collect();
    }
    if opened.frozen {
        let tx = deps.db.read().await?;
        opened.records = record::list(&tx, id, key, offset, ON_A_PAGE + 1).await?;
        opened.intact = Some(is_intact(&tx, id, key, &opened.figure).await?);
    } else if let Some((measure, scope)) = &scope {
        opened.records = deps.measures.records(cx, measure, scope, offset, ON_A_PAGE + 1).await?;
    } else {
        let filled = super::fill::run(cx, deps, &opened.report, true).await?;
        let own = filled.records.into_iter().find(|(own, _)| own == key);
        let skip = usize::try_from(offset).unwrap_or(usize::MAX);
        opened.records = own.map(|(_, records)| records).unwrap_or_default();
        opened.records = opened.records.into_iter().skip(skip).take(page() + 1).collect();
    }
    opened.more |= opened.records.len() as u64 > ON_A_PAGE;
    opened.records.truncate(page());
    if let Some((measure, scope)) = scope
        && let Measured::Value(value) = measure::value(cx, deps, Some(&measure), scope).await
    {
        opened.today = Some(value.ratio);
    }
    Ok(opened)
}

/// The measure a figure was counted by, and of what.
fn scope_of(report: &Report, figure: &Figure) -> Option<(String, MeasureScope)> {
    match &figure.origin {
        Origin::Measure { key, first, last } => {
            Some((key.clone(), MeasureScope { unit: report.unit.clone(), from: *first, to: *last }))
        }
        Origin::Register | Origin::Entered { .. } | Origin::Units { .. } | Origin::Missing => None,
    }
}

/// Whether the kept records still have the hash that the content names.
async fn is_intact(tx: &d06_db::Tx, id: ReportId, key: &str, figure: &Figure) -> Result<bool, Problem> {
    let mut all = Vec::new();
    loop {
        let page = record::list(tx, id, key, all.len() as u64, AT_ONCE).await?;
        let last = (page.len() as u64) < AT_ONCE;
        all.extend(page);
        if last {
            return Ok(records_hash(&all) == figure.records_hash);
        }
    }
}

fn page() -> usize {
    usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX)
}
