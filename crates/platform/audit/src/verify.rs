//! Verification: everything recomputed from the rows and compared with what was signed.

use crate::checkpoint::{Checkpoint, PublicKey};
use crate::entry::commitment;
use crate::merkle::{self, Tiles, hash_leaf};
use crate::store::entry::StoredEntry;
use crate::store::{self, leaf::Placed};
use d06_db::{Db, Tx};
use d06_kernel::Problem;
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows read at once.
const BATCH: u64 = 500;

/// What is wrong with the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The entry's text is not the one that was placed.
    Altered,
    /// A column beside the text says something else than the text.
    ColumnAltered,
    /// The entry of a place is gone.
    Removed,
    /// A place is gone.
    PlaceRemoved,
    /// A checkpoint's signature does not verify.
    CheckpointForged,
    /// The rows do not give the root that was signed: places were altered, moved or slipped in before it.
    RootDiffers,
    /// A tile does not hold the hashes of the rows; proofs made from it would be wrong.
    TileAltered,
    /// Places beyond the newest checkpoint: the checkpoint that covered them is gone.
    CheckpointRemoved,
    /// The published checkpoint is not of this log.
    PublishedDiffers,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub fault: Fault,
    /// The entry, where one can be named.
    pub entry: Option<Uuid>,
    /// The place, or the size of the checkpoint.
    pub place: u64,
}

/// The result of a verification.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Leaves verified.
    pub size: u64,
    /// The newest signed head.
    pub head: Option<Checkpoint>,
    /// Committed entries that the sequencer has not placed yet.
    pub waiting: u64,
    /// Everything that is wrong; empty for a sound log.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    fn found(&mut self, fault: Fault, entry: Option<Uuid>, place: u64) {
        self.findings.push(Finding { fault, entry, place });
    }
}

/// Verifies the whole log. `published` is a checkpoint that was kept outside, if there is one: with it, even a log cut
/// short or rewritten with the log's own key is found.
///
/// # Errors
/// The database's. What is wrong with the log is in the report.
pub async fn verify(db: &Db, key: &PublicKey, published: Option<&str>) -> Result<Report, Problem> {
    let tx = db.read().await?;
    let mut report = Report::default();
    let signed = signed_heads(&tx, key, published, &mut report).await?;
    let tiles = walk(&tx, &signed, &mut report).await?;
    compare_tiles(&tx, &tiles, &mut report).await?;
    report.head = signed.iter().rev().find(|(_, published)| !published).map(|(head, _)| head.clone());
    report.waiting = store::entry::list_without_place(&tx, None, u64::from(u32::MAX)).await?.len() as u64;
    Ok(report)
}

/// The genuine heads in order of size, each with whether it was published outside.
async fn signed_heads(
    tx: &Tx,
    key: &PublicKey,
    published: Option<&str>,
    report: &mut Report,
) -> Result<Vec<(Checkpoint, bool)>, Problem> {
    let mut heads = Vec::new();
    for stored in store::checkpoint::list(tx).await? {
        match Checkpoint::open(&stored.note, key) {
            Ok(head) if head.size == stored.size => heads.push((head, false)),
            Ok(_) | Err(_) => report.found(Fault::CheckpointForged, None, stored.size),
        }
    }
    if let Some(text) = published {
        match Checkpoint::open(text, key) {
            Ok(head) => heads.push((head, true)),
            Err(_) => report.found(Fault::PublishedDiffers, None, 0),
        }
    }
    heads.sort_by_key(|(head, _)| head.size);
    Ok(heads)
}

/// Goes through the places in order, checks each entry, and compares the root at each head.
async fn walk(tx: &Tx, heads: &[(Checkpoint, bool)], report: &mut Report) -> Result<Tiles, Problem> {
    let mut tiles = Tiles::default();
    let newest_own =
        heads.iter().filter(|(_, published)| !published).map(|(head, _)| head.size).max().unwrap_or(0);
    let mut heads = heads.iter().peekable();
    let mut next = 0;
    loop {
        let places = store::leaf::list_from(tx, next, BATCH).await?;
        let ids: Vec<Uuid> = places.iter().map(|placed| placed.entry).collect();
        let entries = store::entry::list_by_id(tx, &ids).await?;
        let entries: HashMap<Uuid, StoredEntry> =
            entries.into_iter().map(|entry| (entry.id, entry)).collect();
        for placed in &places {
            while next < placed.place {
                report.found(Fault::PlaceRemoved, None, next);
                next += 1;
            }
            check_entry(placed, entries.get(&placed.entry), report);
            tiles.append(report.size, placed.hash.as_slice().try_into().unwrap_or_default());
            report.size += 1;
            next += 1;
            while let Some((head, published)) = heads.next_if(|(head, _)| head.size == next) {
                let same = report.size == next && tiles.root(next).is_ok_and(|root| root == head.root);
                if !same {
                    let fault = if *published { Fault::PublishedDiffers } else { Fault::RootDiffers };
                    report.found(fault, None, head.size);
                }
            }
        }
        if places.is_empty() {
            break;
        }
    }
    for (head, published) in heads {
        let fault = if *published { Fault::PublishedDiffers } else { Fault::PlaceRemoved };
        report.found(fault, None, head.size);
    }
    if next > newest_own {
        report.found(Fault::CheckpointRemoved, None, next);
    }
    Ok(tiles)
}

fn check_entry(placed: &Placed, entry: Option<&StoredEntry>, report: &mut Report) {
    let Some(entry) = entry else { return report.found(Fault::Removed, Some(placed.entry), placed.place) };
    if hash_leaf(entry.content.as_bytes()).as_slice() != placed.hash {
        report.found(Fault::Altered, Some(entry.id), placed.place);
    } else if !columns_agree(entry) {
        report.found(Fault::ColumnAltered, Some(entry.id), placed.place);
    }
}

/// Whether the columns say what the content says. An erased subject (number and salt gone) agrees.
fn columns_agree(entry: &StoredEntry) -> bool {
    let Ok(leaf) = serde_json::from_str::<Value>(&entry.content) else { return false };
    let same = |key: &str, value: Option<&str>| leaf[key].as_str() == value;
    let erased = entry.subject.is_none() && entry.salt.is_none();
    let commitment = commitment(entry.salt.as_deref(), entry.subject.as_deref());
    same("id", Some(&entry.id.to_string()))
        && same("at", Some(&entry.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)))
        && same("action", Some(&entry.action))
        && same("object", Some(&entry.object))
        && same("unit", entry.unit.as_deref())
        && (erased || same("subject_commitment", commitment.as_deref()))
}

/// Compares the stored tiles with those that the rows give.
async fn compare_tiles(tx: &Tx, computed: &Tiles, report: &mut Report) -> Result<(), Problem> {
    for (id, hashes) in computed.iter() {
        let stored = store::tile::load(tx, [*id]).await?;
        if stored.iter().next().map(|(_, stored)| stored) != Some(hashes) {
            report.found(Fault::TileAltered, None, id.1 * merkle::TILE);
        }
    }
    Ok(())
}
