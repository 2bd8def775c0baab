//! What a form answers when it is refused, and how a file is handed out.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use d06_http::status_of;
use d06_kernel::{Problem, ProblemKind};
use d06_ui::FormView;

/// The form with what is wrong, and the status of the answer. A change by somebody else meanwhile is shown on the form
/// too, which then stands on what is there now; nothing typed is lost.
///
/// # Errors
/// The problem itself, if the reader cannot mend it on the form.
pub(crate) fn refusal(typed: FormView, problem: Problem) -> Result<(StatusCode, FormView), Problem> {
    match problem.kind {
        ProblemKind::Invalid | ProblemKind::TooLarge | ProblemKind::Conflict => {
            Ok((status_of(problem.kind), typed.refused(&problem)))
        }
        _ => Err(problem),
    }
}

/// A file to be saved. It is never shown within the site: what officials hand in is not trusted.
pub(crate) fn attachment(name: &str, media: &'static str, content: Vec<u8>) -> Response {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
    ];
    (headers, content).into_response()
}
