//! A sample of right people with all their candidates under every possible key.
//!
//! The left table is read once: each row's hashes are looked up among those of the sample, so no key needs to be sorted
//! before it is known to be worth it.

use crate::block::{Hashes, Key, KeyTable, PartReader, available};
use crate::compare::{Comparisons, Pairing, Subject};
use crate::hash::{Dice, PassThrough, mix};
use crate::model::Rarity;
use crate::model::weights::level;
use crate::outcome::EvidenceKind;
use crate::row::{HAMLET, HOUSE, Row, Rows, STREET, Slot};
use crate::spec::KeyPart;
use rayon::prelude::*;
use std::collections::HashMap;

const CHUNK: usize = 1 << 13;
/// Random left rows compared with each person of the sample.
const STRANGERS: usize = 80;
/// Left rows of the same name compared with each person.
const NAMESAKES: usize = 8;
/// Bits of the place in the filter of hashes that the sample has; as many words of 64 bits.
const FILTER: u32 = 14;
/// The keys tried on the sample may cost so many times the budget of the run.
const BUDGETS: f64 = 0.6;
/// Keys fit into the bits of a word.
const KEYS: usize = 64;

/// A pair of the sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// Place in [`Sample::people`].
    pub(crate) person: u32,
    pub(crate) left: u32,
    /// Bit k: found by key k.
    pub(crate) keys: u64,
    pub(crate) pattern: u64,
    pub(crate) rarity: f32,
}

/// See the module documentation.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    /// Right people.
    pub(crate) people: Vec<u32>,
    pub(crate) keys: Vec<Key>,
    /// Per person and key, rows of the blocks met.
    pub(crate) costs: Vec<Vec<u32>>,
    /// Candidates by person, in the order of the left rows.
    pub(crate) pairs: Vec<Vec<Pair>>,
    /// Patterns of random pairs.
    pub(crate) strangers: Vec<u64>,
    /// Pairs of the same name, each with the number of pairs that it stands for.
    pub(crate) namesakes: Vec<(Pair, f64)>,
}

impl Sample {
    /// Whether some key found a left row for a person.
    pub(crate) fn candidate(&self, person: u32, left: u32) -> bool {
        let candidates = self.pairs.get(person as usize).map_or(&[][..], Vec::as_slice);
        candidates.binary_search_by_key(&left, |pair| pair.left).is_ok()
    }
}

/// Candidates, patterns of random pairs, and namesakes of one person.
type Drawn = (Vec<Pair>, Vec<u64>, Vec<(Pair, f64)>);

/// What the sample is drawn for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    pub(crate) pairing: Pairing<'a>,
    pub(crate) comparisons: &'a Comparisons,
    pub(crate) rarity: &'a Rarity,
    /// The left rows by household.
    pub(crate) homes: &'a KeyTable,
    /// Both tables are one: a row is no candidate of itself.
    pub(crate) itself: bool,
    /// A larger block is left out.
    pub(crate) largest_block: u32,
    /// Candidates per person at most, on average.
    pub(crate) pairs_per_row: f64,
}

impl Task<'_> {
    /// A right person, ready to be compared.
    pub(crate) fn subject(&self, right: u32) -> Subject {
        let rights = self.pairing.right;
        self.comparisons.subject(rights, &rights.row(right as usize))
    }

    /// A left row compared with a right person.
    pub(crate) fn pair(&self, person: u32, subject: &Subject, left: u32, keys: u64) -> Pair {
        let lefts = self.pairing.left;
        let one = lefts.row(left as usize);
        let pattern = subject.pattern(&self.pairing, &one);
        let name = one.get(Slot::Name);
        let level = |kind| self.comparisons.place(kind).map_or(0, |place| level(pattern, place) as u8);
        let rarity = self.rarity.of(name, &lefts.name(name), level(EvidenceKind::Name))
            + self.rarity.of_birth(one.get(Slot::Birth), level(EvidenceKind::Birth));
        Pair { person, left, keys, pattern, rarity }
    }

    fn is_itself(&self, right: u32, left: u32) -> bool {
        self.itself && right == left
    }
}

