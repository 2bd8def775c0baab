//! Pages: a struct for each template, and handlers that translate between them and the use cases.

mod budgets;
mod chairman;
mod choices;
mod commendations;
mod figures;
mod obstacles;
mod on_time;
mod parts;
mod proof;
mod refusal;
mod registers;
mod report;
mod review;
mod shape;
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

/// Who may come to the pages of the work on a plan.
const WORK: Who = Who::Roles(&[
    Role::Chairman,
    Role::StandingOffice,
    Role::Auditor,
    Role::ApprovingLeader,
    Role::Specialist,
    Role::OneStopOfficer,
]);

/// Who may raise obstacles and enter figures of their unit.
const REPORTS: Who =
    Who::Roles(&[Role::StandingOffice, Role::ApprovingLeader, Role::Specialist, Role::OneStopOfficer]);

/// Who may answer an obstacle that is sent to them.
const ANSWERS: Who = Who::Roles(&[Role::Chairman, Role::ApprovingLeader, Role::StandingOffice]);

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
    let routes = review::routes(Routes::new(state))
        .page(Method::GET, "/steering/targets", STEERING, targets::show)
        .page(Method::GET, "/steering/targets/{id}", STEERING, target::show)
        .page(
            Method::POST,
            "/steering/targets/{id}/measure",
            Who::Roles(&[Role::StandingOffice]),
            target::bind,
        )
        .page(Method::GET, "/steering/indicators/on-time", STEERING, on_time::show)
        .page(
            Method::POST,
            "/steering/targets/{id}/shape",
            Who::Roles(&[Role::StandingOffice]),
            target::shape,
        )
        .page(Method::GET, "/steering/figures", WORK, figures::sheet)
        .page(Method::GET, "/steering/figures/{target}/{unit}/{month}", WORK, figures::show)
        .page(Method::POST, "/steering/figures/{target}/{unit}/{month}", REPORTS, figures::enter)
        .page(
            Method::GET,
            "/steering/figures/{target}/{unit}/{month}/evidence/{evidence}",
            WORK,
            figures::open_evidence,
        )
        .page(Method::GET, "/steering/obstacles", WORK, obstacles::list)
        .page(Method::GET, "/steering/obstacles/{id}", WORK, obstacles::show)
        .page(Method::POST, "/steering/obstacles/{id}/answer", ANSWERS, obstacles::answer)
        .page(Method::POST, "/steering/obstacles/{id}/route", ANSWERS, obstacles::route)
        .page(Method::GET, "/steering/tasks/{id}/obstacles/new", REPORTS, obstacles::new_to_task)
        .page(Method::POST, "/steering/tasks/{id}/obstacles/new", REPORTS, obstacles::raise_to_task)
        .page(Method::GET, "/steering/targets/{id}/obstacles/new", REPORTS, obstacles::new_to_target)
        .page(Method::POST, "/steering/targets/{id}/obstacles/new", REPORTS, obstacles::raise_to_target);
    chairman::routes(report::routes(registers_and_money(tasks::add(routes)))).done()
}

/// The routes of registers, budgets and proposals.
fn registers_and_money(routes: Routes<SteeringState>) -> Routes<SteeringState> {
    const KEEPS: Who = Who::Roles(&[Role::StandingOffice]);
    const MONEY: Who = Who::Roles(&[Role::StandingOffice, Role::Chairman, Role::Auditor]);
    const PROPOSES: Who = Who::Roles(&[Role::StandingOffice, Role::Chairman]);
    routes
        .page(Method::GET, "/steering/registers/{register}", WORK, registers::list)
        .page(Method::GET, "/steering/registers/{register}/new", KEEPS, registers::new)
        .page(Method::POST, "/steering/registers/{register}/new", KEEPS, registers::add)
        .page(Method::GET, "/steering/records/{id}", WORK, registers::show)
        .page(Method::POST, "/steering/records/{id}/stage", REPORTS, registers::step)
        .page(Method::GET, "/steering/records/{id}/edit", KEEPS, registers::edit)
        .page(Method::POST, "/steering/records/{id}/edit", KEEPS, registers::save)
        .page(Method::GET, "/steering/budgets", MONEY, budgets::list)
        .page(Method::GET, "/steering/tasks/{id}/budget/{year}", MONEY, budgets::show)
        .page(Method::POST, "/steering/tasks/{id}/budget/{year}", KEEPS, budgets::save)
        .page(Method::GET, "/steering/commendations", PROPOSES, commendations::list)
        .page(Method::POST, "/steering/commendations", PROPOSES, commendations::draft)
        .page(Method::GET, "/steering/commendations/{id}", PROPOSES, commendations::show)
        .page(Method::POST, "/steering/commendations/{id}", PROPOSES, commendations::edit)
        .page(
            Method::POST,
            "/steering/commendations/{id}/decision",
            Who::Roles(&[Role::Chairman]),
            commendations::decide,
        )
}

/// Every page with its samples, for the check of templates and texts.
pub fn pages() -> Pages {
    let pages = review::pages(Pages::new())
        .with::<targets::TargetListPage>()
        .with::<target::TargetPage>()
        .with::<on_time::OnTimePage>()
        .with::<figures::SheetPage>()
        .with::<figures::FigurePage>()
        .with::<obstacles::ObstacleListPage>()
        .with::<obstacles::ObstaclePage>()
        .with::<obstacles::RaisePage>()
        .with::<registers::RegisterPage>()
        .with::<registers::RecordPage>()
        .with::<registers::RecordFormPage>()
        .with::<budgets::BudgetListPage>()
        .with::<budgets::BudgetPage>()
        .with::<commendations::CommendationListPage>()
        .with::<commendations::CommendationPage>();
    chairman::pages(report::pages(tasks::pages(pages)))
}
