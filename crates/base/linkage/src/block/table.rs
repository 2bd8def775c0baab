//! The rows of every block of one key.

use super::{Key, KeyTree, PartReader};
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

/// Some rows with their hashes, brought into the order of the highest bits of these; else the order of rows is kept.
struct Part {
    rows: Vec<(u64, u32)>,
    /// Where each pile ends.
    ends: [u32; 1 << PILES],
}

impl Part {
    fn new(mixed: &[(u64, u32)]) -> Self {
        let pile_of = |hash: u64| (hash >> (64 - PILES)) as usize;
        let mut ends = [0_u32; 1 << PILES];
        for (hash, _) in mixed {
            if let Some(count) = ends.get_mut(pile_of(*hash)) {
                *count += 1;
            }
        }
        begin_with_zero(&mut ends);
        let mut rows = vec![(0, 0); mixed.len()];
        for (hash, row) in mixed {
            let Some(next) = ends.get_mut(pile_of(*hash)) else { continue };
            if let Some(place) = rows.get_mut(*next as usize) {
                *place = (*hash, *row);
            }
            *next += 1;
        }
        Self { rows, ends }
    }

    fn pile(&self, pile: usize) -> &[(u64, u32)] {
        let end = |pile: usize| self.ends.get(pile).copied().unwrap_or(0) as usize;
        let start = pile.checked_sub(1).map_or(0, end);
        self.rows.get(start..end(pile)).unwrap_or_default()
    }
}

/// Each count becomes the sum of those before it.
fn begin_with_zero(counts: &mut [u32]) {
    let mut sum = 0;
    for count in counts {
        (*count, sum) = (sum, sum + *count);
    }
}

/// Where the rows of one pile go.
struct Pile<'a> {
    number: usize,
    /// Entries of the piles before.
    first: u32,
    starts: &'a mut [u32],
    entries: &'a mut [u64],
}

impl Pile<'_> {
    /// Sorts the rows of all parts into their buckets; `next` is room to count in.
    fn sort(self, parts: &[Part], shift: u32, next: &mut Vec<u32>) {
        let buckets = self.starts.len();
        let bucket_of = |hash: u64| (hash >> shift) as usize & (buckets - 1);
        let rows = || parts.iter().flat_map(|part| part.pile(self.number));
        next.clear();
        next.resize(buckets, 0);
        for (hash, _) in rows() {
            if let Some(count) = next.get_mut(bucket_of(*hash)) {
                *count += 1;
            }
        }
        begin_with_zero(next);
        for (start, next) in self.starts.iter_mut().zip(&*next) {
            *start = self.first + next;
        }
        for (hash, row) in rows() {
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
        let tree = KeyTree::new(keys);
        let read = |hashes: &mut Vec<Vec<(u64, u32)>>, chunk: Range<usize>| {
            hashes.iter_mut().for_each(Vec::clear);
            reader.each(chunk, |row, values| {
                tree.walk(values, &mut |node, hash| {
                    if let Some(hashes) = node.key.and_then(|key| hashes.get_mut(key)) {
                        hashes.push((hash, row as u32));
                    }
                    true
                });
            });
            hashes.iter().map(|hashes| Part::new(hashes)).collect()
        };
        let of_chunks: Vec<Vec<Part>> =
            chunks(rows.len()).map_init(|| vec![Vec::new(); keys.len()], read).collect();
        let mut of_keys: Vec<Vec<Part>> = keys.iter().map(|_| Vec::new()).collect();
        for of_chunk in of_chunks {
            of_keys.iter_mut().zip(of_chunk).for_each(|(parts, part)| parts.push(part));
        }
        keys.par_iter().zip(of_keys).map(|(key, parts)| Self::sort(key, &parts)).collect()
    }

    /// Sorts the rows by a hash of the caller's; rows without one are left out.
    pub(crate) fn by(rows: usize, hash: impl Fn(usize) -> Option<u64> + Sync) -> Self {
        let read = |hashes: &mut Vec<(u64, u32)>, chunk: Range<usize>| {
            hashes.clear();
            hashes.extend(chunk.filter_map(|row| hash(row).map(|hash| (hash, row as u32))));
            Part::new(hashes)
        };
        let parts: Vec<Part> = chunks(rows).map_init(Vec::new, read).collect();
        Self::sort(&Key::new(), &parts)
    }

    /// Counting sort by bucket; the order of rows is kept. First into some hundred piles, then within each, so that
    /// what is written to stays near the processor.
    fn sort(key: &Key, parts: &[Part]) -> Self {
        let count: usize = parts.iter().map(|part| part.rows.len()).sum();
        let bits = (usize::BITS - count.leading_zeros()).max(PILES);
        let shift = 64 - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        let mut entries = vec![0; count];
        let (mut first, mut rest) = (0, entries.as_mut_slice());
        let of_pile = starts.chunks_exact_mut(1 << (bits - PILES)).enumerate().map(|(number, starts)| {
            let length = parts.iter().map(|part| part.pile(number).len()).sum();
            let (entries, others) = std::mem::take(&mut rest).split_at_mut(length);
            rest = others;
            let end = first + length as u32;
            Pile { number, first: std::mem::replace(&mut first, end), starts, entries }
        });
        let of_pile: Vec<Pile<'_>> = of_pile.collect();
        of_pile.into_par_iter().for_each_init(Vec::new, |next, pile| pile.sort(parts, shift, next));
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

/// All rows, as many at a time as one thread hashes.
fn chunks(rows: usize) -> impl IndexedParallelIterator<Item = Range<usize>> {
    (0..rows.div_ceil(CHUNK)).into_par_iter().map(move |chunk| chunk * CHUNK..((chunk + 1) * CHUNK).min(rows))
}
