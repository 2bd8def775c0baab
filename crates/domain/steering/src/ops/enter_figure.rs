//! A unit enters its figure of a month for a target; the figure before stays as it was.

use crate::deps::Deps;
use crate::model::figure::{self, Figure, FigureId, Month};
use crate::model::plan::{Plan, Target, TargetId};
use crate::model::rules::Rules;
use crate::model::shape::TargetShape;
use crate::ops::change::{self, Change, Point, who};
use crate::ops::evidence::{self, NewEvidence};
use crate::store::{figure as store, plan, shape, target};
use d06_authz::{Kind, Permit, Resource, act};
use d06_db::Tx;
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// The most that either count may be.
const MOST: i64 = 1_000_000_000_000_000;

/// What a figure is entered for.
#[derive(Clone, Debug)]
pub struct FigureSlot {
    /// The plan.
    pub plan: Plan,
    /// The target.
    pub target: Target,
    /// How it is counted.
    pub shape: TargetShape,
    /// The unit.
    pub unit: String,
    /// The month.
    pub period: Month,
    /// The figures of the unit for this month, oldest first: the last one stands.
    pub revisions: Vec<Figure>,
    /// The figure of the latest month before.
    pub before: Option<Figure>,
}

impl FigureSlot {
    /// The permit to enter a figure here.
    ///
    /// # Errors
    /// As [`d06_authz::Authz::permit`].
    pub fn permit(&self, cx: &Cx, deps: &Deps) -> Result<Permit<act::EnterFigure>, Problem> {
        let resource = Resource::new(Kind::Target, self.target.id).in_unit(self.unit.clone());
        deps.authz.permit(cx, &resource)
    }
}

/// Loads what a figure is entered for.
///
/// # Errors
/// "Not found" for a target that does not exist or for which the unit does not count.
pub async fn load(deps: &Deps, id: TargetId, unit: &str, period: Month) -> Result<FigureSlot, Problem> {
    load_in(&deps.db.read().await?, id, unit, period).await
}

async fn load_in(tx: &Tx, id: TargetId, unit: &str, period: Month) -> Result<FigureSlot, Problem> {
    let (plan, target) = target::get(tx, id).await?;
    let plan = plan::get(tx, plan).await?;
    let mut shapes = shape::list(tx, &[id]).await?;
    let shape = shapes.remove(&id).unwrap_or_else(|| TargetShape::suggested(&target));
    if !shape.units.iter().any(|code| code == unit) {
        return Err(Problem::not_found());
    }
    let from = period.january().before().january();
    let all = store::revisions(tx, &[id], (from, period), None).await?;
    let of_unit = all.into_iter().filter(|figure| figure.unit == unit);
    let (revisions, earlier): (Vec<Figure>, Vec<Figure>) =
        of_unit.partition(|figure| figure.period == period);
    let before = earlier.into_iter().max_by_key(|figure| (figure.period, figure.revision));
    Ok(FigureSlot { plan, target, shape, unit: unit.to_owned(), period, revisions, before })
}

/// A figure to be entered.
#[derive(Clone, Debug)]
pub struct EnterFigure {
    /// The revision that the form showed; 0 for none.
    pub revision: i32,
    /// The counts; the denominator is left out where the shape has none.
    pub numerator: i64,
    /// Out of.
    pub denominator: Option<i64>,
    /// Why it jumps, or what else there is to say.
    pub note: Option<String>,
    /// What proves it.
    pub evidence: Option<NewEvidence>,
}

/// Enters it.
///
/// # Errors
/// What [`figure::check`] refuses; `figure.month-to-come` for a month that has not begun; `field.required` at
/// `denominator`; `figure.too-large`; `target.measured` for a target that records measure;
/// `figure.changed-meanwhile` if somebody was faster.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::EnterFigure>,
    (id, unit, period): (TargetId, &str, Month),
    command: EnterFigure,
) -> Result<FigureId, Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    if period > Month::of(local_date(cx.now())) {
        return Err(Problem::field("period", "figure.month-to-come"));
    }
    let tx = deps.db.begin().await?;
    let slot = load_in(&tx, id, unit, period).await?;
    if slot.target.measure.is_some() {
        return Err(Problem::conflict("target.measured"));
    }
    let standing = slot.revisions.last().map_or(0, |figure| figure.revision);
    if standing != command.revision {
        return Err(Problem::conflict("figure.changed-meanwhile"));
    }
    let ratio = counts(&slot, &command)?;
    let before = slot.before.as_ref().map(|figure| (figure.period, figure.ratio));
    let ways = (slot.shape.shape, slot.shape.accumulation);
    figure::check(&Rules::shipped()?, ways, ratio, before, period, command.note.as_deref())?;
    let entered = Figure {
        id: cx.new_id(),
        target: id,
        unit: unit.to_owned(),
        period,
        revision: standing + 1,
        ratio,
        note: command.note.clone(),
        entered_at: cx.now(),
        entered_by: who(cx).0,
    };
    store::add(&tx, &entered).await?;
    if let Some(new) = command.evidence {
        evidence::add(cx, deps, &tx, entered.id.0, new).await?;
    }
    let words = |ratio: Ratio| format!("{}/{}", ratio.numerator, ratio.denominator);
    let point = Point {
        what: "figure",
        before: slot.revisions.last().map(|figure| words(figure.ratio)),
        after: Some(format!("{period}: {}", words(ratio))),
    };
    let change = Change {
        owner: id.0,
        object: format!("target:{id}"),
        unit: Some(unit.to_owned()),
        action: "figure.enter",
        event: "figure.entered",
        points: vec![point],
        note: command.note,
    };
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await?;
    Ok(entered.id)
}

fn counts(slot: &FigureSlot, command: &EnterFigure) -> Result<Ratio, Problem> {
    let denominator = match command.denominator {
        Some(denominator) if slot.shape.shape.has_denominator() => denominator,
        None if slot.shape.shape.has_denominator() => {
            return Err(Problem::field("denominator", "field.required"));
        }
        _ => 1,
    };
    for (field, count) in [("numerator", command.numerator), ("denominator", denominator)] {
        if count > MOST {
            return Err(Problem::field(field, "figure.too-large"));
        }
    }
    Ok(Ratio { numerator: command.numerator, denominator })
}
