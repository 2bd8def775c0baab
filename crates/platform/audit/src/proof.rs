//! Proofs for third parties.

use crate::checkpoint::{Checkpoint, CheckpointError, PublicKey};
use crate::merkle::{self, Hash};
use crate::store;
use d06_db::Tx;
use d06_kernel::Problem;
use uuid::Uuid;

/// Shows that an entry is in the log.
#[derive(Clone, Debug)]
pub struct InclusionProof {
    /// The entry's place, from 0.
    pub place: u64,
    /// Hash of its leaf.
    pub leaf: Hash,
    /// The path (RFC 6962 §2.1.1).
    pub path: Vec<Hash>,
    /// The signed head it leads to.
    pub checkpoint: String,
}

/// Shows that the log continues an older one.
#[derive(Clone, Debug)]
pub struct ConsistencyProof {
    /// The proof (RFC 6962 §2.1.2).
    pub path: Vec<Hash>,
    /// The signed head it leads to.
    pub checkpoint: String,
}

/// The newest signed head, as text; `None` for an empty log.
///
/// # Errors
/// The database's.
pub async fn newest_checkpoint(tx: &Tx) -> Result<Option<String>, Problem> {
    Ok(store::checkpoint::find_newest(tx).await?.map(|head| head.note))
}

/// Proves that an entry is in the log, under the newest checkpoint.
///
/// # Errors
/// `not-found` when the entry has no place yet or is unknown; `internal` when tiles are damaged.
pub async fn prove_inclusion(tx: &Tx, key: &PublicKey, entry: Uuid) -> Result<InclusionProof, Problem> {
    let placed = store::leaf::find(tx, entry).await?.ok_or_else(Problem::not_found)?;
    let (size, note) = head(tx, key).await?;
    let wanted = merkle::edge_tiles(size).into_iter().chain(merkle::path_tiles(placed.place, size));
    let tiles = store::tile::load(tx, wanted).await?;
    let path = tiles.inclusion(placed.place, size).map_err(Problem::internal)?;
    let leaf = placed.hash.try_into().map_err(|_| Problem::internal("a leaf hash has the wrong length"))?;
    Ok(InclusionProof { place: placed.place, leaf, path, checkpoint: note })
}

/// Proves that the log continues the one of `old` leaves.
///
/// # Errors
/// `audit.size-unknown` (invalid) when the log was never that long; `internal` when tiles are damaged.
pub async fn prove_consistency(tx: &Tx, key: &PublicKey, old: u64) -> Result<ConsistencyProof, Problem> {
    let (size, note) = head(tx, key).await?;
    if old > size {
        return Err(Problem::invalid("audit.size-unknown"));
    }
    let mut wanted = merkle::edge_tiles(size);
    wanted.extend(merkle::edge_tiles(old));
    wanted.extend(merkle::path_tiles(old.saturating_sub(1), size));
    let tiles = store::tile::load(tx, wanted).await?;
    Ok(ConsistencyProof { path: tiles.consistency(old, size).map_err(Problem::internal)?, checkpoint: note })
}

async fn head(tx: &Tx, key: &PublicKey) -> Result<(u64, String), Problem> {
    let newest = store::checkpoint::find_newest(tx).await?.ok_or_else(Problem::not_found)?;
    let checkpoint =
        Checkpoint::open(&newest.note, key).map_err(|e: CheckpointError| Problem::internal(e))?;
    Ok((checkpoint.size, newest.note))
}
