//! What a crash, a refused finish or a forgotten file leaves behind, and its collection.
//!
//! A blob is written before its row, so that a crash leaves a blob without a row and never a row without a blob.
//! Only what is older than the grace time is collected: a younger blob may be waiting for its transaction.

use crate::Files;
use crate::entity::{file, upload};
use crate::upload::part_names;
use chrono::Duration;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use d06_db::{Db, DbResultExt};
use d06_kernel::{Cx, Problem};
use std::collections::BTreeSet;

/// Hours before something without a row counts as garbage; longer than any transaction.
pub(crate) const GRACE_HOURS: i64 = 24;

/// What a collection removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Contents that no file has.
    pub blobs: u64,
    /// Pieces of uploads that are finished, expired or unknown.
    pub parts: u64,
    /// Expired uploads.
    pub uploads: u64,
}

impl Files {
    /// Removes contents that no file has and pieces that no upload under way needs. Run it daily.
    ///
    /// # Errors
    /// The store's or the database's; what was removed before stays removed, and the next run goes on.
    pub async fn collect_garbage(&self, cx: &Cx, db: &Db) -> Result<Collected, Problem> {
        // Listed first: what is written after the listing is not looked at.
        let (blobs, parts) = self.blobs.list().await?;
        let uploads = expire_uploads(cx, db).await?;
        let mut collected = Collected { uploads, ..Collected::default() };
        let old = cx.now() - Duration::hours(GRACE_HOURS);
        let needed = parts_needed(db).await?;
        for part in parts.iter().filter(|part| part.written < old && !needed.contains(part.name())) {
            self.blobs.remove(part).await?;
            collected.parts += 1;
        }
        for blob in blobs.iter().filter(|blob| blob.written < old) {
            if !is_used(db, blob.name()).await? {
                self.blobs.remove(blob).await?;
                collected.blobs += 1;
            }
        }
        Ok(collected)
    }
}

async fn expire_uploads(cx: &Cx, db: &Db) -> Result<u64, Problem> {
    let tx = db.begin().await?;
    let expired = upload::Entity::delete_many().filter(upload::Column::ExpiresAt.lte(cx.now()));
    let expired = expired.exec(&tx).await.or_problem()?.rows_affected;
    tx.commit().await?;
    Ok(expired)
}

async fn parts_needed(db: &Db) -> Result<BTreeSet<String>, Problem> {
    let open = upload::Entity::find().filter(upload::Column::File.is_null());
    let mut needed = BTreeSet::new();
    for row in open.all(&db.read().await?).await.or_problem()? {
        needed.extend(part_names(&row)?);
    }
    Ok(needed)
}

async fn is_used(db: &Db, address: &str) -> Result<bool, Problem> {
    let tx = db.read().await?;
    let found = file::Entity::find().filter(file::Column::Address.eq(address)).limit(1).one(&tx).await;
    Ok(found.or_problem()?.is_some())
}
