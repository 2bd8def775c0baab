//! Pages: a struct for each template, and handlers that translate between them and the use cases.

mod on_time;
mod parts;
mod review;
mod target;
mod targets;
mod tasks;

use crate::deps::Deps;
use axum::extract::FromRef;
use axum::http::Method;
use d06_http::{Platform, Routes, Who};
use d06_kernel::Role;
use d06_ui::Pages;

/// Who may come to the pages of steering; what they see there is decided by a permit.
const STEERING: Who =
    Who::Roles(&[Role::Chairman, Role::StandingOffice, Role::Auditor, Role::ApprovingLeader]);

/// What the handlers work with.
#[derive(Clone)]
pub(crate) struct SteeringState {
    pub(crate) platform: Platform,
    pub(crate) deps: Deps,
}

impl FromRef<SteeringState> for Platform {
    fn from_ref(state: &SteeringState) -> Self {
        state.platform.clone()
    }
}

/// The routes.
pub(crate) fn routes(state: SteeringState) -> Routes {
    review::routes(Routes::new(state))
        .page(Method::GET, "/steering/targets", STEERING, targets::show)
        .page(Method::GET, "/steering/targets/{id}", STEERING, target::show)
        .page(
            Method::POST,
            "/steering/targets/{id}/measure",
            Who::Roles(&[Role::StandingOffice]),
            target::bind,
        )
        .page(Method::GET, "/steering/indicators/on-time", STEERING, on_time::show)
        .page(Method::GET, "/steering/tasks", STEERING, tasks::show)
        .done()
}

/// Every page with its samples, for the check of templates and texts.
pub fn pages() -> Pages {
    review::pages(Pages::new())
        .with::<targets::TargetListPage>()
        .with::<target::TargetPage>()
        .with::<on_time::OnTimePage>()
        .with::<tasks::TaskListPage>()
}
