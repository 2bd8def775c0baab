//! Forms with files, for browsers without scripts.

use super::fields::Fields;
use crate::csrf::{TokenPending, check_token};
use crate::extract::{Request, of_extensions};
use crate::problem::AppProblem;
use axum::extract::{FromRequest, Multipart};
use axum::http::StatusCode;
use bytes::Bytes;
use d06_kernel::{Problem, ProblemKind};

/// A form with files.
#[derive(Debug)]
pub struct Upload {
    /// The fields that are not files.
    pub fields: Fields,
    /// The files chosen; an input left empty sends none.
    pub files: Vec<UploadedFile>,
}

/// One file of a form. Name and media type are the sender's word.
pub struct UploadedFile {
    /// The field.
    pub field: String,
    /// The name on the sender's device.
    pub name: String,
    /// The media type the sender claims.
    pub media: Option<String>,
    /// The content.
    pub bytes: Bytes,
}

impl std::fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UploadedFile").field("field", &self.field).field("bytes", &self.bytes.len()).finish()
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = AppProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppProblem> {
        let visit = of_extensions(request.extensions())?.clone();
        let pending = request.extensions().get::<TokenPending>().is_some();
        let headers = request.headers().clone();
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|error| Problem::invalid("input.unreadable").caused_by(error))?;
        let mut pairs = Vec::new();
        let mut files = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            let Some(name) = part.file_name().map(str::to_owned) else {
                pairs.push((field, part.text().await.map_err(unreadable)?));
                continue;
            };
            let media = part.content_type().map(str::to_owned);
            let bytes = part.bytes().await.map_err(unreadable)?;
            if !name.is_empty() || !bytes.is_empty() {
                files.push(UploadedFile { field, name, media, bytes });
            }
        }
        let fields = Fields::new(pairs);
        visit.keep_typed(fields.view());
        check_token(&visit, &headers, !pending, &fields)?;
        Ok(Self { fields, files })
    }
}

fn unreadable(error: axum::extract::multipart::MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(ProblemKind::TooLarge, "too-large");
    }
    Problem::invalid("input.unreadable").caused_by(error)
}
