//! Verification: everything recomputed from the rows and compared with what was signed.

use crate::checkpoint::{Checkpoint, PublicKey};
use crate::entry::commitment;
use crate::merkle::{self, Hash, Tiles, hash_leaf};
use crate::store::entry::StoredEntry;
use crate::store::{self, leaf::Placed};
use d06_db::{Db, Tx};
use d06_kernel::Problem;
use serde_json::Value;
use std::collections::VecDeque;
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
    /// The place does not hold the hash that the tree holds: it was altered together with its entry, or
    /// moved.
    PlaceAltered,
    /// A checkpoint's signature does not verify.
    CheckpointForged,
    /// The rows do not give the root that was signed: places were altered, moved or slipped in before it.
    RootDiffers,
    /// A tile above the leaves does not hold the hashes that the rows give; proofs made from it would be
    /// wrong.
    TileAltered,
    /// Places beyond the newest checkpoint: they were slipped in, or the checkpoint that covered them is
    /// gone.
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
    /// Entries whose subject was erased. Lawful if there was a request to erase; otherwise somebody hid them
    /// from the person they concern.
    pub erased: Vec<Uuid>,
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

/// Verifies the whole log. `published` is a checkpoint that was kept outside, if there is one: with it, even
/// a log cut short or rewritten with the log's own key is found.
///
/// # Errors
/// The database's. What is wrong with the log is in the report.
pub async fn verify(db: &Db, key: &PublicKey, published: Option<&str>) -> Result<Report, Problem> {
    let tx = db.read().await?;
    let mut report = Report::default();
    let heads = signed_heads(&tx, key, published, &mut report).await?;
    report.head = heads.iter().rev().find(|head| !head.published).map(|head| head.checkpoint.clone());
    let mut walk = Walk { tiles: Tiles::default(), next: 0, heads: heads.into(), report };
    walk.entries(&tx).await?;
    let Walk { tiles, mut report, .. } = walk;
    compare_tiles(&tx, &tiles, &mut report).await?;
    report.waiting = store::entry::count_without_place(&tx).await?;
    Ok(report)
}

/// A genuine head, and whether it was kept outside.
struct Head {
    checkpoint: Checkpoint,
    published: bool,
}

/// The genuine heads in order of size.
async fn signed_heads(
    tx: &Tx,
    key: &PublicKey,
    published: Option<&str>,
    report: &mut Report,
) -> Result<Vec<Head>, Problem> {
    let mut heads = Vec::new();
    for (size, note) in store::checkpoint::list_notes(tx).await? {
        match Checkpoint::open(&note, key) {
            Ok(checkpoint) if checkpoint.size == size => heads.push(Head { checkpoint, published: false }),
            Ok(_) | Err(_) => report.found(Fault::CheckpointForged, None, size),
        }
    }
    if let Some(text) = published {
        match Checkpoint::open(text, key) {
            Ok(checkpoint) => heads.push(Head { checkpoint, published: true }),
            Err(_) => report.found(Fault::PublishedDiffers, None, 0),
        }
    }
    heads.sort_by_key(|head| head.checkpoint.size);
    Ok(heads)
}

/// The way through the places, in order.
struct Walk {
    /// The tree that the places give so far.
    tiles: Tiles,
    /// The place that comes next.
    next: u64,
    /// The heads that have not been reached yet.
    heads: VecDeque<Head>,
    report: Report,
}

impl Walk {
    /// Checks each entry, and the root at each head.
    async fn entries(&mut self, tx: &Tx) -> Result<(), Problem> {
        let signed = self.report.head.as_ref().map_or(0, |head| head.size);
        loop {
            let places = store::leaf::list_from(tx, self.next, BATCH).await?;
            let ids: Vec<Uuid> = places.iter().map(|placed| placed.entry).collect();
            let entries = store::entry::find_by_ids(tx, &ids).await?;
            for placed in &places {
                // What no head covers is reported once below, however far away it was put.
                self.missing(placed.place.min(signed));
                check_entry(placed, entries.get(&placed.entry), &mut self.report);
                self.report.size += 1;
                if placed.place == self.next {
                    self.step(placed.hash.as_slice().try_into().unwrap_or_default());
                } else {
                    self.next = placed.place.saturating_add(1);
                }
            }
            if places.is_empty() {
                break;
            }
        }
        self.missing(signed);
        if self.next > signed {
            self.report.found(Fault::CheckpointRemoved, None, signed);
        }
        for head in &self.heads {
            self.report.found(head.differs(), None, head.checkpoint.size);
        }
        Ok(())
    }

