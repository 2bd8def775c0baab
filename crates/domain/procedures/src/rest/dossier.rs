//! `/api/v1/dossiers`.

use crate::store::dossier::{self, Dossier};
use crate::store::part;
use crate::web::Web;
use axum::Json;
use axum::extract::{Path, Query, State};
use chrono::{DateTime, Utc};
use d06_authz::act;
use d06_db::PageRequest;
use d06_http::{AppProblem, RequestCx};
use d06_kernel::id::DossierId;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a dossier stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierAnswer {
    /// Its id.
    id: uuid::Uuid,
    /// Its code (mã số hồ sơ).
    code: String,
    /// The procedure's code.
    procedure: String,
    /// Its state.
    state: &'static str,
    /// The state's number on the national portal (TrangThaiHoSo), 1 to 10.
    portal_state: u8,
    /// When it was filed.
    submitted_at: DateTime<Utc>,
    /// When the result is due.
    due_at: DateTime<Utc>,
    /// When it was decided.
    decided_at: Option<DateTime<Utc>>,
    /// The requirements; only in the answer about one dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    requirements: Option<Vec<RequirementAnswer>>,
}

/// How a requirement stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequirementAnswer {
    /// Its key in the definition.
    key: String,
    /// Its state.
    state: &'static str,
}

/// Some dossiers.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossiersAnswer {
    /// The dossiers, newest first.
    items: Vec<DossierAnswer>,
    /// What to send as `after` for the next ones.
    next: Option<String>,
}

impl DossierAnswer {
    fn of(dossier: &Dossier) -> Self {
        Self {
            id: dossier.id.0,
            code: dossier.code.clone(),
            procedure: dossier.procedure.clone(),
            state: dossier.state.name(),
            portal_state: dossier.state.dvcqg(),
            submitted_at: dossier.submitted_at,
            due_at: dossier.due_at,
            decided_at: dossier.decided_at,
            requirements: None,
        }
    }
}

/// The caller's own dossiers.
#[utoipa::path(get, path = "/api/v1/dossiers", tag = "dossiers",
    params(("after" = Option<String>, Query), ("limit" = Option<u64>, Query)),
    responses((status = 200, body = DossiersAnswer), (status = 401)))]
pub async fn list(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Query(page): Query<PageRequest>,
) -> Result<Json<DossiersAnswer>, AppProblem> {
    let person = cx.require_principal()?.number;
    let read = web.deps.db.read().await?;
    let found = dossier::list_of(&read, &person, &page).await?;
    Ok(Json(DossiersAnswer { items: found.items.iter().map(DossierAnswer::of).collect(), next: found.next }))
}

/// One dossier, for its parties and the office that handles it.
#[utoipa::path(get, path = "/api/v1/dossiers/{id}", tag = "dossiers", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = DossierAnswer), (status = 401), (status = 404)))]
pub async fn get(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path(id): Path<DossierId>,
) -> Result<Json<DossierAnswer>, AppProblem> {
    let read = web.deps.db.read().await?;
    let (dossier, _) = web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    let requirements = part::list_requirements(&read, id).await?;
    let requirements = requirements
        .into_iter()
        .map(|requirement| RequirementAnswer { state: requirement.state.name(), key: requirement.key })
        .collect();
    Ok(Json(DossierAnswer { requirements: Some(requirements), ..DossierAnswer::of(&dossier) }))
}
