//! Forms: what was typed is kept whatever happens, and what is wrong is told field by field.

pub(crate) mod fields;
mod multipart;

pub use fields::{Fields, FromFields};
pub use multipart::{Upload, UploadedFile};

use crate::csrf::CheckedFields;
use crate::extract::{Request, of_extensions};
use crate::problem::AppProblem;
use axum::extract::FromRequest;
use d06_kernel::Problem;
use d06_ui::FormView;

/// A form sent by our own page.
///
/// ```ignore
/// async fn decide(State(state): State<S>, form: Form<DecideForm>) -> Result<Response, AppProblem> {
///     let input = match form.value {
///         Ok(input) => input,
///         Err(problem) => return show(form.typed.refuse(problem)?),
///     };
/// ```
#[derive(Debug)]
pub struct Form<T> {
    /// The form read, or what is wrong with it.
    pub value: Result<T, Problem>,
    /// What was typed.
    pub typed: FormView,
}

impl<S: Send + Sync, T: FromFields> FromRequest<S> for Form<T> {
    type Rejection = AppProblem;

    async fn from_request(request: Request, _: &S) -> Result<Self, AppProblem> {
        of_extensions(request.extensions())?;
        let checked = request.extensions().get::<CheckedFields>();
        let fields = checked.map(|CheckedFields(fields)| (**fields).clone()).unwrap_or_default();
        Ok(Self { typed: fields.view(), value: fields.read() })
    }
}
