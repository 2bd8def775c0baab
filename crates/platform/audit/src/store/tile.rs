//! Tiles of the tree.

use super::entity::tile;
use crate::merkle::{Hash, TileId, Tiles};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::EntityTrait;
use d06_db::sea_orm::sea_query::OnConflict;
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// The tiles of these ids, those that exist.
pub(crate) async fn load(tx: &Tx, ids: impl IntoIterator<Item = TileId>) -> Result<Tiles, Problem> {
    let mut tiles = Tiles::default();
    for (level, number) in ids {
        let key = key((level, number))?;
        if let Some(row) = tile::Entity::find_by_id(key).one(tx).await.or_problem()? {
            tiles.insert((level, number), split(&row.hashes));
        }
    }
    Ok(tiles)
}

/// Stores a tile, in place of its shorter self.
pub(crate) async fn put(tx: &Tx, id: TileId, hashes: &[Hash]) -> Result<(), Problem> {
    let (level, number) = key(id)?;
    let row = tile::ActiveModel { level: Set(level), number: Set(number), hashes: Set(hashes.concat()) };
    let replace = OnConflict::columns([tile::Column::Level, tile::Column::Number])
        .update_column(tile::Column::Hashes)
        .to_owned();
    tile::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

fn key((level, number): TileId) -> Result<(i32, i64), Problem> {
    Ok((i32::try_from(level).map_err(Problem::internal)?, i64::try_from(number).map_err(Problem::internal)?))
}

fn split(bytes: &[u8]) -> Vec<Hash> {
    bytes.chunks_exact(size_of::<Hash>()).filter_map(|chunk| chunk.try_into().ok()).collect()
}
