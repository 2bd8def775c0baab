//! What a third party needs to check the log without us.

use crate::deps::Deps;
use crate::ops::open_entry;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use d06_audit::InclusionProof;
use d06_http::{AppProblem, RequestCx};
use d06_kernel::Problem;
use uuid::Uuid;

/// `GET /audit/checkpoint.txt`: the newest signed head (C2SP tlog-checkpoint).
pub(crate) async fn checkpoint(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
) -> Result<Response, AppProblem> {
    deps.permit(&cx)?;
    let tx = deps.log.db.read().await?;
    let head = d06_audit::newest_checkpoint(&tx).await?.ok_or_else(Problem::not_found)?;
    Ok(file("text/plain; charset=utf-8", "checkpoint.txt", head))
}

/// `GET /audit/entries/{id}/leaf.json`: the exact bytes of the leaf.
pub(crate) async fn leaf(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    Path(id): Path<Uuid>,
) -> Result<Response, AppProblem> {
    let permit = deps.permit(&cx)?;
    let opened = open_entry::run(&cx, &deps.log, &permit, id).await?;
    Ok(file("application/json", &format!("{id}.json"), opened.entry.content))
}

/// `GET /audit/entries/{id}/proof.txt`: the inclusion proof with its checkpoint (C2SP tlog-proof).
pub(crate) async fn proof(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    Path(id): Path<Uuid>,
) -> Result<Response, AppProblem> {
    let permit = deps.permit(&cx)?;
    let opened = open_entry::run(&cx, &deps.log, &permit, id).await?;
    let proof = opened.proof.ok_or_else(Problem::not_found)?;
    Ok(file("text/plain; charset=utf-8", &format!("{id}.tlog-proof"), written(&proof)))
}

/// `c2sp.org/tlog-proof@v1`: the index, the path in base64, an empty line, the checkpoint.
fn written(proof: &InclusionProof) -> String {
    let path: String = proof.path.iter().map(|hash| format!("{}\n", STANDARD.encode(hash))).collect();
    format!("c2sp.org/tlog-proof@v1\nindex {}\n{path}\n{}", proof.place, proof.checkpoint)
}

fn file(kind: &'static str, name: &str, content: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], content)
        .into_response()
}
