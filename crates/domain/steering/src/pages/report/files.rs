//! The files of a report.

use super::show::report_id;
use crate::ops::report::export::{self, Format};
use crate::pages::SteeringState;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use d06_http::{AppProblem, RequestCx};

/// `GET /steering/reports/{id}/report.docx`.
pub(crate) async fn docx(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let file = export::run(&cx, &state.deps, report_id(&id)?, Format::Docx).await?;
    let media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(answer(media, "attachment", &format!("{}.docx", file.name), file.bytes))
}

/// `GET /steering/reports/{id}/report.pdf`.
pub(crate) async fn pdf(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let file = export::run(&cx, &state.deps, report_id(&id)?, Format::Pdf).await?;
    Ok(answer("application/pdf", "inline", &format!("{}.pdf", file.name), file.bytes))
}

/// `GET /steering/reports/{id}/figures.xlsx`.
pub(crate) async fn xlsx(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path(id): Path<String>,
) -> Result<Response, AppProblem> {
    let file = export::run(&cx, &state.deps, report_id(&id)?, Format::Xlsx).await?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(answer(media, "attachment", &format!("{}.xlsx", file.name), file.bytes))
}

/// The name holds codes and dates alone, so it needs no quoting.
fn answer(media: &'static str, disposition: &str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("{disposition}; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
