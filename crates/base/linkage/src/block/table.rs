//! The rows of every block of one key.

use super::{Key, PartValues};
use crate::lexicon::Words;
use crate::row::Rows;
use d06_mapped::Slab;
use rayon::prelude::*;
use std::ops::Range;

/// Rows hashed by one thread at a time.
const CHUNK: usize = 1 << 14;
/// Keys hashed in one pass over the rows, to bound memory.
const AT_ONCE: usize = 4;

/// A key's blocks: rows sorted by the high bits of their hash (compressed sparse rows), each with 32 further bits of
/// the hash, so that a foreign row slips into a block once in four billion.
#[derive(Clone, Debug)]
pub(crate) struct KeyTable {
    pub(crate) key: Key,
    /// Where each bucket begins; one more than there are buckets.
    pub(crate) starts: Slab<u32>,
    /// Hash bits above, row below; rising rows within a bucket.
    pub(crate) entries: Slab<u64>,
    /// 64 less the bits of the bucket number.
    pub(crate) shift: u32,
}

impl KeyTable {
    /// Sorts the rows into the blocks of each key.
    pub(crate) fn build(keys: &[Key], rows: &Rows, words: &Words<'_>) -> Vec<Self> {
        keys.chunks(AT_ONCE).flat_map(|keys| Self::build_some(keys, rows, words)).collect()
    }

    fn build_some(keys: &[Key], rows: &Rows, words: &Words<'_>) -> Vec<Self> {
        let chunks: Vec<Vec<Vec<(u64, u32)>>> = (0..rows.len())
            .step_by(CHUNK)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|from| {
                let mut hashes = vec![Vec::with_capacity(CHUNK); keys.len()];
                for row in from..(from + CHUNK).min(rows.len()) {
                    let values = PartValues::of(rows, &rows.row(row), words);
                    for (key, hashes) in keys.iter().zip(&mut hashes) {
                        hashes.extend(values.hashes(key).iter().map(|hash| (hash, row as u32)));
                    }
                }
                hashes
            })
            .collect();
        let of_key = |place: usize| chunks.iter().filter_map(|chunk| chunk.get(place)).collect::<Vec<_>>();
        keys.par_iter().enumerate().map(|(place, key)| Self::sort(key, &of_key(place))).collect()
    }

    /// Sorts the rows by a hash of the caller's; rows without one are left out.
    pub(crate) fn by(rows: usize, hash: impl Fn(usize) -> Option<u64> + Sync) -> Self {
        let chunks: Vec<Vec<(u64, u32)>> = (0..rows)
            .step_by(CHUNK)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|from| {
                let chunk = from..(from + CHUNK).min(rows);
                chunk.filter_map(|row| hash(row).map(|hash| (hash, row as u32))).collect()
            })
            .collect();
        Self::sort(&Key::new(), &chunks.iter().collect::<Vec<_>>())
    }

    /// Counting sort by bucket; the order of rows is kept.
    fn sort(key: &Key, parts: &[&Vec<(u64, u32)>]) -> Self {
        let count: usize = parts.iter().map(|part| part.len()).sum();
        let bits = usize::BITS - count.max(2).leading_zeros();
        let shift = 64 - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for (hash, _) in parts.iter().copied().flatten() {
            if let Some(bucket) = starts.get_mut((hash >> shift) as usize + 1) {
                *bucket += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut entries = vec![0; count];
        let mut next = starts.clone();
        for (hash, row) in parts.iter().copied().flatten() {
            let Some(place) = next.get_mut((hash >> shift) as usize) else { continue };
            if let Some(entry) = entries.get_mut(*place as usize) {
                *entry = hash << 32 | u64::from(*row);
            }
            *place += 1;
        }
        Self { key: key.clone(), starts: starts.into(), entries: entries.into(), shift }
    }

    /// Where the bucket of a hash lies among the entries.
    #[inline]
    pub(crate) fn bucket(&self, hash: u64) -> Range<u32> {
        let bucket = (hash >> self.shift) as usize;
        match self.starts.get(bucket..bucket + 2) {
            Some([start, end]) => *start..*end,
            _ => 0..0,
        }
    }

    /// The rows of a block, given the bucket of its hash.
    #[inline]
    pub(crate) fn block(&self, hash: u64, bucket: Range<u32>) -> impl Iterator<Item = u32> + Clone + '_ {
        let entries = self.entries.get(bucket.start as usize..bucket.end as usize).unwrap_or_default();
        let tag = hash as u32;
        entries.iter().filter(move |entry| (**entry >> 32) as u32 == tag).map(|entry| *entry as u32)
    }
}
