//! The plan that the pages show: the latest in force of the committee.

use crate::deps::Deps;
use crate::model::plan::Plan;
use crate::store::plan;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// The plan and the caller's permit to see its targets.
///
/// # Errors
/// "Not found" if the committee has no plan or the caller may not see it.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<(Plan, Permit<act::ViewTarget>), Problem> {
    let tx = deps.db.read().await?;
    let plans = plan::list_in_force(&tx).await?;
    let plan = plans.into_iter().rfind(|plan| plan.unit == deps.commune).ok_or_else(Problem::not_found)?;
    let permit = deps.authz.permit(cx, &deps.resource(plan.id, &plan))?;
    Ok((plan, permit))
}
