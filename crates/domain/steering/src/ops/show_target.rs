//! One target: value, goals, trend, the lines of the plan, and the records behind the number.

use crate::deps::Deps;
use crate::model::evidence::{Evidence, Happening};
use crate::model::figure::{Figure, Month};
use crate::model::obstacle::{About, Obstacle};
use crate::model::plan::{Plan, TargetId};
use crate::model::reading::Reading;
use crate::ops::entered::Book;
use crate::ops::list_targets::{self, TargetState};
use crate::ops::measure::{self, Measured, Records, Value};
use crate::ops::raise_obstacle;
use crate::store::{evidence, figure, history, obstacle, plan, reading, target};
use chrono::Datelike;
use d06_authz::{Permit, act};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// Readings shown as the trend.
const TREND: u64 = 31;

/// A target and all that explains it.
#[derive(Clone, Debug)]
pub struct TargetDetail {
    /// The plan.
    pub plan: Plan,
    /// Where it stands against goal and deadline.
    pub state: TargetState,
    /// Readings up to now, newest first.
    pub trend: Vec<Reading>,
    /// The records behind the value.
    pub records: Records,
    /// The records on which those of the measure stand, with their own value: the dossiers behind procedures.
    pub behind: Option<(Value, Records)>,
    /// The lines of the plan it was read from.
    pub quoted: String,
    /// What units entered for the present and the last year, every revision, newest month first.
    pub figures: Vec<Figure>,
    /// What proves the entered figures.
    pub evidence: Vec<Evidence>,
    /// What stands or stood in the way.
    pub obstacles: Vec<Obstacle>,
    /// What happened to it, newest first.
    pub history: Vec<Happening>,
    /// Whether the reader may bind it to another measure.
    pub may_bind: bool,
    /// Whether the reader may say how it is counted.
    pub may_shape: bool,
    /// Whether the reader may raise an obstacle.
    pub may_raise: bool,
}

/// The target.
///
/// # Errors
/// "Not found" for a target that does not exist or may not be seen; the database's or the source's problem.
pub async fn run(cx: &Cx, deps: &Deps, id: TargetId, offset: u64) -> Result<TargetDetail, Problem> {
    let today = local_date(cx.now());
    let until = Month::of(today);
    let tx = deps.db.read().await?;
    let (plan_id, target) = target::get(&tx, id).await?;
    let plan = plan::get(&tx, plan_id).await?;
    let resource = deps.resource(id, &plan);
    let _: Permit<act::ViewTarget> = deps.authz.permit(cx, &resource)?;
    let quoted = lines(&plan::source(&tx, plan_id).await?, target.place.line_start, target.place.line_end);
    let (mut trend, readings) = match &target.measure {
        Some(measure) => (
            reading::latest(&tx, measure, &plan.unit, TREND).await?,
            reading::of_year(&tx, measure, &plan.unit, today.year()).await?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    let book = Book::open(&tx, std::slice::from_ref(&target), until).await?;
    let from = until.january().before().january();
    let mut figures = figure::revisions(&tx, &[id], (from, until), None).await?;
    figures.sort_by_key(|one| (std::cmp::Reverse(one.period), one.unit.clone(), one.revision));
    let proofs = evidence::list(&tx, &figures.iter().map(|one| one.id.0).collect::<Vec<_>>()).await?;
    let obstacles = obstacle::list_about(&tx, &[id.0]).await?;
    let happened = history::list(&tx, id.0).await?;
    // Measures may open transactions of their own.
    drop(tx);
    let scope = measure::year_to_date(cx, &plan.unit);
    let counted = match target.measure.as_deref() {
        Some(key) => Some(measure::value(cx, deps, Some(key), scope).await),
        None => None,
    };
    let records = match &counted {
        Some(Measured::Value(value)) => {
            value.renew(&mut trend);
            measure::records(cx, deps, value, offset).await?
        }
        _ => Records::default(),
    };
    let behind = match &counted {
        Some(Measured::Value(value)) => behind(cx, deps, value).await?,
        _ => None,
    };
    let readings: Vec<_> = readings.iter().map(|one| (one.day, one.ratio)).collect();
    let hindered = raise_obstacle::load(cx, deps, About::Target(id)).await?;
    Ok(TargetDetail {
        state: list_targets::state(target, counted, &readings, &book, today),
        trend,
        records,
        behind,
        quoted,
        figures,
        evidence: proofs,
        obstacles,
        history: happened,
        may_bind: deps.authz.may::<act::BindTarget>(cx, &resource),
        may_shape: deps.authz.may::<act::ShapeTarget>(cx, &resource),
        may_raise: hindered.permit(cx, deps).is_ok(),
        plan,
    })
}

/// The first records on which those of a measure stand.
async fn behind(cx: &Cx, deps: &Deps, value: &Value) -> Result<Option<(Value, Records)>, Problem> {
    let Some(key) = deps.measures.behind(&value.measure) else { return Ok(None) };
    match measure::value(cx, deps, Some(key), value.scope.clone()).await {
        Measured::Value(value) => {
            let records = measure::records(cx, deps, &value, 0).await?;
            Ok(Some((*value, records)))
        }
        _ => Ok(None),
    }
}

/// The lines of a source from one number to another, both included, tabs shown as bars.
pub(crate) fn lines(source: &str, from: i32, to: i32) -> String {
    let skip = usize::try_from(from - 1).unwrap_or(0);
    let take = usize::try_from(to - from + 1).unwrap_or(1);
    let lines = source.lines().skip(skip).take(take).filter(|line| !line.trim().is_empty());
    lines.map(|line| line.replace('\t', " | ")).collect::<Vec<_>>().join("\n")
}
