//! Uploads that may stop and go on: the semantics of tus 1.0 (creation, core, termination) without its HTTP.
//!
//! Create → append at the offset the server holds, as often as needed → [`Files::assemble`] → [`Files::finish`] in the
//! transaction that uses the file. Every piece is on the disk before the row says so; a piece whose row never came is
//! garbage.

use crate::Files;
use crate::content::check_size;
use crate::entity::upload;
use crate::file::{Prepared, StoredFile};
use crate::name::clean_name;
use chrono::Duration;
use d06_db::sea_orm::prelude::Expr;
use d06_db::sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{Db, DbResultExt, Tx};
use d06_kernel::id::FileId;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem, typed_id};

typed_id!(
    /// An upload that is under way.
    UploadId
);

/// An upload to begin.
#[derive(Clone, Debug)]
pub struct NewUpload {
    /// Who may go on with it, in the caller's terms (an account id); at most 64 characters.
    pub owner: String,
    /// The file's name as the person gave it.
    pub name: String,
    /// Bytes announced (`Upload-Length`).
    pub size: u64,
}

/// An upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// The file's name, cleaned.
    pub name: String,
    /// Bytes announced (`Upload-Length`).
    pub size: u64,
    /// Bytes that have arrived (`Upload-Offset`).
    pub received: u64,
    /// The file it became.
    pub file: Option<FileId>,
    /// When it is given up (`Upload-Expires`).
    pub expires_at: Moment,
}

impl Upload {
    /// Whether every byte has arrived.
    pub fn is_complete(&self) -> bool {
        self.received == self.size
    }
}

impl Files {
    /// Begins an upload.
    ///
    /// # Errors
    /// `file.name-invalid`, `file.empty`, `file.too-large`.
    pub async fn create_upload(&self, cx: &Cx, tx: &Tx, new: &NewUpload) -> Result<Upload, Problem> {
        let name = clean_name(&new.name)?;
        if new.size == 0 {
            return Err(Problem::invalid("file.empty"));
        }
        check_size(new.size, &self.limits)?;
        let row = upload::ActiveModel {
            id: Set(cx.new_id::<UploadId>().0),
            owner: Set(new.owner.clone()),
            name: Set(name),
            size: Set(signed(new.size)?),
            received: Set(0),
            parts: Set(serde_json::json!([])),
            file: Set(None),
            created_at: Set(cx.now()),
            expires_at: Set(cx.now() + Duration::hours(self.limits.upload_hours)),
        };
        seen(row.insert(tx).await.or_problem()?)
    }

    /// How far an upload is (`HEAD`).
    ///
    /// # Errors
    /// `not-found` for an unknown or expired upload and for another's.
    pub async fn get_upload(&self, cx: &Cx, tx: &Tx, id: UploadId, owner: &str) -> Result<Upload, Problem> {
        seen(row(cx, tx, id, owner).await?)
    }

    /// Takes the next bytes (`PATCH`). Bytes already taken stay when the connection breaks.
    ///
    /// # Errors
    /// `upload.offset-mismatch` (conflict; argument `received`) when `offset` is not where the upload stands or
    /// somebody was faster; `upload.longer-than-announced`; `file.store-full`.
    pub async fn append(
        &self,
        cx: &Cx,
        db: &Db,
        id: UploadId,
        owner: &str,
        offset: u64,
        bytes: &[u8],
    ) -> Result<Upload, Problem> {
        let row = row(cx, &db.read().await?, id, owner).await?;
        let now = seen(row.clone())?;
        if now.received != offset {
            return Err(mismatch(now.received));
        }
        let after = offset + bytes.len() as u64;
        if after > now.size {
            return Err(Problem::invalid("upload.longer-than-announced").with("announced", now.size));
        }
        if bytes.is_empty() {
            return Ok(now);
        }
        let part = format!("{id}-{}", cx.new_id::<uuid::Uuid>());
        self.blobs.write_part(&part, bytes, cx.randomness()).await?;
        let mut parts = part_names(&row)?;
        parts.push(part.clone());
        if self.advance(db, &row, after, &parts).await? {
            Ok(Upload { received: after, ..now })
        } else {
            self.blobs.remove_part(&part).await?;
            Err(mismatch(now.received))
        }
    }

