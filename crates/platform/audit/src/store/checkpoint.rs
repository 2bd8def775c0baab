//! Signed heads of the tree.

use super::entity::checkpoint;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QueryResult, QueryTrait};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::time::Moment;

/// A checkpoint as stored.
pub(crate) struct Stored {
    pub(crate) size: u64,
    pub(crate) note: String,
    pub(crate) at: Moment,
}

/// Adds a checkpoint. Two sequencers at once: the second fails on the same size.
pub(crate) async fn add(tx: &Tx, size: u64, note: String, at: Moment) -> Result<(), Problem> {
    let size = i64::try_from(size).map_err(Problem::internal)?;
    let row = checkpoint::ActiveModel { size: Set(size), note: Set(note), at: Set(at) };
    checkpoint::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The newest checkpoint.
pub(crate) async fn find_newest(tx: &Tx) -> Result<Option<Stored>, Problem> {
    let row =
        checkpoint::Entity::find().order_by_desc(checkpoint::Column::Size).one(tx).await.or_problem()?;
    Ok(row.map(stored))
}

/// Sizes and notes of every checkpoint, the smallest first; an empty note for one that cannot be read any
/// more.
pub(crate) async fn list_notes(tx: &Tx) -> Result<Vec<(u64, String)>, Problem> {
    let select = checkpoint::Entity::find().order_by_asc(checkpoint::Column::Size);
    let rows = tx.query_all(select.as_query()).await.or_problem()?;
    let size =
        |row: &QueryResult| row.try_get::<i64>("", "size").ok().and_then(|size| u64::try_from(size).ok());
    let note = |row: &QueryResult| row.try_get("", "note").unwrap_or_default();
    Ok(rows.iter().map(|row| (size(row).unwrap_or(0), note(row))).collect())
}

fn stored(row: checkpoint::Model) -> Stored {
    Stored { size: u64::try_from(row.size).unwrap_or(0), note: row.note, at: row.at }
}
