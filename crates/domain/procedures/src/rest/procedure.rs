//! `/api/v1/procedures`.

use crate::pages::catalogue::search;
use crate::web::Web;
use axum::Json;
use axum::extract::{Query, State};
use d06_http::{AppProblem, RequestCx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The most procedures in an answer.
const MOST: usize = 100;

/// What is sought.
#[derive(Debug, Deserialize, IntoParams)]
pub struct ProcedureQuery {
    /// Words of the name, with or without diacritics, or a code. Empty: those that can be filed here.
    #[serde(default)]
    q: String,
}

/// A procedure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureAnswer {
    /// The national code, `1.004873`.
    code: String,
    /// Its name in Vietnamese.
    name: String,
    /// How many of its papers data replaces (Resolution 66.7/2025/NQ-CP).
    papers_replaced: usize,
    /// Whether it can be filed here today.
    fileable: bool,
}

/// Finds procedures, best match first.
#[utoipa::path(get, path = "/api/v1/procedures", tag = "procedures", params(ProcedureQuery),
    responses((status = 200, body = Vec<ProcedureAnswer>)))]
pub async fn search(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Query(query): Query<ProcedureQuery>,
) -> Result<Json<Vec<ProcedureAnswer>>, AppProblem> {
    let hits = search::find(&cx, &web.deps, &query.q, MOST);
    let answer = hits.into_iter().map(|hit| ProcedureAnswer {
        code: hit.code,
        name: hit.name,
        papers_replaced: hit.replaced,
        fileable: hit.fileable,
    });
    Ok(Json(answer.collect()))
}
