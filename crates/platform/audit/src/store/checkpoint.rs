//! Signed heads of the tree.

use super::entity::checkpoint;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{EntityTrait, QueryOrder};
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

/// Every checkpoint, the smallest first.
pub(crate) async fn list(tx: &Tx) -> Result<Vec<Stored>, Problem> {
    let rows =
        checkpoint::Entity::find().order_by_asc(checkpoint::Column::Size).all(tx).await.or_problem()?;
    Ok(rows.into_iter().map(stored).collect())
}

fn stored(row: checkpoint::Model) -> Stored {
    Stored { size: u64::try_from(row.size).unwrap_or(0), note: row.note, at: row.at }
}
