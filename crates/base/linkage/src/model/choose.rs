//! Which keys are used, in which order: each next key is the one that finds the most true pairs that the keys before
//! it miss, for the pairs it costs.

use super::estimate::Estimate;
use super::sample::Sample;
use crate::block::{Key, key_name};
use crate::outcome::BlockingKey;

/// Probing a key costs as much as comparing so many pairs.
const PROBE: f64 = 4.0;
/// A key that finds a smaller further share of the true pairs is not worth it.
const LEAST: f64 = 0.001;
/// Nor one that finds a smaller share of them for each pair it costs per person.
const LEAST_PER_PAIR: f64 = 0.001_2;
/// A person whose match is so sure needs no further keys.
pub(crate) const SURE: f64 = 0.98;

/// The keys in the order in which they are tried.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) keys: Vec<Key>,
    pub(crate) report: Vec<BlockingKey>,
    /// Share of the true pairs of the sample that they find.
    pub(crate) recall: f64,
}

/// Chooses keys within `pairs_per_row`.
pub(crate) fn choose(sample: &Sample, estimate: &Estimate, largest_block: u32, pairs_per_row: f64) -> Chosen {
    let people = sample.people.len().max(1) as f64;
    let total: f64 =
        estimate.pairs.iter().flatten().map(|(_, probability)| probability).sum::<f64>().max(1e-9);
    let cost_of = |person: usize, key: usize| {
        let cost = sample.costs.get(person).and_then(|costs| costs.get(key)).copied().unwrap_or(0);
        if cost > largest_block { 0.0 } else { f64::from(cost) }
    };
    let mut decided = vec![false; sample.people.len()];
    let mut chosen = Chosen::default();
    let (mut taken, mut spent) = (0_u64, 0.0);
    loop {
        let mut offers = vec![(0.0, 0.0); sample.keys.len()];
        let undecided = estimate.pairs.iter().enumerate().zip(&decided).filter(|(_, decided)| !**decided);
        for ((person, of_person), _) in undecided {
            for (key, (_, cost)) in offers.iter_mut().enumerate() {
                *cost += PROBE + cost_of(person, key);
            }
            for (pair, probability) in of_person.iter().filter(|(pair, _)| pair.keys & taken == 0) {
                for key in bits(pair.keys) {
                    if let Some((gain, _)) = offers.get_mut(key) {
                        *gain += probability;
                    }
                }
            }
        }
        let mut best: Option<(f64, usize, f64, f64)> = None;
        for (key, (gain, cost)) in offers.into_iter().enumerate().filter(|(key, _)| taken >> key & 1 == 0) {
            let worth = gain / cost.max(1.0);
            let fits = spent + cost / people <= pairs_per_row;
            let enough = gain / total >= LEAST.max(LEAST_PER_PAIR * cost / people);
            if enough && fits && best.is_none_or(|(before, ..)| worth > before) {
                best = Some((worth, key, cost, gain));
            }
        }
        let Some((_, key, cost, gain)) = best else { break };
        taken |= 1 << key;
        spent += cost / people;
        chosen.recall += gain / total;
        for (decided, of_person) in decided.iter_mut().zip(&estimate.pairs) {
            *decided |= estimate.weights.exclusive
                && of_person.iter().any(|(pair, p)| *p >= SURE && pair.keys & taken != 0);
        }
        let Some(parts) = sample.keys.get(key) else { break };
        chosen.report.push(BlockingKey { name: key_name(parts), pairs: cost / people, recall: gain / total });
        chosen.keys.push(parts.clone());
    }
    chosen
}

/// The places of the bits that are set.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = word.trailing_zeros();
        word &= word.checked_sub(1)?;
        Some(place as usize)
    })
}
