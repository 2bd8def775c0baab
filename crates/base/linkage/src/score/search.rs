//! One right person against the left table.

use super::scratch::Scratch;
use crate::block::{KeyTable, PartReader, PartValues};
use crate::compare::{BIRTH_EXACT, Comparisons, Pairing, Subject};
use crate::model::{Likelihood, MOST_BIRTH_RARITY, MOST_RARITY, Rarity, SURE, Score, Weights};
use crate::row::{Row, Slot};
use std::ops::Range;

/// Keys tried together, before it is asked whether the person is decided.
const AT_ONCE: usize = 3;
/// People whose values are read together.
const AHEAD: usize = 16;
/// Candidates of one person at most.
pub(super) const MOST: usize = 8192;
/// Odds below this cannot become a link worth showing.
const HOPELESS: f64 = 0.002;
/// The same for one of several people of a row, whom the others may lift.
const HOPELESS_BESIDE_OTHERS: f64 = 1e-6;
/// Natural logarithm of odds that nothing can lift: they count as none.
const NOTHING: f32 = -18.0;
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
    /// Whether the person has the values of any key.
    pub(crate) asked: bool,
}

/// Everything a search reads.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pub(crate) pairing: Pairing<'a>,
    pub(crate) comparisons: &'a Comparisons,
    pub(crate) tables: &'a [KeyTable],
    /// Reads what the tables are sorted by.
    pub(crate) parts: PartReader<'a>,
    /// The left rows by household.
    pub(crate) homes: &'a KeyTable,
    pub(crate) weights: &'a Weights,
    pub(crate) score: Score,
    pub(crate) rarity: &'a Rarity,
    pub(crate) largest_block: usize,
    /// The right table is the left: only rows before the person are candidates.
    pub(crate) itself: bool,
}

impl Search<'_> {
    /// Candidates of a person with their probabilities; `beside`: the row names others too.
    pub(crate) fn find(&self, person: usize, beside: bool, scratch: &mut Scratch) -> Found {
        let Pairing { left, right, .. } = self.pairing;
        let row = right.row(person);
        let values = self.ahead(person, scratch);
        let subject = self.comparisons.subject(right, &row);
        let hopeless = if beside { HOPELESS_BESIDE_OTHERS } else { HOPELESS };
        let mut found = Found::default();
        scratch.begin();
        for tables in self.tables.chunks(self.at_once()) {
            self.collect(tables, person, &values, scratch, &mut found);
            let fresh = std::mem::take(&mut scratch.fresh);
            let touched = fresh.iter().fold(0, |sum, candidate| sum ^ left.touch_row(*candidate));
            scratch.touched = fresh.iter().fold(touched, |sum, row| sum ^ left.touch_values(*row));
            for candidate in &fresh {
                let one = left.row(*candidate as usize);
                let pattern = subject.pattern(&self.pairing, &one);
                let Some(likelihood) = scratch.likelihood(pattern, |pattern| self.worth(pattern)) else {
                    continue;
                };
                let candidate = self.candidate(*candidate, &one, pattern, &likelihood);
                found.all += candidate.odds;
                if candidate.odds > hopeless {
                    found.candidates.push(candidate);
                }
            }
            scratch.fresh = fresh;
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

    /// Keys tried together, before it is asked whether the person is decided: all where that is never asked.
    fn at_once(&self) -> usize {
        if self.itself { self.tables.len().max(1) } else { AT_ONCE }
    }

    /// The values of a person. Those of the next ones are read with them, and what their first keys lead to is
    /// asked of memory, which answers many questions in the time of one.
    fn ahead(&self, person: usize, scratch: &mut Scratch) -> PartValues {
        if !scratch.ready.contains(&person) {
            scratch.ready = person..(person + AHEAD).min(self.pairing.right.len());
            let mut values = std::mem::take(&mut scratch.values);
            values.clear();
            self.parts.each(scratch.ready.clone(), |_, of_person| values.push(*of_person));
            self.warm(self.tables.get(..self.at_once()).unwrap_or(self.tables), &values, scratch);
            scratch.values = values;
        }
        let place = person - scratch.ready.start;
        scratch.values.get(place).copied().unwrap_or_else(|| self.parts.row(person))
    }

    /// Reads the first entries of the blocks of some people.
    fn warm(&self, tables: &[KeyTable], people: &[PartValues], scratch: &mut Scratch) {
        let mut buckets = std::mem::take(&mut scratch.buckets);
        for table in tables {
            buckets.clear();
            for values in people {
                let hashes = values.hashes(&table.key);
                buckets.extend(hashes.iter().map(|hash| (0, hash, table.bucket(hash))));
            }
            scratch.touched ^= buckets.iter().fold(0, |sum, (.., bucket)| sum ^ table.touch(bucket));
        }
        scratch.buckets = buckets;
    }

    /// How likely a pattern is; `None` if it is hopeless however rare name and date.
    fn worth(&self, pattern: u64) -> Option<Likelihood> {
        let likelihood = self.score.likelihood(pattern);
        let of_birth = if likelihood.birth_level == BIRTH_EXACT { MOST_BIRTH_RARITY } else { 0.0 };
        (likelihood.weight(MOST_RARITY + of_birth) + self.score.prior > NOTHING).then_some(likelihood)
    }

    #[inline]
    fn candidate(&self, left: u32, row: &Row<'_>, pattern: u64, likelihood: &Likelihood) -> Candidate {
        let name = row.get(Slot::Name);
        let rarity = self.rarity.of(name, &self.pairing.left.name(name), likelihood.name_level)
            + self.rarity.of_birth(row.get(Slot::Birth), likelihood.birth_level);
        let weight = likelihood.weight(rarity);
        Candidate { left, pattern, weight, rarity, odds: self.score.odds(weight), probability: 0.0 }
    }

    /// A left row as a candidate of a right person.
    pub(crate) fn compare(&self, candidate: u32, subject: &Subject) -> Candidate {
        let row = self.pairing.left.row(candidate as usize);
        let pattern = subject.pattern(&self.pairing, &row);
        self.candidate(candidate, &row, pattern, &self.score.likelihood(pattern))
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
        found.asked |= !buckets.is_empty();
        let first = |(place, _, bucket): &(usize, u64, Range<u32>)| {
            tables.get(*place).map_or(0, |table| table.touch(bucket))
        };
        scratch.touched ^= buckets.iter().fold(0, |sum, bucket| sum ^ first(bucket));
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
