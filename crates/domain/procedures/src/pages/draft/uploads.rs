//! Resumable uploads to a requirement: tus 1.0 (creation, core, termination) for scripts. The last piece attaches the
//! file.

use crate::ops::attach_file::{self, Arrived, AttachFile};
use crate::store::draft::DraftId;
use crate::web::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use d06_authz::act;
use d06_files::{NewUpload, Upload, UploadId};
use d06_http::{AppProblem, RequestCx};
use d06_kernel::{Cx, Problem};

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

/// `POST /drafts/{id}/files/{requirement}/uploads`: begins one.
pub async fn create(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path((id, requirement)): Path<(DraftId, String)>,
    headers: HeaderMap,
) -> Result<Response, AppProblem> {
    web.draft::<act::EditDraft>(&cx, id).await?;
    let new = NewUpload { owner: owner(&cx)?, name: name_of(&headers)?, size: number(&headers, &LENGTH)? };
    let tx = web.deps.db.begin().await?;
    let upload = web.deps.files.create_upload(&cx, &tx, &new).await?;
    tx.commit().await?;
    let location = format!("/drafts/{id}/files/{requirement}/uploads/{}", upload.id);
    Ok((StatusCode::CREATED, [(RESUMABLE, VERSION)], [(header::LOCATION, location)]).into_response())
}

/// `HEAD …/uploads/{upload}`: how far it is.
pub async fn offset(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path((id, _, upload)): Path<(DraftId, String, UploadId)>,
) -> Result<Response, AppProblem> {
    web.draft::<act::EditDraft>(&cx, id).await?;
    let read = web.deps.db.read().await?;
    let upload = web.deps.files.get_upload(&cx, &read, upload, &owner(&cx)?).await?;
    Ok(stand(StatusCode::OK, &upload))
}

/// `PATCH …/uploads/{upload}`: takes the next bytes; with the last ones the file is attached.
pub async fn append(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path((id, requirement, upload)): Path<(DraftId, String, UploadId)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, AppProblem> {
    let (_, permit) = web.draft::<act::EditDraft>(&cx, id).await?;
    let owner = owner(&cx)?;
    let files = &web.deps.files;
    let at = number(&headers, &OFFSET)?;
    let upload = files.append(&cx, &web.deps.db, upload, &owner, at, &bytes).await?;
    if upload.is_complete() && upload.file.is_none() {
        let prepared = files.assemble(&cx, &web.deps.db, upload.id, &owner).await?;
        let arrived = Arrived::Resumed(upload.id, owner, prepared);
        let command = AttachFile { draft: id, requirement, name: upload.name.clone(), arrived };
        attach_file::run(&cx, &web.deps, &permit, command).await?;
    }
    Ok(stand(StatusCode::NO_CONTENT, &upload))
}

/// `DELETE …/uploads/{upload}`: gives it up.
pub async fn abandon(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path((id, _, upload)): Path<(DraftId, String, UploadId)>,
) -> Result<Response, AppProblem> {
    web.draft::<act::EditDraft>(&cx, id).await?;
    web.deps.files.abandon_upload(&cx, &web.deps.db, upload, &owner(&cx)?).await?;
    Ok((StatusCode::NO_CONTENT, [(RESUMABLE, VERSION)]).into_response())
}

/// Uploads belong to the account.
fn owner(cx: &Cx) -> Result<String, Problem> {
    Ok(cx.require_principal()?.account.to_string())
}

fn stand(status: StatusCode, upload: &Upload) -> Response {
    let numbers = [(OFFSET, upload.received.to_string()), (LENGTH, upload.size.to_string())];
    (status, [(RESUMABLE, VERSION)], numbers, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Problem::invalid("upload.header-missing"))
}

/// The name in `Upload-Metadata`: pairs of key and Base64, joined by commas (tus 1.0, creation).
fn name_of(headers: &HeaderMap) -> Result<String, Problem> {
    let metadata = headers.get("upload-metadata").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encoded = metadata.split(',').find_map(|pair| pair.trim().strip_prefix("filename "));
    let bytes = encoded.and_then(|text| STANDARD.decode(text.trim()).ok());
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| Problem::invalid("file.name-invalid"))
}
