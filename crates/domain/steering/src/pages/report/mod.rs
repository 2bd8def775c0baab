//! Pages of reports.

mod ask;
mod desk;
mod figure;
mod files;
mod show;
mod steps;
mod view;

use super::{STEERING, SteeringState};
use axum::http::Method;
use d06_http::{Routes, Who};
use d06_kernel::Role;
use d06_ui::Pages;

/// Those who write and receive.
const WRITERS: Who = Who::Roles(&[Role::StandingOffice]);

/// Adds the routes.
pub(super) fn routes(routes: Routes<SteeringState>) -> Routes<SteeringState> {
    routes
        .page(Method::GET, "/steering/reports", STEERING, desk::show)
        .page(Method::POST, "/steering/reports/mailbox", WRITERS, desk::set_mailbox)
        .page(Method::GET, "/steering/reports/ask", WRITERS, ask::show)
        .page(Method::POST, "/steering/reports/ask", WRITERS, ask::send)
        .page(Method::GET, "/steering/reports/{id}", STEERING, show::show)
        .page(Method::POST, "/steering/reports/{id}", WRITERS, steps::write)
        .page(Method::POST, "/steering/reports/{id}/decide", WRITERS, steps::decide)
        .page(Method::POST, "/steering/reports/{id}/remind", WRITERS, steps::remind)
        .page(Method::GET, "/steering/reports/{id}/report.docx", STEERING, files::docx)
        .page(Method::GET, "/steering/reports/{id}/report.pdf", STEERING, files::pdf)
        .page(Method::GET, "/steering/reports/{id}/figures.xlsx", STEERING, files::xlsx)
        .page(Method::GET, "/steering/reports/{id}/figures/{key}", STEERING, figure::show)
}

/// Adds the pages, for the check of templates and texts.
pub(super) fn pages(pages: Pages) -> Pages {
    pages
        .with::<desk::ReportDeskPage>()
        .with::<ask::AskReportPage>()
        .with::<show::ReportPage>()
        .with::<figure::FigurePage>()
}
