//! A person's own cabinet.

use crate::cabinet::Parts;
use crate::model::Document;
use crate::store;
use d06_db::{Page, PageRequest};
use d06_kernel::{Cx, Problem};

/// The documents of the signed-in person, newest first. It takes no owner: there is no way to ask for another's.
///
/// # Errors
/// `sign-in.required`, a wrong page, or the database's.
pub(crate) async fn run(cx: &Cx, parts: &Parts, page: &PageRequest) -> Result<Page<Document>, Problem> {
    let owner = cx.require_principal()?.number;
    let tx = parts.deps.db.read().await?;
    store::document::list(&tx, &owner, page).await
}
