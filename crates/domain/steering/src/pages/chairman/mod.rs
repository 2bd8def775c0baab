//! `/chairman`: one page for the wall and for the desk.

mod chart;
mod show;

use super::{STEERING, SteeringState};
use axum::http::Method;
use d06_http::Routes;
use d06_ui::Pages;

/// Adds the route.
pub(super) fn routes(routes: Routes<SteeringState>) -> Routes<SteeringState> {
    routes.page(Method::GET, "/chairman", STEERING, show::show)
}

/// Adds the page, for the check of templates and texts.
pub(super) fn pages(pages: Pages) -> Pages {
    pages.with::<show::ChairmanPage>()
}