    /// Names the places up to `end` as missing; the tree goes on with a hash that no leaf has.
    fn missing(&mut self, end: u64) {
        while self.next < end {
            self.report.found(Fault::PlaceRemoved, None, self.next);
            self.step(Hash::default());
        }
    }

    /// Appends the hash of the next place and compares the heads of that size.
    fn step(&mut self, hash: Hash) {
        self.tiles.append(self.next, hash);
        self.next = self.next.saturating_add(1);
        while let Some(head) = self.heads.pop_front_if(|head| head.checkpoint.size <= self.next) {
            let root = self.tiles.root(head.checkpoint.size);
            if head.checkpoint.size < self.next || root != Ok(head.checkpoint.root) {
                self.report.found(head.differs(), None, head.checkpoint.size);
            }
        }
    }
}

impl Head {
    /// What it means when the rows do not give this head.
    fn differs(&self) -> Fault {
        if self.published { Fault::PublishedDiffers } else { Fault::RootDiffers }
    }
}

fn check_entry(placed: &Placed, entry: Option<&Option<StoredEntry>>, report: &mut Report) {
    let entry = match entry {
        None => return report.found(Fault::Removed, Some(placed.entry), placed.place),
        Some(None) => return report.found(Fault::Altered, Some(placed.entry), placed.place),
        Some(Some(entry)) => entry,
    };
    if hash_leaf(entry.content.as_bytes()).as_slice() != placed.hash {
        return report.found(Fault::Altered, Some(entry.id), placed.place);
    }
    match columns_of(entry) {
        Columns::Agree => {}
        Columns::Erased => report.erased.push(entry.id),
        Columns::Differ => report.found(Fault::ColumnAltered, Some(entry.id), placed.place),
    }
}

/// How the columns beside the content relate to it.
enum Columns {
    Agree,
    /// Number and salt are gone, and the content had them.
    Erased,
    Differ,
}

fn columns_of(entry: &StoredEntry) -> Columns {
    let Ok(leaf) = serde_json::from_str::<Value>(&entry.content) else { return Columns::Differ };
    let same = |key: &str, value: Option<&str>| leaf[key].as_str() == value;
    let plain = same("id", Some(&entry.id.to_string()))
        && same("at", Some(&entry.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)))
        && same("action", Some(&entry.action))
        && same("object", Some(&entry.object))
        && same("unit", entry.unit.as_deref())
        && same("actor", Some(&entry.actor));
    let commitment = commitment(entry.salt.as_deref(), entry.subject.as_deref());
    match (plain, same("subject_commitment", commitment.as_deref())) {
        (true, true) if entry.salt.is_some() == entry.subject.is_some() => Columns::Agree,
        (true, false) if entry.subject.is_none() && entry.salt.is_none() => Columns::Erased,
        _ => Columns::Differ,
    }
}

/// Compares the stored tiles with those that the rows give. A leaf whose hash differs is named.
async fn compare_tiles(tx: &Tx, computed: &Tiles, report: &mut Report) -> Result<(), Problem> {
    for (&(level, number), hashes) in computed.iter() {
        let stored = store::tile::load(tx, [(level, number)]).await?;
        let stored = stored.iter().next().map(|(_, stored)| stored.as_slice()).unwrap_or_default();
        if stored == hashes.as_slice() {
            continue;
        }
        if level > 0 {
            report.found(Fault::TileAltered, None, number * merkle::TILE);
            continue;
        }
        for (place, hash) in (number * merkle::TILE..).zip(hashes) {
            let kept = usize::try_from(place % merkle::TILE).ok().and_then(|index| stored.get(index));
            if kept != Some(hash) && *hash != Hash::default() {
                let entry = store::leaf::find_at(tx, place).await?;
                report.found(Fault::PlaceAltered, entry, place);
            }
        }
    }
    Ok(())
}
