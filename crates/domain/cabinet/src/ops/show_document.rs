//! Opens one document of the reader's own cabinet.

use crate::cabinet::Parts;
use crate::model::Document;
use crate::store;
use d06_authz::{Authz, Kind, Resource, act};
use d06_kernel::id::DocumentId;
use d06_kernel::{Cx, Problem};

/// The document with its signed bytes.
///
/// # Errors
/// `not-found` for a document that does not exist or is another's.
pub(crate) async fn run(
    cx: &Cx,
    parts: &Parts,
    authz: &Authz,
    id: DocumentId,
) -> Result<(Document, Vec<u8>), Problem> {
    let tx = parts.deps.db.read().await?;
    let document = store::document::find(&tx, id).await?.ok_or_else(Problem::not_found)?;
    let resource =
        Resource::new(Kind::Document, document.id).owned_by(store::document::owners(&tx, id).await?);
    let _permit = authz.permit::<act::ViewDocument>(cx, &resource)?;
    let bytes = parts.deps.files.open(&tx, document.file).await?;
    Ok((document, bytes))
}
