//! A sample of right people with all their candidates under every possible key.
//!
//! The left table is read once: each row's hashes are looked up among those of the sample, so no key needs to be sorted
//! before it is known to be worth it.

use super::blocks::{Blocks, Met, Wanted};
use crate::block::{Key, KeyTable, PartReader, PartValues, available};
use crate::compare::{Comparisons, Pairing, Subject};
use crate::hash::{Dice, mix};
use crate::model::Rarity;
use crate::model::weights::level;
use crate::outcome::EvidenceKind;
use crate::row::{HAMLET, HOUSE, Row, Rows, STREET, Slot};
use crate::spec::KeyPart;
use rayon::prelude::*;
use std::collections::HashSet;

/// Random left rows compared with each person of the sample, at most,
const STRANGERS: usize = 80;
/// and with all of them together.
const ALL_STRANGERS: usize = 240_000;
/// Left rows of the same name, and of nothing else that a key knows, compared with each person.
const NAMESAKES: usize = 8;
/// Draws for them.
const TRIES: usize = 32;
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
    let mut seen = HashSet::new();
    let keys: Vec<Key> =
        keys.into_iter().filter(|key| there(key) && seen.insert(key.clone())).take(KEYS).collect();
    let people = people(right.len(), size, wanted);
    let reader = PartReader::new(right, words, &keys);
    let values: Vec<PartValues> = people.par_iter().map(|person| reader.row(*person as usize)).collect();
    let wanted = Wanted::new(&keys, &values);
    let blocks = wanted.find(left, words, &keys);
    let costs_of = |of_person: &Vec<Met>| {
        let mut costs = vec![0; keys.len()];
        for met in of_person {
            if let Some(cost) = costs.get_mut(met.key) {
                *cost += blocks.rows(*met).len() as u32;
            }
        }
        costs
    };
    let costs: Vec<Vec<u32>> = wanted.of_people.iter().map(costs_of).collect();
    let has_name = (0..).zip(&keys).filter(|(_, key)| key.contains(&KeyPart::Name));
    let drawing = Drawing {
        task,
        blocks: &blocks,
        cheap: affordable(&costs, keys.len(), task),
        named: has_name.fold(0, |bits, (key, _)| bits | 1 << key),
        name: keys.iter().position(|key| *key == [KeyPart::Name]),
        strangers: STRANGERS.min(ALL_STRANGERS.div_ceil(people.len().max(1))),
    };
    let found: Vec<Drawn> = people
        .par_iter()
        .zip(&wanted.of_people)
        .enumerate()
        .map(|(place, (right, met))| drawing.of_person(place as u32, *right, met))
        .collect();
    let mut sample = Sample { people, keys, costs, ..Sample::default() };
    for (pairs, strangers, namesakes) in found {
        sample.pairs.push(pairs);
        sample.strangers.extend(strangers);
        sample.namesakes.extend(namesakes);
    }
    sample
}

/// How the pairs of a person are drawn.
struct Drawing<'a> {
    task: &'a Task<'a>,
    blocks: &'a Blocks,
    /// The keys (as bits) that find candidates,
    cheap: u64,
    /// and those that the whole name is part of.
    named: u64,
    /// The key that is the name alone.
    name: Option<usize>,
    /// Random rows for each person.
    strangers: usize,
}

impl Drawing<'_> {
    fn of_person(&self, place: u32, right: u32, met: &[Met]) -> Drawn {
        let Self { task, .. } = self;
        let (left, subject) = (task.pairing.left, task.subject(right));
        let pair = |left: u32, keys: u64| task.pair(place, &subject, left, keys);
        let found = self.candidates(right, met);
        let touched = found.iter().fold(0, |sum, (row, _)| sum ^ left.touch_row(*row));
        std::hint::black_box(found.iter().fold(touched, |sum, (row, _)| sum ^ left.touch_values(*row)));
        let pairs: Vec<Pair> = found.into_iter().map(|(left, keys)| pair(left, keys)).collect();
        let mut dice = Dice::new(u64::from(right));
        let random = (0..self.strangers).map(|_| dice.below(left.len()) as u32);
        let random = random.filter(|left| !task.is_itself(right, *left));
        let strangers = random.map(|left| pair(left, 0).pattern).collect();
        let same = met.iter().find(|met| Some(met.key) == self.name);
        let same = same.map_or(&[][..], |met| self.blocks.rows(*met));
        // Who shares more than the name is looked at without exception, few of the many others are.
        let closer: Vec<Pair> = pairs.iter().filter(|pair| pair.keys & self.named != 0).copied().collect();
        let is_closer = |left: u32| closer.binary_search_by_key(&left, |pair| pair.left).is_ok();
        let is_other = |left: u32| !task.is_itself(right, left) && !is_closer(left);
        let others = same.len().saturating_sub(closer.len() + usize::from(task.itself));
        let (drawn, stands_for) = few(same, others, is_other, &mut dice);
        let drawn = drawn.into_iter().map(|left| (pair(left, 0), stands_for));
        let namesakes = drawn.chain(closer.iter().map(|pair| (*pair, 1.0))).collect();
        (pairs, strangers, namesakes)
    }

    /// Left rows of a person's blocks, and the keys that found them.
    fn candidates(&self, right: u32, met: &[Met]) -> Vec<(u32, u64)> {
        let mut found: Vec<(u32, u64)> = Vec::new();
        for met in met.iter().filter(|met| self.cheap >> met.key & 1 == 1) {
            let block = self.blocks.rows(*met);
            if block.len() <= self.task.largest_block as usize {
                found.extend(block.iter().map(|left| (*left, 1 << met.key)));
            }
        }
        found.retain(|(left, _)| !self.task.is_itself(right, *left));
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

/// Draws few of the rows that are wanted, of which there are `wanted`; each stands for so many of them.
fn few(rows: &[u32], wanted: usize, is_wanted: impl Fn(u32) -> bool, dice: &mut Dice) -> (Vec<u32>, f64) {
    let draws = (0..TRIES).filter_map(|_| rows.get(dice.below(rows.len())).copied());
    let drawn: Vec<u32> = draws.filter(|row| is_wanted(*row)).take(NAMESAKES).collect();
    let stands_for = wanted as f64 / drawn.len().max(1) as f64;
    (drawn, stands_for)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_drawn_stand_for_all_wanted_rows() {
        let rows: Vec<u32> = (0..1000).collect();
        let mut dice = Dice::new(3);
        let (drawn, stands_for) = few(&rows, 500, |row| row % 2 == 1, &mut dice);
        assert_eq!(drawn.len(), NAMESAKES);
        assert!(drawn.iter().all(|row| row % 2 == 1));
        assert!((stands_for * NAMESAKES as f64 - 500.0).abs() < 1e-9);
        assert_eq!(few(&rows, 0, |_| false, &mut dice), (Vec::new(), 0.0));
        assert_eq!(few(&[], 0, |_| true, &mut dice), (Vec::new(), 0.0));
    }
}
