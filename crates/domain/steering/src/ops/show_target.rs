//! One target: value, goals, trend, the lines of the plan, and the records behind the number.

use crate::deps::Deps;
use crate::model::goal::Progress;
use crate::model::plan::{Plan, Target, TargetId};
use crate::model::reading::Reading;
use crate::ops::list_targets::progress;
use crate::ops::measure::{self, Measured, Records};
use crate::store::{plan, reading, target};
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
    /// The target.
    pub target: Target,
    /// Its value now.
    pub measured: Measured,
    /// How it stands against the goal of this year.
    pub progress: Option<Progress>,
    /// Earlier readings, newest first.
    pub trend: Vec<Reading>,
    /// The records behind the value.
    pub records: Records,
    /// The lines of the plan it was read from.
    pub quoted: String,
    /// Whether the reader may bind it to another measure.
    pub may_bind: bool,
}

/// The target.
///
/// # Errors
/// "Not found" for a target that does not exist or may not be seen; the database's or the source's problem.
pub async fn run(cx: &Cx, deps: &Deps, id: TargetId, offset: u64) -> Result<TargetDetail, Problem> {
    let (plan, target, quoted, trend) = {
        let tx = deps.db.read().await?;
        let (plan_id, target) = target::get(&tx, id).await?;
        let plan = plan::get(&tx, plan_id).await?;
        let quoted =
            lines(&plan::source(&tx, plan_id).await?, target.place.line_start, target.place.line_end);
        let trend = match &target.measure {
            Some(measure) => reading::latest(&tx, measure, &plan.unit, TREND).await?,
            None => Vec::new(),
        };
        (plan, target, quoted, trend)
    };
    let resource = deps.resource(id, &plan);
    let _: Permit<act::ViewTarget> = deps.authz.permit(cx, &resource)?;
    let scope = measure::year_to_date(cx, &plan.unit);
    let measured = measure::value(cx, deps, target.measure.as_deref(), scope).await;
    let records = match &measured {
        Measured::Value(value) => measure::records(cx, deps, value, offset).await?,
        _ => Records::default(),
    };
    let progress = progress(&target, &measured, local_date(cx.now()).year());
    let may_bind = deps.authz.may::<act::BindTarget>(cx, &resource);
    Ok(TargetDetail { plan, target, measured, progress, trend, records, quoted, may_bind })
}

/// The lines of a source from one number to another, both included, tabs shown as bars.
fn lines(source: &str, from: i32, to: i32) -> String {
    let skip = usize::try_from(from - 1).unwrap_or(0);
    let take = usize::try_from(to - from + 1).unwrap_or(1);
    let lines = source.lines().skip(skip).take(take).filter(|line| !line.trim().is_empty());
    lines.map(|line| line.replace('\t', " | ")).collect::<Vec<_>>().join("\n")
}
