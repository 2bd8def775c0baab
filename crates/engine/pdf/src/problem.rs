//! What can go wrong in laying out.

use d06_kernel::Problem;

/// A document could not be laid out: a defect of a template or of the data's shape.
#[derive(Debug, thiserror::Error)]
#[error("laying out {template}: {cause}")]
pub struct LayoutError {
    /// The template.
    pub template: &'static str,
    /// What the typesetter says. It may quote the template, never the data.
    pub cause: String,
}

impl From<LayoutError> for Problem {
    fn from(error: LayoutError) -> Self {
        Self::internal(error)
    }
}
