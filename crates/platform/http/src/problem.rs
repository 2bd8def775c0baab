//! Problems as answers.
//!
//! A handler returns [`AppProblem`]; the words, and whether they become a page or problem+json (RFC 9457), are
//! chosen by the layer in [`crate::answer`], which knows the reader.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use d06_kernel::{Problem, ProblemKind};
use std::sync::{Arc, Mutex, PoisonError};

/// A problem on its way to the reader; `?` makes one of a [`Problem`].
#[derive(Debug)]
pub struct AppProblem(pub Problem);

impl From<Problem> for AppProblem {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for AppProblem {
    fn into_response(self) -> Response {
        let mut response = status_of(self.0.kind).into_response();
        response.extensions_mut().insert(Carried(Arc::new(Mutex::new(Some(self.0)))));
        response
    }
}

/// A problem carried from the handler to the layer that answers it.
#[derive(Clone)]
pub(crate) struct Carried(Arc<Mutex<Option<Problem>>>);

impl Carried {
    pub(crate) fn take(&self) -> Option<Problem> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The status of a problem's kind.
pub fn status_of(kind: ProblemKind) -> StatusCode {
    match kind {
        ProblemKind::NotFound => StatusCode::NOT_FOUND,
        ProblemKind::SignInRequired => StatusCode::UNAUTHORIZED,
        ProblemKind::Forbidden => StatusCode::FORBIDDEN,
        ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::Conflict => StatusCode::CONFLICT,
        ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ProblemKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ProblemKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
