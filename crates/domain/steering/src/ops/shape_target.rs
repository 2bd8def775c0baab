//! Says how a target is counted and which units enter its figures: a decision of the standing office.

use crate::deps::Deps;
use crate::model::plan::TargetId;
use crate::model::shape::TargetShape;
use crate::ops::assign_task::unit_of;
use crate::ops::change::{self, Change, Point};
use crate::store::{shape, target};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// Says so.
///
/// # Errors
/// `task.unit-unknown` at `units`; `target.changed-meanwhile` if somebody was faster.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ShapeTarget>,
    id: TargetId,
    new: TargetShape,
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    for code in &new.units {
        unit_of(cx, deps, &deps.commune, "units", code).await?;
    }
    let tx = deps.db.begin().await?;
    let (_, found) = target::get(&tx, id).await?;
    let before = shape::list(&tx, &[id]).await?.remove(&id);
    let before = before.unwrap_or_else(|| TargetShape::suggested(&found));
    shape::put(&tx, id, &new).await?;
    let points = [
        Point::of("shape", Some(before.shape.name()), Some(new.shape.name())),
        Point::of("accumulation", Some(before.accumulation.name()), Some(new.accumulation.name())),
        Point::of("units", Some(before.units.join(" ")), Some(new.units.join(" "))),
        Point::of("numerator", before.numerator, new.numerator),
        Point::of("denominator", before.denominator, new.denominator),
    ];
    let change = Change {
        owner: id.0,
        object: format!("target:{id}"),
        unit: Some(deps.commune.clone()),
        action: "target.shape",
        event: "target.shaped",
        points: points.into_iter().flatten().collect(),
        note: None,
    };
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await
}
