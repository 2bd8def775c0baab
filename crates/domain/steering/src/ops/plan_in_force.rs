//! The plans that the pages show: those in force of the reader's office.

use crate::deps::Deps;
use crate::model::plan::Plan;
use crate::ops::report::chain::own_unit;
use crate::store::plan;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// The latest plan and the caller's permit to see its targets.
///
/// # Errors
/// "Not found" if there is no plan or the caller may not see it.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<(Plan, Permit<act::ViewTarget>), Problem> {
    all(cx, deps).await?.pop().ok_or_else(Problem::not_found)
}

/// The plans of the reader's office, oldest first; where it has none, those of the committee served here. Each with the
/// caller's permit to see its targets.
///
/// # Errors
/// "Not found" if there is none or the caller may not see them.
pub async fn all(cx: &Cx, deps: &Deps) -> Result<Vec<(Plan, Permit<act::ViewTarget>)>, Problem> {
    let office = own_unit(cx)?;
    let tx = deps.db.read().await?;
    let mut shown = plan::list_in_force_of(&tx, office).await?;
    if shown.is_empty() {
        shown = plan::list_in_force_of(&tx, &deps.commune).await?;
    }
    if shown.is_empty() {
        return Err(Problem::not_found());
    }
    let permitted = shown.into_iter().map(|plan| {
        let permit = deps.authz.permit(cx, &deps.resource(plan.id, &plan))?;
        Ok((plan, permit))
    });
    permitted.collect()
}