/// Draws `size` people, and `wanted` ones before them, and finds their candidates by `keys`.
pub(crate) fn draw(task: &Task<'_>, keys: Vec<Key>, size: usize, wanted: &[u32]) -> Sample {
    let Pairing { left, right, words } = task.pairing;
    let there = |key: &Key| key.iter().all(|part| available(left, *part) && available(right, *part));
    let keys: Vec<Key> = keys.into_iter().filter(there).take(KEYS).collect();
    let people = people(right.len(), size, wanted);
    let reader = PartReader::new(right, words, &keys);
    let hashes: Vec<Vec<Hashes>> = people
        .par_iter()
        .map(|person| {
            let values = reader.row(*person as usize);
            keys.iter().map(|key| values.hashes(key)).collect()
        })
        .collect();
    let blocks = Blocks::find(&hashes, &keys, left, &words);
    let costs: Vec<Vec<u32>> = hashes
        .iter()
        .map(|of_person| of_person.iter().enumerate().map(|(k, h)| blocks.cost(k, h)).collect())
        .collect();
    let cheap = affordable(&costs, keys.len(), task);
    let name_key = keys.iter().position(|key| *key == [KeyPart::Name]);
    let found: Vec<Drawn> = people
        .par_iter()
        .zip(&hashes)
        .enumerate()
        .map(|(place, (right, hashes))| {
            let (place, subject) = (place as u32, task.subject(*right));
            let pairs = blocks.candidates(task, *right, hashes, cheap);
            let touched = pairs.iter().fold(0, |sum, (row, _)| sum ^ left.touch_row(*row));
            std::hint::black_box(pairs.iter().fold(touched, |sum, (row, _)| sum ^ left.touch_values(*row)));
            let pairs = pairs.iter().map(|(left, keys)| task.pair(place, &subject, *left, *keys)).collect();
            let mut dice = Dice::new(u64::from(*right));
            let random = (0..STRANGERS).map(|_| dice.below(left.len()) as u32);
            let random = random.filter(|left| !task.is_itself(*right, *left));
            let strangers = random.map(|left| task.pair(place, &subject, left, 0).pattern).collect();
            let same = name_key.map_or(&[][..], |key| blocks.rows(key, hashes));
            let drawn = (0..NAMESAKES.min(same.len())).filter_map(|_| same.get(dice.below(same.len())));
            let drawn: Vec<u32> = drawn.copied().filter(|left| !task.is_itself(*right, *left)).collect();
            let stands_for = same.len() as f64 / drawn.len() as f64;
            let namesakes = drawn.iter().map(|left| (task.pair(place, &subject, *left, 0), stands_for));
            let namesakes = namesakes.collect();
            (pairs, strangers, namesakes)
        })
        .collect();
    let mut sample = Sample { people, keys, costs, ..Sample::default() };
    for (pairs, strangers, namesakes) in found {
        sample.pairs.push(pairs);
        sample.strangers.extend(strangers);
        sample.namesakes.extend(namesakes);
    }
    sample
}

/// Evenly spread people; those wanted first.
fn people(rows: usize, size: usize, wanted: &[u32]) -> Vec<u32> {
    let mut people = wanted.to_vec();
    let step = rows.div_ceil(size.max(1)).max(1);
    let mut dice = Dice::new(rows as u64);
    for from in (0..rows).step_by(step) {
        people.push((from + dice.below(step.min(rows - from))) as u32);
    }
    people.sort_unstable();
    people.dedup();
    people
}

/// The keys (as bits) that may be tried on the sample: the cheapest, within [`BUDGETS`].
fn affordable(costs: &[Vec<u32>], keys: usize, task: &Task<'_>) -> u64 {
    let average = |key: usize| {
        let of_key =
            costs.iter().filter_map(|costs| costs.get(key)).filter(|cost| **cost <= task.largest_block);
        of_key.map(|cost| f64::from(*cost)).sum::<f64>() / costs.len().max(1) as f64
    };
    let mut by_cost: Vec<(f64, usize)> = (0..keys).map(|key| (average(key), key)).collect();
    by_cost.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let (mut cheap, mut sum) = (0, 0.0);
    for (cost, key) in by_cost {
        sum += cost;
        if sum > BUDGETS * task.pairs_per_row {
            break;
        }
        cheap |= 1 << key;
    }
    cheap
}

/// The left rows of every block that the sample meets.
struct Blocks {
    /// Hash of key and values → number of the block.
    numbers: HashMap<u64, u32, PassThrough>,
    starts: Vec<usize>,
    rows: Vec<u32>,
}

