//! One right person against the left table.

use crate::block::{KeyTable, PartValues};
use crate::compare::{Comparisons, Pairing};
use crate::model::{Rarity, SURE, Score, Weights};
use crate::row::{Row, Slot};
use std::ops::Range;

/// Keys tried together, before it is asked whether the person is decided.
const AT_ONCE: usize = 3;
/// Candidates of one person at most.
const MOST: usize = 8192;
/// Odds below this cannot become a link worth showing.
const HOPELESS: f64 = 0.002;
/// The same for one of several people of a row, whom the others may lift.
const HOPELESS_BESIDE_OTHERS: f64 = 1e-6;
/// Candidates kept of a person.
const KEPT: usize = 16;

/// A candidate with what it is worth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) left: u32,
    pub(crate) pattern: u64,
    /// In nats.
    pub(crate) weight: f32,
    /// In nats.
    pub(crate) rarity: f32,
    /// Prior odds times likelihood ratio.
    pub(crate) odds: f64,
    pub(crate) probability: f64,
}

/// The candidates of one person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The best, by falling odds.
    pub(crate) candidates: Vec<Candidate>,
    /// Sum of the odds of all.
    pub(crate) all: f64,
    pub(crate) pairs: u32,
    pub(crate) oversize: u32,
    pub(crate) cut: u32,
}

/// Everything a search reads.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pub(crate) pairing: Pairing<'a>,
    pub(crate) comparisons: &'a Comparisons,
    pub(crate) tables: &'a [KeyTable],
    /// The left rows by household.
    pub(crate) homes: &'a KeyTable,
    pub(crate) weights: &'a Weights,
    pub(crate) score: Score,
    pub(crate) rarity: &'a Rarity,
    pub(crate) largest_block: usize,
    /// The right table is the left: only rows before the person are candidates.
    pub(crate) itself: bool,
}

/// Memory that searches use again.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// Open addressing: round in the high half, left row in the low.
    seen: Vec<u64>,
    round: u32,
    /// Candidates that were not seen before.
    fresh: Vec<u32>,
    /// Table, hash and bucket of the keys being tried.
    buckets: Vec<(usize, u64, Range<u32>)>,
    /// Keeps the compiler from leaving out reads that are made to warm memory.
    touched: u32,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self { seen: vec![0; 4 * MOST], round: 0, fresh: Vec::new(), buckets: Vec::new(), touched: 0 }
    }

    fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
    }

    /// Whether a row is new in this round.
    #[inline]
    fn is_new(&mut self, left: u32) -> bool {
        let entry = u64::from(self.round) << 32 | u64::from(left);
        let mask = self.seen.len() - 1;
        let mut slot = (left.wrapping_mul(0x9e37_79b1) >> 7) as usize & mask;
        while let Some(there) = self.seen.get_mut(slot) {
            if *there == entry {
                return false;
            }
            if (*there >> 32) as u32 != self.round {
                *there = entry;
                return true;
            }
            slot = (slot + 1) & mask;
        }
        false
    }
}

impl Search<'_> {
    /// Candidates of a person with their probabilities; `beside`: the row names others too.
    pub(crate) fn find(&self, person: usize, beside: bool, scratch: &mut Scratch) -> Found {
        let Pairing { left, right, words } = self.pairing;
        let row = right.row(person);
        let values = PartValues::of(right, &row, &words);
        let hopeless = if beside { HOPELESS_BESIDE_OTHERS } else { HOPELESS };
        let mut found = Found::default();
        scratch.begin();
        for tables in self.tables.chunks(AT_ONCE) {
            self.collect(tables, person, &values, scratch, &mut found);
            let touched = scratch.fresh.iter().fold(0, |sum, candidate| sum ^ left.touch_row(*candidate));
            scratch.touched = scratch.fresh.iter().fold(touched, |sum, row| sum ^ left.touch_values(*row));
            for candidate in &scratch.fresh {
                let one = left.row(*candidate as usize);
                let pattern = self.comparisons.pattern(&self.pairing, &one, &row);
                let name = one.get(Slot::Name);
                let rarity = self.rarity.of(name, &left.name(name), self.weights.name_level(pattern));
                let weight = self.score.weight(pattern, rarity);
                let odds = self.score.odds(weight);
                found.all += odds;
                if odds > hopeless {
                    let left = *candidate;
                    found.candidates.push(Candidate {
                        left,
                        pattern,
                        weight,
                        rarity,
                        odds,
                        probability: 0.0,
                    });
                }
            }
            let best = found.candidates.iter().map(|candidate| candidate.odds).fold(0.0, f64::max);
            if !self.itself && self.score.share(best, found.all) >= SURE {
                break;
            }
        }
        found
            .candidates
            .sort_by(|one, other| other.odds.total_cmp(&one.odds).then(one.left.cmp(&other.left)));
        found.candidates.truncate(if self.itself { MOST } else { KEPT });
        for candidate in &mut found.candidates {
            candidate.probability = self.score.share(candidate.odds, found.all);
        }
        found
    }

    /// A left row as a candidate of a right person.
    pub(crate) fn compare(&self, candidate: u32, right: &Row<'_>) -> Candidate {
        let left = self.pairing.left;
        let one = left.row(candidate as usize);
        let pattern = self.comparisons.pattern(&self.pairing, &one, right);
        let name = one.get(Slot::Name);
        let rarity = self.rarity.of(name, &left.name(name), self.weights.name_level(pattern));
        let weight = self.score.weight(pattern, rarity);
        let odds = self.score.odds(weight);
        Candidate { left: candidate, pattern, weight, rarity, odds, probability: 0.0 }
    }

    /// The new candidates of some keys, into `scratch.fresh`.
    fn collect(
        &self,
        tables: &[KeyTable],
        person: usize,
        values: &PartValues,
        scratch: &mut Scratch,
        found: &mut Found,
    ) {
        scratch.fresh.clear();
        let mut buckets = std::mem::take(&mut scratch.buckets);
        buckets.clear();
        for (place, table) in tables.iter().enumerate() {
            let hashes = values.hashes(&table.key);
            buckets.extend(hashes.iter().map(|hash| (place, hash, table.bucket(hash))));
        }
        for (place, hash, bucket) in &buckets {
            let Some(table) = tables.get(*place) else { continue };
            let block = table.block(*hash, bucket.clone());
            if block.clone().take(self.largest_block + 1).count() > self.largest_block {
                found.oversize += 1;
                continue;
            }
            for candidate in block {
                if self.itself && candidate as usize >= person || !scratch.is_new(candidate) {
                    continue;
                }
                if found.pairs as usize >= MOST {
                    found.cut += 1;
                    continue;
                }
                found.pairs += 1;
                scratch.fresh.push(candidate);
            }
        }
        scratch.buckets = buckets;
    }
}
