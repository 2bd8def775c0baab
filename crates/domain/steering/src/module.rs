//! What this domain brings to the platform.

use crate::deps::Deps;
use crate::ops::escalate_obstacles::ObstacleEscalator;
use crate::ops::make_occurrences::OccurrenceMaker;
use crate::ops::report::open::ReportOpener;
use crate::ops::report::remind::Reminder;
use crate::ops::take_readings::ReadingTaker;
use crate::pages::{SteeringState, routes};
use d06_http::{Module, Platform};
use d06_jobs::Schedule;
use d06_kernel::{Locale, Problem};
use d06_ui::Source;
use include_dir::{Dir, include_dir};
use std::sync::Arc;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] = &[
    (Locale::Vi, include_str!("../locales/vi.ftl")),
    (Locale::En, include_str!("../locales/en.ftl")),
    (Locale::Vi, include_str!("../locales/review.vi.ftl")),
    (Locale::En, include_str!("../locales/review.en.ftl")),
    (Locale::Vi, include_str!("../locales/report.vi.ftl")),
    (Locale::En, include_str!("../locales/report.en.ftl")),
];

/// The name of the module, and the folder of its templates.
const NAME: &str = "steering";

/// Templates and texts; the platform's `Ui` is made of them before the module is.
pub fn source() -> Source {
    Source { name: NAME, templates: &TEMPLATES, locales: LOCALES }
}

/// The work that is done by the clock.
///
/// # Errors
/// Never for these rhythms; the type is the schedule's.
pub fn schedules() -> Result<Vec<Schedule>, Problem> {
    Ok(vec![
        crate::ops::take_readings::schedule()?,
        crate::ops::make_occurrences::schedule()?,
        crate::ops::escalate_obstacles::schedule()?,
        crate::ops::report::open::schedule()?,
    ])
}

/// The module.
pub fn module(platform: Platform, deps: Deps) -> Module {
    Module {
        name: NAME,
        routes: routes(SteeringState { platform, deps: deps.clone() }),
        handlers: vec![
            Arc::new(ReadingTaker::new(deps.clone())),
            Arc::new(OccurrenceMaker::new(deps.clone())),
            Arc::new(ObstacleEscalator::new(deps.clone())),
            Arc::new(ReportOpener::new(deps.clone())),
            Arc::new(Reminder::new(deps)),
        ],
        openapi: utoipa::openapi::OpenApi::default(),
    }
}
