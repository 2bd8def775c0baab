//! Keeps a checked file and hangs it on a requirement of a draft; takes it off again.

use crate::deps::Deps;
use crate::store::draft::{self, DraftFile, DraftId};
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_files::{Prepared, StoredFile, UploadId, clean_name};
use d06_kernel::{Cx, Problem};
use uuid::Uuid;

/// The most files of one draft.
pub const MOST_FILES: usize = 50;

/// How the content arrived. It is inspected and written before the transaction.
#[derive(Clone, Debug)]
pub enum Arrived {
    /// In one piece.
    Whole(Prepared),
    /// By a resumable upload of this owner.
    Resumed(UploadId, String, Prepared),
}

/// A file to attach.
#[derive(Clone, Debug)]
pub struct AttachFile {
    /// The draft.
    pub draft: DraftId,
    /// Key of the requirement.
    pub requirement: String,
    /// Its name as the person gave it.
    pub name: String,
    /// The content.
    pub arrived: Arrived,
}

/// Attaches.
///
/// # Errors
/// "Not found" for a draft that is not the permit's or a requirement that the procedure does not have;
/// `draft.submitted`; `draft.too-many-files`; `file.name-invalid`.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: &Permit<act::EditDraft>,
    command: AttachFile,
) -> Result<(), Problem> {
    let name = clean_name(&command.name)?;
    let tx = deps.db.begin().await?;
    let draft = open(&tx, permit, command.draft).await?;
    let definition = deps.version(&draft.procedure_version)?;
    definition.requirement(&command.requirement).ok_or_else(Problem::not_found)?;
    if draft::list_files(&tx, draft.id).await?.len() >= MOST_FILES {
        return Err(Problem::conflict("draft.too-many-files").with("max", MOST_FILES));
    }
    let stored = keep(cx, deps, &tx, &command.arrived).await?;
    let file = DraftFile {
        id: cx.new_id::<Uuid>(),
        requirement: command.requirement,
        file: stored.id,
        name,
        size: stored.size,
        media: stored.media.name().to_owned(),
    };
    draft::add_file(&tx, draft.id, &file, cx.now()).await?;
    tx.commit().await
}

/// Takes a file off. Taking off what is gone already is no error: the page was stale, the wish is fulfilled.
///
/// # Errors
/// "Not found" for a draft that is not the permit's; `draft.submitted`.
pub async fn remove(
    deps: &Deps,
    permit: &Permit<act::EditDraft>,
    draft: DraftId,
    file: Uuid,
) -> Result<(), Problem> {
    let tx = deps.db.begin().await?;
    open(&tx, permit, draft).await?;
    draft::remove_file(&tx, draft, file).await?;
    tx.commit().await
}

async fn open(tx: &Tx, permit: &Permit<act::EditDraft>, id: DraftId) -> Result<draft::Draft, Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let draft = draft::get(tx, id).await?;
    if draft.dossier.is_some() { Err(Problem::conflict("draft.submitted")) } else { Ok(draft) }
}

async fn keep(cx: &Cx, deps: &Deps, tx: &Tx, arrived: &Arrived) -> Result<StoredFile, Problem> {
    match arrived {
        Arrived::Whole(prepared) => deps.files.keep(cx, tx, prepared).await,
        Arrived::Resumed(upload, owner, prepared) => {
            deps.files.finish(cx, tx, *upload, owner, prepared).await
        }
    }
}
