//! Places of entries in the tree.

use super::entity::leaf;
use crate::merkle::Hash;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use uuid::Uuid;

/// Rows of one insert: three bound values each, and SQLite's default limit is 32,766.
const BATCH: usize = 1000;

/// A place as stored.
pub(crate) struct Placed {
    pub(crate) place: u64,
    pub(crate) entry: Uuid,
    pub(crate) hash: Vec<u8>,
}

/// Gives `leaves` the places from `first` on.
pub(crate) async fn add(tx: &Tx, first: u64, leaves: &[(Uuid, Hash)]) -> Result<(), Problem> {
    let mut place = i64::try_from(first).map_err(Problem::internal)?;
    for batch in leaves.chunks(BATCH) {
        let mut rows = Vec::with_capacity(batch.len());
        for (entry, hash) in batch {
            rows.push(leaf::ActiveModel { place: Set(place), entry: Set(*entry), hash: Set(hash.to_vec()) });
            place += 1;
        }
        leaf::Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// The place of an entry.
pub(crate) async fn find(tx: &Tx, entry: Uuid) -> Result<Option<Placed>, Problem> {
    Ok(leaf::Entity::find().filter(leaf::Column::Entry.eq(entry)).one(tx).await.or_problem()?.map(placed))
}

/// Places from `first` on, in order, at most `limit`.
pub(crate) async fn list_from(tx: &Tx, first: u64, limit: u64) -> Result<Vec<Placed>, Problem> {
    let first = i64::try_from(first).map_err(Problem::internal)?;
    let rows = leaf::Entity::find()
        .filter(leaf::Column::Place.gte(first))
        .order_by_asc(leaf::Column::Place)
        .limit(limit)
        .all(tx)
        .await
        .or_problem()?;
    Ok(rows.into_iter().map(placed).collect())
}

fn placed(row: leaf::Model) -> Placed {
    Placed { place: u64::try_from(row.place).unwrap_or(u64::MAX), entry: row.entry, hash: row.hash }
}
