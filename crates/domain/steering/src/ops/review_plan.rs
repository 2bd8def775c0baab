//! What the review of a plan needs: the plan, its items, and whether the reader may decide.

use crate::deps::Deps;
use crate::model::compiled_plan::{CompiledId, CompiledItem, CompiledItemId, CompiledPlan, ReviewState};
use crate::ops::compile_plan::levels;
use crate::store::compiled;
use d06_authz::act::{self, Act};
use d06_authz::{Kind, Permit, Resource};
use d06_db::Tx;
use d06_kernel::{Cx, Problem};

/// A plan under review.
#[derive(Clone, Debug)]
pub struct Review {
    /// The plan.
    pub plan: CompiledPlan,
    /// Its items in order.
    pub items: Vec<CompiledItem>,
    /// Whether the reader may decide on items.
    pub may_decide: bool,
}

impl Review {
    /// An item of it.
    ///
    /// # Errors
    /// "Not found".
    pub fn item(&self, id: CompiledItemId) -> Result<&CompiledItem, Problem> {
        self.items.iter().find(|item| item.id == id).ok_or_else(Problem::not_found)
    }
}

/// The committee's plans as the policies see them.
pub fn permit<A: Act>(cx: &Cx, deps: &Deps) -> Result<Permit<A>, Problem> {
    let resource = Resource::new(Kind::Target, &deps.commune).in_unit(deps.commune.clone());
    deps.authz.permit(cx, &resource)
}

/// One review.
///
/// # Errors
/// "Not found", also for one that the caller may not see.
pub async fn run(cx: &Cx, deps: &Deps, id: CompiledId) -> Result<Review, Problem> {
    let _seen: Permit<act::ViewTarget> = permit(cx, deps)?;
    let tx = deps.db.read().await?;
    let plan = compiled::get(&tx, id).await?;
    if !levels(&deps.commune).contains(&plan.unit) {
        return Err(Problem::not_found());
    }
    let items = compiled::items(&tx, id).await?;
    let may_decide = plan.state == ReviewState::Open && permit::<act::CompilePlan>(cx, deps).is_ok();
    Ok(Review { plan, items, may_decide })
}

/// All reviews, newest first.
///
/// # Errors
/// "Not found" for a caller who may see none.
pub async fn list(cx: &Cx, deps: &Deps) -> Result<Vec<CompiledPlan>, Problem> {
    let _seen: Permit<act::ViewTarget> = permit(cx, deps)?;
    let tx = deps.db.read().await?;
    compiled::list(&tx, &levels(&deps.commune)).await
}

/// A review that is open, inside a writing transaction.
pub(crate) async fn open(
    tx: &Tx,
    deps: &Deps,
    id: CompiledId,
) -> Result<(CompiledPlan, Vec<CompiledItem>), Problem> {
    let plan = compiled::get(tx, id).await?;
    if !levels(&deps.commune).contains(&plan.unit) {
        return Err(Problem::not_found());
    }
    if plan.state != ReviewState::Open {
        return Err(Problem::conflict("compiled.ended"));
    }
    let items = compiled::items(tx, id).await?;
    Ok((plan, items))
}