impl Blocks {
    fn find(hashes: &[Vec<Hashes>], keys: &[Key], left: &Rows, words: &crate::lexicon::Words<'_>) -> Self {
        let mut numbers = HashMap::default();
        let mut filter = vec![0_u64; 1 << FILTER];
        for (key, hash) in hashes.iter().flat_map(|of_person| of_person.iter().enumerate()) {
            for hash in hash.iter().map(|hash| mix(hash, key as u64)) {
                let next = numbers.len() as u32;
                numbers.entry(hash).or_insert(next);
                if let Some(bits) = filter.get_mut((hash >> (64 - FILTER)) as usize) {
                    *bits |= 1 << (hash >> (58 - FILTER) & 63);
                }
            }
        }
        let reader = PartReader::of_table(left, *words, keys);
        let met: Vec<Vec<(u32, u32)>> = (0..left.len())
            .step_by(CHUNK)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|from| {
                let mut met = Vec::new();
                reader.each(from..(from + CHUNK).min(left.len()), |row, values| {
                    for (place, key) in keys.iter().enumerate() {
                        for hash in values.hashes(key).iter().map(|hash| mix(hash, place as u64)) {
                            let bits = filter.get((hash >> (64 - FILTER)) as usize).copied().unwrap_or(0);
                            if bits >> (hash >> (58 - FILTER) & 63) & 1 == 1
                                && let Some(number) = numbers.get(&hash)
                            {
                                met.push((*number, row as u32));
                            }
                        }
                    }
                });
                met
            })
            .collect();
        let mut starts = vec![0_usize; numbers.len() + 1];
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
        Self { numbers, starts, rows }
    }

    fn block(&self, key: usize, hash: u64) -> &[u32] {
        let Some(number) = self.numbers.get(&mix(hash, key as u64)).map(|number| *number as usize) else {
            return &[];
        };
        match self.starts.get(number..number + 2) {
            Some([start, end]) => self.rows.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    fn cost(&self, key: usize, hashes: &Hashes) -> u32 {
        hashes.iter().map(|hash| self.block(key, hash).len() as u32).sum()
    }

    /// The rows of the first block of a key.
    fn rows(&self, key: usize, hashes: &[Hashes]) -> &[u32] {
        let hash = hashes.get(key).and_then(|hashes| hashes.iter().next());
        hash.map_or(&[], |hash| self.block(key, hash))
    }

    /// Left rows and the keys that found them.
    fn candidates(&self, task: &Task<'_>, right: u32, hashes: &[Hashes], cheap: u64) -> Vec<(u32, u64)> {
        let mut found: Vec<(u32, u64)> = Vec::new();
        for (key, hashes) in hashes.iter().enumerate().filter(|(key, _)| cheap >> key & 1 == 1) {
            for hash in hashes.iter() {
                let block = self.block(key, hash);
                if block.len() <= task.largest_block as usize {
                    found.extend(block.iter().map(|left| (*left, 1 << key)));
                }
            }
        }
        found.retain(|(left, _)| !task.is_itself(right, *left));
        found.sort_unstable();
        found.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 |= next.1;
            }
            same
        });
        found
    }
}

/// Pairs of each person with the other left rows of the household of its likeliest match `(person, left)`.
pub(crate) fn relatives(task: &Task<'_>, people: &[u32], matches: &[(u32, u32)]) -> Vec<Pair> {
    let left = task.pairing.left;
    let of_match = |(person, chosen): &(u32, u32)| {
        let hash = household(left, &left.row(*chosen as usize));
        let right = hash.and_then(|_| people.get(*person as usize)).copied();
        let Some((hash, right)) = hash.zip(right) else { return Vec::new() };
        let subject = task.subject(right);
        let others = task.homes.block(hash, task.homes.bucket(hash));
        let others = others.filter(|row| row != chosen && !task.is_itself(right, *row));
        others.map(|row| task.pair(*person, &subject, row, 0)).collect()
    };
    matches.par_iter().flat_map_iter(of_match).collect()
}

/// What people of one household have in common: its number, else the whole address, else both parents.
pub(crate) fn household(rows: &Rows, row: &Row<'_>) -> Option<u64> {
    let number = row.get(Slot::Household);
    if number != 0 {
        return Some(mix(number.into(), 1));
    }
    let address = rows.address(row.get(Slot::Address));
    if address.0[HOUSE] != 0 && (address.0[STREET] != 0 || address.0[HAMLET] != 0) {
        return Some(address.0.iter().fold(2, |hash, word| mix(hash, (*word).into())));
    }
    match (row.get(Slot::Father), row.get(Slot::Mother)) {
        (0, _) | (_, 0) => None,
        (father, mother) => Some(mix(u64::from(father) << 32 | u64::from(mother), 3)),
    }
}
