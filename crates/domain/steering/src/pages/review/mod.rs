//! Plans under review: handing in, document and items side by side, what a revision changes, merging predecessors,
//! ties to the plan above.

mod change;
mod item;
mod list;
mod merge;
mod new;
mod show;
mod ties;
mod views;

use super::SteeringState;
use crate::model::compiled_plan::{CompiledId, CompiledItemId};
use axum::http::Method;
use d06_http::Who;
use d06_kernel::{Problem, Role};
use d06_ui::Pages;

pub(crate) use change::DifferencePage;
pub(crate) use item::ItemPage;
pub(crate) use list::PlanListPage;
pub(crate) use merge::MergePage;
pub(crate) use new::NewPlanPage;
pub(crate) use show::ReviewPage;
pub(crate) use ties::TiesPage;

/// Who may look.
const LOOK: Who = super::STEERING;
/// Who may hand in and decide; the permit is asked for by the use cases.
const DECIDE: Who = Who::Roles(&[Role::StandingOffice]);
/// Who may accept a plan as a whole.
const ACCEPT: Who = Who::Roles(&[Role::StandingOffice, Role::Chairman]);

/// Adds the routes of these pages.
pub(super) fn routes(routes: RoutesOf) -> RoutesOf {
    routes
        .page(Method::GET, "/steering/plans", LOOK, list::show)
        .page(Method::GET, "/steering/plans/new", DECIDE, new::show)
        .page(Method::POST, "/steering/plans/new", DECIDE, new::send)
        .page(Method::GET, "/steering/plans/merge", DECIDE, merge::show)
        .page(Method::POST, "/steering/plans/merge", DECIDE, merge::send)
        .page(Method::GET, "/steering/plans/ties", LOOK, ties::show)
        .page(Method::POST, "/steering/plans/ties", DECIDE, ties::send)
        .page(Method::GET, "/steering/plans/{id}", LOOK, show::show)
        .page(Method::GET, "/steering/plans/{id}/difference", LOOK, change::show)
        .page(Method::POST, "/steering/plans/{id}/items", DECIDE, show::accept_all)
        .page(Method::POST, "/steering/plans/{id}/lines", DECIDE, show::take)
        .page(Method::POST, "/steering/plans/{id}/accept", ACCEPT, show::accept)
        .page(Method::POST, "/steering/plans/{id}/drop", DECIDE, show::drop)
        .page(Method::GET, "/steering/plans/{id}/items/{item}", DECIDE, item::show)
        .page(Method::POST, "/steering/plans/{id}/items/{item}", DECIDE, item::correct)
        .page(Method::POST, "/steering/plans/{id}/items/{item}/decide", DECIDE, item::decide)
        .page(Method::POST, "/steering/plans/{id}/items/{item}/split", DECIDE, item::split)
}

/// The routes while they are put together.
pub(super) type RoutesOf = d06_http::Routes<SteeringState>;

/// Every page with its samples.
pub(super) fn pages(pages: Pages) -> Pages {
    pages
        .with::<PlanListPage>()
        .with::<NewPlanPage>()
        .with::<MergePage>()
        .with::<TiesPage>()
        .with::<ReviewPage>()
        .with::<DifferencePage>()
        .with::<ItemPage>()
}

fn compiled_id(text: &str) -> Result<CompiledId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn item_id(text: &str) -> Result<CompiledItemId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}
