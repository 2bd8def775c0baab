//! The pages of tasks.

mod actions;
mod assign;
mod bulk;
mod deadline;
mod filter;
mod list;
mod planned;
mod show;

pub(super) use list::{WorkLine, samples};

use super::{SteeringState, WORK};
use axum::http::Method;
use d06_http::{Routes, Who};
use d06_kernel::Role;
use d06_ui::Pages;

/// Who may steer tasks.
const STEERS: Who = Who::Roles(&[Role::StandingOffice]);
/// Who may move deadlines.
const EXTENDS: Who = Who::Roles(&[Role::StandingOffice, Role::Chairman]);
/// Who may report on tasks of their unit.
const REPORTS: Who =
    Who::Roles(&[Role::StandingOffice, Role::ApprovingLeader, Role::Specialist, Role::OneStopOfficer]);

/// Adds the routes.
pub(super) fn add(routes: Routes<SteeringState>) -> Routes<SteeringState> {
    routes
        .page(Method::GET, "/steering/tasks", WORK, list::show)
        .page(Method::POST, "/steering/tasks/bulk", EXTENDS, bulk::change)
        .page(Method::GET, "/steering/tasks/{id}", WORK, show::show)
        .page(Method::POST, "/steering/tasks/{id}/steps", WORK, actions::step)
        .page(Method::GET, "/steering/tasks/{id}/assign", STEERS, assign::show)
        .page(Method::POST, "/steering/tasks/{id}/assign", STEERS, assign::save)
        .page(Method::GET, "/steering/tasks/{id}/deadline", EXTENDS, deadline::show)
        .page(Method::POST, "/steering/tasks/{id}/deadline", EXTENDS, deadline::save)
        .page(Method::POST, "/steering/tasks/{id}/evidence", REPORTS, actions::add_evidence)
        .page(Method::GET, "/steering/tasks/{id}/evidence/{evidence}", WORK, actions::open_evidence)
        .page(
            Method::POST,
            "/steering/tasks/{id}/evidence/{evidence}/remove",
            REPORTS,
            actions::remove_evidence,
        )
}

/// Adds the pages with their samples.
pub(super) fn pages(pages: Pages) -> Pages {
    pages
        .with::<list::WorkPage>()
        .with::<show::TaskPage>()
        .with::<assign::AssignPage>()
        .with::<deadline::DeadlinePage>()
}
