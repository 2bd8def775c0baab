//! The left rows of every block that the sample meets, by reading the left table once.

use crate::block::{Key, KeyTree, PartReader, PartValues};
use crate::hash::PassThrough;
use crate::lexicon::Words;
use crate::row::Rows;
use rayon::prelude::*;
use std::collections::HashMap;

/// Rows read by one thread at a time.
const CHUNK: usize = 1 << 13;
/// Bits of the place in the filter; as many words of 64 bits.
const FILTER: u32 = 15;

/// A block, by its key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub(super) key: usize,
    number: usize,
}

/// The blocks of some people.
pub(super) struct Wanted {
    tree: KeyTree,
    /// Own hash of a node → number of the block.
    numbers: HashMap<u64, u32, PassThrough>,
    /// What some key of somebody begins with.
    filter: Filter,
    /// The blocks of each person.
    pub(super) of_people: Vec<Vec<Met>>,
}

/// The rows of all wanted blocks.
pub(super) struct Blocks {
    starts: Vec<usize>,
    rows: Vec<u32>,
}

/// Tells most hashes that were not put in (Bloom 1970, with one bit for each).
struct Filter(Vec<u64>);

impl Filter {
    fn place(hash: u64) -> (usize, u64) {
        ((hash >> (64 - FILTER)) as usize, 1 << (hash >> (58 - FILTER) & 63))
    }

    fn put(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

impl Wanted {
    /// The blocks of people with these values.
    pub(super) fn new(keys: &[Key], people: &[PartValues]) -> Self {
        let tree = KeyTree::new(keys);
        let mut numbers = HashMap::default();
        let mut filter = Filter(vec![0; 1 << FILTER]);
        let of_person = |values: &PartValues| {
            let mut met = Vec::with_capacity(keys.len());
            tree.walk(values, &mut |node, hash| {
                filter.put(node.own(hash));
                if let Some(key) = node.key {
                    let next = numbers.len() as u32;
                    let number = *numbers.entry(node.own(hash)).or_insert(next) as usize;
                    met.push(Met { key, number });
                }
                true
            });
            met
        };
        let of_people = people.iter().map(of_person).collect();
        Self { tree, numbers, filter, of_people }
    }

    /// Their rows in a table.
    pub(super) fn find(&self, left: &Rows, words: Words<'_>, keys: &[Key]) -> Blocks {
        let reader = PartReader::of_table(left, words, keys);
        let in_chunk = |from: usize| {
            let mut met: Vec<(u32, u32)> = Vec::new();
            reader.each(from..(from + CHUNK).min(left.len()), |row, values| {
                self.tree.walk(values, &mut |node, hash| {
                    let own = node.own(hash);
                    let may_have = self.filter.may_have(own);
                    if may_have
                        && node.key.is_some()
                        && let Some(number) = self.numbers.get(&own)
                    {
                        met.push((*number, row as u32));
                    }
                    may_have
                });
            });
            met
        };
        let chunks: Vec<usize> = (0..left.len()).step_by(CHUNK).collect();
        let met: Vec<Vec<(u32, u32)>> = chunks.into_par_iter().map(in_chunk).collect();
        Blocks::new(self.numbers.len(), &met)
    }
}

impl Blocks {
    /// Rows by the number of their block; their order is kept.
    fn new(blocks: usize, met: &[Vec<(u32, u32)>]) -> Self {
        let mut starts = vec![0_usize; blocks + 1];
        for (number, _) in met.iter().flatten() {
            if let Some(count) = starts.get_mut(*number as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut rows = vec![0; sum];
        for (number, row) in met.iter().flatten() {
            let Some(place) = next.get_mut(*number as usize) else { continue };
            if let Some(free) = rows.get_mut(*place) {
                *free = *row;
            }
            *place += 1;
        }
        Self { starts, rows }
    }

    /// The rows of a block.
    pub(super) fn rows(&self, met: Met) -> &[u32] {
        match self.starts.get(met.number..met.number + 2) {
            Some([start, end]) => self.rows.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }
}
