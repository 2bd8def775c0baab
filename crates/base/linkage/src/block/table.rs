//! The rows of every block of one key.

use super::{Key, PartReader};
use crate::lexicon::Words;
use crate::row::Rows;
use d06_mapped::Slab;
use rayon::prelude::*;
use std::ops::Range;

/// Rows hashed by one thread at a time.
const CHUNK: usize = 1 << 14;
/// Bits of the piles that rows are sorted into first.
const PILES: u32 = 8;
/// Keys hashed in one pass over the rows, to bound memory.
const AT_ONCE: usize = 8;

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

/// Rows whose hashes have the same highest bits, and where they go.
struct Pile<'a> {
    /// Entries of the piles before.
    first: usize,
    rows: &'a [(u64, u32)],
    starts: &'a mut [u32],
    entries: &'a mut [u64],
}

impl Pile<'_> {
    /// Sorts the rows into their buckets; `next` is room to count in.
    fn sort(self, shift: u32, next: &mut Vec<u32>) {
        let buckets = self.starts.len();
        let bucket_of = |hash: u64| (hash >> shift) as usize & (buckets - 1);
        next.clear();
        next.resize(buckets, 0);
        for (hash, _) in self.rows {
            if let Some(count) = next.get_mut(bucket_of(*hash)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for next in next.iter_mut() {
            (*next, sum) = (sum, sum + *next);
        }
        for (start, next) in self.starts.iter_mut().zip(&*next) {
            *start = self.first as u32 + next;
        }
        for (hash, row) in self.rows {
            let Some(place) = next.get_mut(bucket_of(*hash)) else { continue };
            if let Some(entry) = self.entries.get_mut(*place as usize) {
                *entry = hash << 32 | u64::from(*row);
            }
            *place += 1;
        }
    }
}

impl KeyTable {
    /// Sorts the rows into the blocks of each key.
    pub(crate) fn build(keys: &[Key], rows: &Rows, words: &Words<'_>) -> Vec<Self> {
        keys.chunks(AT_ONCE).flat_map(|keys| Self::build_some(keys, rows, words)).collect()
    }

    fn build_some(keys: &[Key], rows: &Rows, words: &Words<'_>) -> Vec<Self> {
        let reader = PartReader::of_table(rows, *words, keys);
        let chunks: Vec<Vec<Vec<(u64, u32)>>> = (0..rows.len())
            .step_by(CHUNK)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|from| {
                let mut hashes = vec![Vec::with_capacity(CHUNK); keys.len()];
                reader.each(from..(from + CHUNK).min(rows.len()), |row, values| {
                    for (key, hashes) in keys.iter().zip(&mut hashes) {
                        hashes.extend(values.hashes(key).iter().map(|hash| (hash, row as u32)));
                    }
                });
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

    /// Counting sort by bucket; the order of rows is kept. First into some hundred piles, then within each, so that
    /// what is written to stays near the processor.
    fn sort(key: &Key, parts: &[&Vec<(u64, u32)>]) -> Self {
        let count: usize = parts.iter().map(|part| part.len()).sum();
        let bits = usize::BITS - count.max(2).leading_zeros();
        let shift = 64 - bits;
        let pile_bits = bits.min(PILES);
        let pile_of = |hash: u64| (hash >> (64 - pile_bits)) as usize;
        let mut ends = vec![0_usize; 1 << pile_bits];
        for (hash, _) in parts.iter().copied().flatten() {
            if let Some(end) = ends.get_mut(pile_of(*hash)) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            (*end, sum) = (sum, sum + *end);
        }
        let mut piles = vec![(0_u64, 0_u32); count];
        for (hash, row) in parts.iter().copied().flatten() {
            let Some(end) = ends.get_mut(pile_of(*hash)) else { continue };
            if let Some(place) = piles.get_mut(*end) {
                *place = (*hash, *row);
            }
            *end += 1;
        }
        let mut starts = vec![0_u32; (1 << bits) + 1];
        let mut entries = vec![0; count];
        let (mut from, mut rest) = (0, entries.as_mut_slice());
        let of_pile = ends.iter().zip(starts.chunks_mut(1 << (bits - pile_bits))).map(|(end, starts)| {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(end - from);
            rest = others;
            let first = std::mem::replace(&mut from, *end);
            Pile { first, rows: piles.get(first..*end).unwrap_or_default(), starts, entries: own }
        });
        let of_pile: Vec<Pile<'_>> = of_pile.collect();
        of_pile.into_par_iter().for_each_init(Vec::new, |next, pile| pile.sort(shift, next));
        if let Some(end) = starts.last_mut() {
            *end = count as u32;
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

    /// Reads the first entry of a bucket, so that it is near when the block is read.
    #[inline]
    pub(crate) fn touch(&self, bucket: &Range<u32>) -> u32 {
        self.entries.get(bucket.start as usize).map_or(0, |entry| *entry as u32)
    }

    /// The rows of a block, given the bucket of its hash.
    #[inline]
    pub(crate) fn block(&self, hash: u64, bucket: Range<u32>) -> impl Iterator<Item = u32> + Clone + '_ {
        let entries = self.entries.get(bucket.start as usize..bucket.end as usize).unwrap_or_default();
        let tag = hash as u32;
        entries.iter().filter(move |entry| (**entry >> 32) as u32 == tag).map(|entry| *entry as u32)
    }
}
