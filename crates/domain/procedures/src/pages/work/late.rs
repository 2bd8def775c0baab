//! `/work/late`: what is overdue in the office without an apology, and what will be unless somebody apologises in time.

use crate::deps::Deps;
use crate::model::clock::risk::{self, RiskLevel};
use crate::pages::dossier::list::DossierLine;
use crate::pages::view::unit_names;
use crate::store::dossier::{self, Dossier};
use crate::web::Web;
use axum::extract::State;
use chrono::{DateTime, Duration, Utc};
use d06_authz::{Kind, Resource, act};
use d06_db::Tx;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem, Role};
use d06_ui::{Html, Page};
use serde::Serialize;

/// The roles that see it.
pub const ROLES: &[Role] = &[Role::OneStopOfficer, Role::Specialist, Role::ApprovingLeader, Role::Chairman];

/// How far ahead the page looks for dossiers that will be late.
const AHEAD_DAYS: i64 = 14;

/// The page.
#[derive(Debug, Serialize)]
pub struct LatePage {
    /// Overdue without an apology, the longest first.
    pub overdue: Vec<LateLine>,
    /// The work that is left takes longer than the time that is left.
    pub breaching: Vec<LateLine>,
}

/// A dossier that is or will be late.
#[derive(Debug, Serialize)]
pub struct LateLine {
    /// The dossier.
    pub dossier: DossierLine,
    /// Name of the unit it waits in; absent where it waits for nobody.
    pub unit: Option<String>,
    /// Name of the step.
    pub step: String,
    /// The last moment for an apology that keeps the law.
    pub apology_by: DateTime<Utc>,
    /// Whether that moment is past.
    pub too_late: bool,
}

impl Page for LatePage {
    const TEMPLATE: &'static str = "procedures/work/late.html";

    fn samples() -> Vec<Self> {
        let lines = || {
            let line = |(at, dossier): (usize, DossierLine)| LateLine {
                dossier,
                unit: (at % 2 == 0).then(|| "Văn phòng HĐND và UBND xã Hà Bắc".to_owned()),
                step: "Thẩm tra hồ sơ".to_owned(),
                apology_by: DateTime::<Utc>::UNIX_EPOCH,
                too_late: at % 2 == 0,
            };
            DossierLine::samples().into_iter().take(3).enumerate().map(line).collect()
        };
        vec![
            Self { overdue: Vec::new(), breaching: Vec::new() },
            Self { overdue: lines(), breaching: lines() },
        ]
    }
}

/// The late dossiers of the office.
///
/// # Errors
/// The database's.
pub async fn page(cx: &Cx, deps: &Deps, tx: &Tx) -> Result<LatePage, Problem> {
    let before = cx.now() + Duration::days(AHEAD_DAYS);
    let found = dossier::list_due_before(tx, &deps.commune, before).await?;
    let found: Vec<Dossier> = found.into_iter().filter(|d| d.clock.reappointment().is_none()).collect();
    let codes: Vec<&str> = found.iter().filter_map(|d| d.step_unit.as_deref()).collect();
    let units = unit_names(cx, deps, &codes).await?;
    let mut page = LatePage { overdue: Vec::new(), breaching: Vec::new() };
    for dossier in &found {
        let definition = deps.version(&dossier.procedure_version)?;
        let step = definition.workflow.steps.get(usize::try_from(dossier.step).unwrap_or(usize::MAX));
        let key = step.map(|s| s.key.as_str()).unwrap_or_default();
        let risk = risk::of(&deps.clock, &definition.workflow, key, dossier.clock.due(), cx.now());
        let apology_by = deps.clock.apology_due(dossier.due_at);
        let line = LateLine {
            dossier: DossierLine::of(cx, deps, dossier),
            unit: dossier.step_unit.as_ref().and_then(|code| units.get(code).cloned()),
            step: step.map(|s| s.name.of(cx.locale).to_owned()).unwrap_or_default(),
            too_late: cx.now() > apology_by,
            apology_by,
        };
        match risk.level {
            RiskLevel::Overdue => page.overdue.push(line),
            RiskLevel::Breaching => page.breaching.push(line),
            RiskLevel::Tight | RiskLevel::Safe | RiskLevel::Standing => {}
        }
    }
    Ok(page)
}

/// `GET /work/late`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Html<String>, AppProblem> {
    let unit = web.deps.commune.clone();
    let resource = Resource::new(Kind::Queue, &unit).in_unit(&unit);
    web.platform.authz.permit::<act::ViewQueue>(&cx, &resource)?;
    let read = web.deps.db.read().await?;
    let page = page(&cx, &web.deps, &read).await?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?)
}
