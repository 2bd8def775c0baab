//! Places of entries in the tree.

use super::entity::leaf;
use crate::merkle::Hash;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait,
};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use uuid::Uuid;

/// Rows of one insert: three bound values each, and SQLite's default limit is 32,766.
const BATCH: usize = 1000;

/// Another sequencer placed the same entries.
const RACED: &str = "audit.raced";

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
        let added = leaf::Entity::insert_many(rows).exec_without_returning(tx).await;
        added.or_problem_with(&[("audit_leaf_pkey", RACED), ("audit_leaf_entry_key", RACED)])?;
    }
    Ok(())
}

/// The place of an entry.
pub(crate) async fn find(tx: &Tx, entry: Uuid) -> Result<Option<Placed>, Problem> {
    Ok(leaf::Entity::find().filter(leaf::Column::Entry.eq(entry)).one(tx).await.or_problem()?.map(placed))
}

/// The entry at a place, where it can be read.
pub(crate) async fn find_at(tx: &Tx, place: u64) -> Result<Option<Uuid>, Problem> {
    let placed = list_from(tx, place, 1).await?;
    Ok(placed
        .first()
        .filter(|placed| placed.place == place && !placed.entry.is_nil())
        .map(|placed| placed.entry))
}

/// Places from `first` on, in order, at most `limit`. A row that cannot be read any more comes back with the
/// nil entry and no hash, so that verification can name its place.
pub(crate) async fn list_from(tx: &Tx, first: u64, limit: u64) -> Result<Vec<Placed>, Problem> {
    let first = i64::try_from(first).map_err(Problem::internal)?;
    let select = leaf::Entity::find()
        .filter(leaf::Column::Place.gte(first))
        .order_by_asc(leaf::Column::Place)
        .limit(limit);
    let rows = tx.query_all(select.as_query()).await.or_problem()?;
    rows.iter()
        .map(|row| leaf::Model::from_query_result(row, "").map(placed).or_else(|_| unreadable(row)))
        .collect()
}

fn unreadable(row: &QueryResult) -> Result<Placed, Problem> {
    let place: i64 = row.try_get("", "place").or_problem()?;
    Ok(Placed { place: u64::try_from(place).unwrap_or(u64::MAX), entry: Uuid::nil(), hash: Vec::new() })
}

fn placed(row: leaf::Model) -> Placed {
    Placed { place: u64::try_from(row.place).unwrap_or(u64::MAX), entry: row.entry, hash: row.hash }
}
