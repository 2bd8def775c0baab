//! The sequencer: gives committed entries their places in the tree and signs its new head.

use crate::checkpoint::{Checkpoint, SigningKey};
use crate::merkle::{self, TileId, hash_leaf};
use crate::store;
use chrono::Duration;
use d06_db::Db;
use d06_kernel::{Cx, Problem};
use std::collections::BTreeSet;

/// Entries placed in one transaction: about 20 ms, which on SQLite is how long others wait to write.
const BATCH: u64 = 1_000;

/// No transaction lasts as long: an entry older than the newest checkpoint by more has long been placed,
/// unless the program was stopped meanwhile, which the first sweep after a start looks after.
const LONGEST_TRANSACTION: Duration = Duration::seconds(60);

/// How far back the sequencer looks for entries without a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sweep {
    Recent,
    All,
}

/// Places every committed entry and signs a checkpoint if there were any. Call it every second, and once at
/// the start of the program with `from_the_start`, which looks through the whole log.
///
/// # Errors
/// `audit.raced` (conflict) when another server placed the same entries; the next call goes on.
pub async fn integrate(
    cx: &Cx,
    db: &Db,
    key: &SigningKey,
    from_the_start: bool,
) -> Result<Option<Checkpoint>, Problem> {
    let sweep = if from_the_start { Sweep::All } else { Sweep::Recent };
    let mut newest = None;
    loop {
        match integrate_batch(cx, db, key, sweep).await? {
            Some((checkpoint, placed)) => {
                newest = Some(checkpoint);
                if placed < BATCH {
                    return Ok(newest);
                }
            }
            None => return Ok(newest),
        }
    }
}

async fn integrate_batch(
    cx: &Cx,
    db: &Db,
    key: &SigningKey,
    sweep: Sweep,
) -> Result<Option<(Checkpoint, u64)>, Problem> {
    let reading = db.read().await?;
    let head = store::checkpoint::find_newest(&reading).await?;
    let since = head.as_ref().filter(|_| sweep == Sweep::Recent).map(|head| head.at - LONGEST_TRANSACTION);
    let entries = store::entry::list_without_place(&reading, since, BATCH).await?;
    drop(reading);
    if entries.is_empty() {
        return Ok(None);
    }
    let first = head.map_or(0, |head| head.size);
    let leaves: Vec<_> = entries.iter().map(|(id, content)| (*id, hash_leaf(content.as_bytes()))).collect();

    let tx = db.begin().await?;
    // The places are taken first: of two sequencers at once, one fails here and changes nothing.
    store::leaf::add(&tx, first, &leaves).await?;
    let mut tiles = store::tile::load(&tx, merkle::edge_tiles(first)).await?;
    let mut changed: BTreeSet<TileId> = BTreeSet::new();
    let mut size = first;
    for (_, hash) in &leaves {
        changed.extend(tiles.append(size, *hash));
        size += 1;
    }
    for (id, hashes) in tiles.iter().filter(|(id, _)| changed.contains(id)) {
        store::tile::put(&tx, *id, hashes).await?;
    }
    let checkpoint = Checkpoint { size, root: tiles.root(size).map_err(Problem::internal)? };
    store::checkpoint::add(&tx, size, checkpoint.sign(key), cx.now()).await?;
    tx.commit().await?;
    Ok(Some((checkpoint, size - first)))
}