    /// Moves an upload on, unless it has moved meanwhile.
    async fn advance(
        &self,
        db: &Db,
        row: &upload::Model,
        after: u64,
        parts: &[String],
    ) -> Result<bool, Problem> {
        let tx = db.begin().await?;
        let moved = upload::Entity::update_many()
            .col_expr(upload::Column::Received, Expr::value(signed(after)?))
            .col_expr(upload::Column::Parts, Expr::value(serde_json::json!(parts)))
            .filter(upload::Column::Id.eq(row.id))
            .filter(upload::Column::Received.eq(row.received))
            .exec(&tx)
            .await
            .or_problem()?;
        tx.commit().await?;
        Ok(moved.rows_affected == 1)
    }

    /// Puts the pieces of a complete upload together, inspects the whole and writes it. Do this before you open a
    /// write transaction.
    ///
    /// # Errors
    /// `upload.incomplete` (conflict); what [`Files::prepare`] refuses.
    pub async fn assemble(&self, cx: &Cx, db: &Db, id: UploadId, owner: &str) -> Result<Prepared, Problem> {
        let row = row(cx, &db.read().await?, id, owner).await?;
        let upload = seen(row.clone())?;
        if !upload.is_complete() {
            return Err(Problem::conflict("upload.incomplete").with("received", upload.received));
        }
        let mut content = Vec::with_capacity(usize::try_from(upload.size).unwrap_or(0));
        for part in part_names(&row)? {
            content.extend(self.blobs.read_part(&part).await?);
        }
        self.prepare(cx, &content).await
    }

    /// Makes an assembled upload a file, in the transaction that uses it. Finishing twice gives the same file.
    ///
    /// # Errors
    /// The database's.
    pub async fn finish(
        &self,
        cx: &Cx,
        tx: &Tx,
        id: UploadId,
        owner: &str,
        prepared: &Prepared,
    ) -> Result<StoredFile, Problem> {
        if let Some(file) = row(cx, tx, id, owner).await?.file {
            return self.get(tx, FileId(file)).await;
        }
        let stored = self.keep(cx, tx, prepared).await?;
        let taken = upload::Entity::update_many()
            .col_expr(upload::Column::File, Expr::value(stored.id.0))
            .filter(upload::Column::Id.eq(id.0))
            .filter(upload::Column::File.is_null())
            .exec(tx)
            .await
            .or_problem()?;
        if taken.rows_affected == 1 { Ok(stored) } else { Err(Problem::conflict("upload.finished")) }
    }

    /// Gives an upload up (`DELETE`).
    ///
    /// # Errors
    /// `not-found` as [`Self::get_upload`].
    pub async fn abandon_upload(&self, cx: &Cx, db: &Db, id: UploadId, owner: &str) -> Result<(), Problem> {
        let tx = db.begin().await?;
        let row = row(cx, &tx, id, owner).await?;
        upload::Entity::delete_by_id(row.id).exec(&tx).await.or_problem()?;
        tx.commit().await?;
        for part in part_names(&row)? {
            self.blobs.remove_part(&part).await?;
        }
        Ok(())
    }
}

async fn row(cx: &Cx, tx: &Tx, id: UploadId, owner: &str) -> Result<upload::Model, Problem> {
    let found = upload::Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    found.filter(|row| row.owner == owner && row.expires_at > cx.now()).ok_or_else(Problem::not_found)
}

fn seen(row: upload::Model) -> Result<Upload, Problem> {
    Ok(Upload {
        id: UploadId(row.id),
        size: u64::try_from(row.size).map_err(Problem::internal)?,
        received: u64::try_from(row.received).map_err(Problem::internal)?,
        name: row.name,
        file: row.file.map(FileId),
        expires_at: row.expires_at,
    })
}

/// The names of the stored pieces of an upload.
pub(crate) fn part_names(row: &upload::Model) -> Result<Vec<String>, Problem> {
    serde_json::from_value(row.parts.clone()).map_err(Problem::internal)
}

fn signed(bytes: u64) -> Result<i64, Problem> {
    i64::try_from(bytes).map_err(Problem::internal)
}

fn mismatch(received: u64) -> Problem {
    Problem::conflict("upload.offset-mismatch").with("received", received)
}
