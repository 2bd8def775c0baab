//! Tells whoever holds a paper whether it holds. The secret of its QR code is the only key to it.

use crate::cabinet::Parts;
use crate::model::Document;
use crate::store;
use d06_kernel::Problem;

/// The document behind the secret of a QR code.
///
/// # Errors
/// `not-found` for a secret that no paper carries.
pub(crate) async fn run(parts: &Parts, secret: &str) -> Result<Document, Problem> {
    let tx = parts.deps.db.read().await?;
    store::document::find_by_lookup(&tx, secret).await?.ok_or_else(Problem::not_found)
}
