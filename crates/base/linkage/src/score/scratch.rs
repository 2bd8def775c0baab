//! Memory that searches use again.

use super::search::MOST;
use crate::block::PartValues;
use crate::hash;
use crate::model::Likelihood;
use std::ops::Range;

/// Patterns remembered: true pairs have some hundred, others some thousand.
const PATTERNS: usize = 1 << 12;

/// Memory that searches use again.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// Open addressing: round in the high half, left row in the low.
    seen: Vec<u64>,
    round: u32,
    /// Candidates that were not seen before.
    pub(super) fresh: Vec<u32>,
    /// Table, hash and bucket of the keys being tried.
    pub(super) buckets: Vec<(usize, u64, Range<u32>)>,
    /// People whose values were read ahead, by one search only.
    pub(super) ready: Range<usize>,
    pub(super) values: Vec<PartValues>,
    /// What patterns are worth, at the place of their hash; of one model.
    patterns: Vec<(u64, Option<Likelihood>)>,
    /// Keeps the compiler from leaving out reads that are made to warm memory.
    pub(super) touched: u32,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self {
            seen: vec![0; 4 * MOST],
            round: 0,
            fresh: Vec::new(),
            buckets: Vec::new(),
            ready: 0..0,
            values: Vec::new(),
            patterns: vec![(u64::MAX, None); PATTERNS],
            touched: 0,
        }
    }

    pub(super) fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
    }

    /// What a pattern is worth, computed once for each.
    #[inline]
    pub(super) fn likelihood(
        &mut self,
        pattern: u64,
        worth: impl Fn(u64) -> Option<Likelihood>,
    ) -> Option<Likelihood> {
        let place = hash::mix(pattern, 5) as usize % PATTERNS;
        match self.patterns.get_mut(place) {
            Some((known, likelihood)) => {
                if *known != pattern {
                    (*known, *likelihood) = (pattern, worth(pattern));
                }
                *likelihood
            }
            None => worth(pattern),
        }
    }

    /// Whether a row is new in this round.
    #[inline]
    pub(super) fn is_new(&mut self, left: u32) -> bool {
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
