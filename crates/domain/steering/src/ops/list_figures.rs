//! What a unit enters for a month: its targets, with what stands and what is missing.

use crate::deps::Deps;
use crate::model::figure::{Figure, Month};
use crate::model::plan::Target;
use crate::model::shape::TargetShape;
use crate::ops::list_work;
use crate::store::{figure, shape, target};
use d06_authz::{Kind, Resource, act};
use d06_kernel::{Cx, Problem};

/// A target on the sheet of a unit.
#[derive(Clone, Debug)]
pub struct SheetLine {
    /// The target.
    pub target: Target,
    /// How it is counted.
    pub shape: TargetShape,
    /// The unit.
    pub unit: String,
    /// The figure of the month, if it is entered.
    pub figure: Option<Figure>,
    /// The figure of the month before.
    pub before: Option<Figure>,
    /// Whether the reader may enter it.
    pub may_enter: bool,
}

/// The lines of every unit of the plans in force that the reader may see, or of one unit.
///
/// # Errors
/// "Not found" if the reader may see no plan; the database's.
pub async fn run(cx: &Cx, deps: &Deps, unit: Option<&str>, period: Month) -> Result<Vec<SheetLine>, Problem> {
    let work = list_work::open(cx, deps).await?;
    let tx = deps.db.read().await?;
    let mut lines = Vec::new();
    for plan in work.plans() {
        let unmeasured: Vec<Target> =
            target::list(&tx, plan.id).await?.into_iter().filter(|target| target.measure.is_none()).collect();
        let ids: Vec<_> = unmeasured.iter().map(|target| target.id).collect();
        let mut shapes = shape::list(&tx, &ids).await?;
        let figures = figure::list(&tx, &ids, (period.before(), period), None).await?;
        for target in unmeasured {
            let shape = shapes.remove(&target.id).unwrap_or_else(|| TargetShape::suggested(&target));
            for code in shape.units.iter().filter(|code| unit.is_none_or(|unit| unit == *code)) {
                let of = |month: Month| {
                    let mut all = figures.iter();
                    all.find(|one| one.target == target.id && one.unit == *code && one.period == month)
                        .cloned()
                };
                let resource = Resource::new(Kind::Target, target.id).in_unit(code.clone());
                lines.push(SheetLine {
                    figure: of(period),
                    before: of(period.before()),
                    may_enter: deps.authz.may::<act::EnterFigure>(cx, &resource),
                    unit: code.clone(),
                    shape: shape.clone(),
                    target: target.clone(),
                });
            }
        }
    }
    Ok(lines)
}
