//! `/work`: what waits for this officer, the most pressing first.

use crate::deps::Deps;
use crate::model::DossierCode;
use crate::model::clock::risk::{self, Risk, RiskLevel};
use crate::model::dossier::DossierState;
use crate::pages::dossier::list::DossierLine;
use crate::store::dossier::{self, Dossier, QueueFilter};
use crate::web::Web;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use d06_authz::{Kind, Resource, act};
use d06_db::Tx;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::id::DossierId;
use d06_kernel::text::search_key;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_ui::Page;
use serde::{Deserialize, Serialize};

/// The roles that have a queue.
pub const ROLES: &[Role] = &[Role::OneStopOfficer, Role::Specialist, Role::ApprovingLeader];

/// What the officer wants to see.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct QueueQuery {
    /// Part of a code or name.
    #[serde(default)]
    pub q: String,
    /// Code of a procedure; empty for all.
    #[serde(default)]
    pub procedure: String,
    /// Stable name of a state; empty for all.
    #[serde(default)]
    pub state: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct QueuePage {
    /// The role whose queue it is; the words are `queue-` + role.
    pub role: &'static str,
    /// What is sought.
    pub query: String,
    /// The procedure chosen.
    pub procedure: String,
    /// The state chosen.
    pub state: String,
    /// The procedures to choose from: code and name.
    pub procedures: Vec<(String, String)>,
    /// The states to choose from.
    pub states: Vec<&'static str>,
    /// What waits.
    pub lines: Vec<QueueLine>,
    /// How many are overdue.
    pub late: usize,
    /// How many are pressing.
    pub soon: usize,
    /// Whether anything was filtered.
    pub filtered: bool,
}

/// A dossier in the queue.
#[derive(Debug, Serialize)]
pub struct QueueLine {
    /// The dossier.
    pub dossier: DossierLine,
    /// Name of the step.
    pub step: String,
    /// When the step is due.
    pub step_due_at: Option<DateTime<Utc>>,
    /// Working minutes left until the whole is due; negative when it is late, `None` while the clock stands.
    pub minutes_left: Option<i64>,
    /// How likely it is to be late; the words are `risk-` + name.
    pub risk: RiskLevel,
    /// Requirements that data proves.
    pub waived: i64,
    /// Requirements that apply.
    pub requirements: i64,
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "procedures/work/queue.html";

    fn samples() -> Vec<Self> {
        let line = |(at, dossier): (i64, DossierLine)| QueueLine {
            dossier,
            step: "Thẩm tra hồ sơ".to_owned(),
            step_due_at: (at > 0).then_some(DateTime::<Utc>::UNIX_EPOCH),
            minutes_left: (at > 0).then_some((at - 3) * 60),
            risk: [
                RiskLevel::Overdue,
                RiskLevel::Breaching,
                RiskLevel::Tight,
                RiskLevel::Safe,
                RiskLevel::Standing,
            ][usize::try_from(at).unwrap_or(0) % 5],
            waived: 2,
            requirements: 3,
        };
        ROLES
            .iter()
            .enumerate()
            .map(|(at, role)| Self {
                role: role.name(),
                query: "nam".to_owned(),
                procedure: "1.004873".to_owned(),
                state: String::new(),
                procedures: vec![("1.004873".to_owned(), "Xác nhận tình trạng hôn nhân".to_owned())],
                states: DossierState::ALL.iter().map(|s| s.name()).collect(),
                lines: if at == 0 {
                    Vec::new()
                } else {
                    (0..).zip(DossierLine::samples()).map(line).collect()
                },
                late: at,
                soon: 2,
                filtered: at != 1,
            })
            .collect()
    }
}

