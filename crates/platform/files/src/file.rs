//! Keeping and opening whole files.

use crate::Files;
use crate::content::{Caution, Inspected, Media, inspect};
use crate::entity::file;
use crate::garbage::GRACE_HOURS;
use aws_lc_rs::digest::{SHA256, digest};
use chrono::Duration;
use d06_db::sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::FileId;
use d06_kernel::{Cx, Problem};
use futures::{Stream, TryStreamExt};

/// A kept file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its id.
    pub id: FileId,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// What it is.
    pub media: Media,
    /// Reasons for care.
    pub cautions: Vec<Caution>,
}

/// A content that is inspected and written, and is not yet anybody's file: [`Files::keep`] makes it one. Left alone,
/// it is collected as garbage.
#[derive(Clone, Debug)]
pub struct Prepared {
    address: String,
    sha256: String,
    size: i64,
    inspected: Inspected,
}

impl Prepared {
    /// What the content is.
    pub fn media(&self) -> Media {
        self.inspected.media
    }
}

impl Files {
    /// Inspects a content and writes it, encrypted. Do this before you open a write transaction: it takes as long as
    /// the disk takes. The same content is stored once.
    ///
    /// # Errors
    /// What [`inspect`] refuses; `file.store-full`; `file.store-unavailable`. Nothing is kept then.
    pub async fn prepare(&self, cx: &Cx, content: &[u8]) -> Result<Prepared, Problem> {
        let inspected = inspect(content, &self.limits)?;
        let address = self.blobs.address(content);
        // A blob that is already old may be about to be collected, so it is written anew.
        let fresh = cx.now() - Duration::hours(GRACE_HOURS / 2);
        if self.blobs.written(&address).await?.is_none_or(|written| written < fresh) {
            self.blobs.write(&address, content, cx.randomness()).await?;
        }
        Ok(Prepared {
            address,
            sha256: hex::encode(digest(&SHA256, content)),
            size: i64::try_from(content.len()).map_err(Problem::internal)?,
            inspected,
        })
    }

    /// Makes a prepared content a file, in the caller's transaction.
    ///
    /// # Errors
    /// The database's.
    pub async fn keep(&self, cx: &Cx, tx: &Tx, prepared: &Prepared) -> Result<StoredFile, Problem> {
        let stored = StoredFile {
            id: cx.new_id(),
            sha256: prepared.sha256.clone(),
            size: prepared.size,
            media: prepared.inspected.media,
            cautions: prepared.inspected.cautions.clone(),
        };
        let row = file::ActiveModel {
            id: Set(stored.id.0),
            address: Set(prepared.address.clone()),
            sha256: Set(stored.sha256.clone()),
            size: Set(stored.size),
            media: Set(stored.media.name().to_owned()),
            cautions: Set(serde_json::to_value(&stored.cautions).map_err(Problem::internal)?),
            created_at: Set(cx.now()),
        };
        row.insert(tx).await.or_problem()?;
        Ok(stored)
    }

    /// [`Self::prepare`] and [`Self::keep`] in one, for small files. `media` is what the caller expects; another kind
    /// is refused.
    ///
    /// # Errors
    /// As those two; `file.kind-forbidden` for another kind.
    pub async fn put(
        &self,
        cx: &Cx,
        tx: &Tx,
        content: &[u8],
        media: Option<Media>,
    ) -> Result<StoredFile, Problem> {
        let prepared = self.prepare(cx, content).await?;
        if media.is_some_and(|media| media != prepared.media()) {
            return Err(Problem::invalid("file.kind-forbidden"));
        }
        self.keep(cx, tx, &prepared).await
    }

    /// What is known of a file.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get(&self, tx: &Tx, id: FileId) -> Result<StoredFile, Problem> {
        let row = row(tx, id).await?;
        Ok(StoredFile {
            id,
            sha256: row.sha256,
            size: row.size,
            media: Media::from_name(&row.media).ok_or_else(Problem::not_found)?,
            cautions: serde_json::from_value(row.cautions).map_err(Problem::internal)?,
        })
    }

    /// The whole content of a file. Whether the reader may have it is the caller's matter.
    ///
    /// # Errors
    /// `not-found`; `file.lost` when the content is gone; `internal` when it was altered or the master key is another.
    pub async fn open(&self, tx: &Tx, id: FileId) -> Result<Vec<u8>, Problem> {
        self.stream(tx, id).await?.try_concat().await
    }

    /// The content of a file, chunk by chunk, for a long download. The transaction may end meanwhile.
    ///
    /// # Errors
    /// As [`Self::open`]; an error within the stream leaves it short.
    pub async fn stream(
        &self,
        tx: &Tx,
        id: FileId,
    ) -> Result<impl Stream<Item = Result<Vec<u8>, Problem>> + Send + use<>, Problem> {
        self.blobs.read(&row(tx, id).await?.address).await
    }

    /// Forgets a file. Its content goes with the next [`Self::collect_garbage`] unless another file shares it.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget(&self, tx: &Tx, id: FileId) -> Result<(), Problem> {
        file::Entity::delete_by_id(id.0).exec(tx).await.or_problem()?;
        Ok(())
    }
}

async fn row(tx: &Tx, id: FileId) -> Result<file::Model, Problem> {
    file::Entity::find_by_id(id.0).one(tx).await.or_problem()?.ok_or_else(Problem::not_found)
}