/// The queue of the actor's unit and roles.
///
/// # Errors
/// "Not found" for somebody who has none.
pub async fn page(cx: &Cx, deps: &Deps, tx: &Tx, query: QueueQuery) -> Result<QueuePage, Problem> {
    let principal = cx.require_principal()?;
    let unit = principal.unit.clone().ok_or_else(Problem::not_found)?;
    let roles: Vec<Role> = ROLES.iter().copied().filter(|role| principal.has(*role)).collect();
    let first = roles.first().ok_or_else(Problem::not_found)?.name();
    let filter = QueueFilter {
        unit,
        roles,
        procedure: Some(query.procedure.clone()).filter(|p| !p.is_empty()),
        search: Some(search_key(&query.q)).filter(|q| !q.is_empty()),
        states: DossierState::from_name(&query.state).into_iter().collect(),
    };
    let waiting = dossier::queue(tx, &filter).await?;
    let mut lines: Vec<(Risk, QueueLine)> =
        waiting.iter().map(|d| line(cx, deps, d)).collect::<Result<_, Problem>>()?;
    lines.sort_by_key(|(risk, _)| *risk);
    let lines: Vec<QueueLine> = lines.into_iter().map(|(_, line)| line).collect();
    let count = |levels: &[RiskLevel]| lines.iter().filter(|l| levels.contains(&l.risk)).count();
    Ok(QueuePage {
        role: first,
        late: count(&[RiskLevel::Overdue]),
        soon: count(&[RiskLevel::Breaching, RiskLevel::Tight]),
        filtered: filter.procedure.is_some() || filter.search.is_some() || !filter.states.is_empty(),
        query: query.q,
        procedure: query.procedure,
        state: query.state,
        procedures: procedures(cx, deps),
        states: vec![
            DossierState::Submitted.name(),
            DossierState::AwaitingSource.name(),
            DossierState::InProgress.name(),
        ],
        lines,
    })
}

fn line(cx: &Cx, deps: &Deps, dossier: &Dossier) -> Result<(Risk, QueueLine), Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let position = usize::try_from(dossier.step).unwrap_or(usize::MAX);
    let step = definition.workflow.steps.get(position);
    let key = step.map(|s| s.key.as_str()).unwrap_or_default();
    let risk = risk::of(&deps.clock, &definition.workflow, key, dossier.clock.due(), cx.now());
    let line = QueueLine {
        dossier: DossierLine::of(cx, deps, dossier),
        step: step.map(|s| s.name.of(cx.locale).to_owned()).unwrap_or_default(),
        step_due_at: dossier.step_due_at,
        minutes_left: (risk.level != RiskLevel::Standing).then_some(risk.left_minutes),
        risk: risk.level,
        waived: dossier.waived,
        requirements: dossier.requirements,
    };
    Ok((risk, line))
}

fn procedures(cx: &Cx, deps: &Deps) -> Vec<(String, String)> {
    let mut list: Vec<(String, String)> =
        deps.catalogue.definitions().map(|d| (d.code.to_string(), d.name.of(cx.locale).to_owned())).collect();
    list.sort();
    list.dedup_by(|a, b| a.0 == b.0);
    list
}

/// The dossier that is named by its whole code, or by the code on its receipt as a scanner reads it; `None` for any
/// other text and for a dossier the officer may not see.
async fn named(web: &Web, cx: &Cx, tx: &Tx, text: &str) -> Result<Option<DossierId>, Problem> {
    let found = match (text.parse::<DossierCode>(), text.trim().rsplit_once("/lookup/")) {
        (Ok(code), _) => dossier::find_by_code(tx, code.canonical()).await?,
        (Err(_), Some((_, secret))) => dossier::find_by_lookup(tx, secret).await?,
        (Err(_), None) => None,
    };
    let Some(found) = found else { return Ok(None) };
    match web.dossier::<act::ViewDossier>(cx, tx, found.id).await {
        Ok(_) => Ok(Some(found.id)),
        Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// `GET /work`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<QueueQuery>,
) -> Result<Response, AppProblem> {
    let unit = cx.require_principal()?.unit.clone().unwrap_or_default();
    let resource = Resource::new(Kind::Queue, &unit).in_unit(&unit);
    web.platform.authz.permit::<act::ViewQueue>(&cx, &resource)?;
    let read = web.deps.db.read().await?;
    if let Some(id) = named(&web, &cx, &read, &query.q).await? {
        return Ok(Redirect::to(&format!("/work/dossiers/{id}")).into_response());
    }
    let page = page(&cx, &web.deps, &read, query).await?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}
