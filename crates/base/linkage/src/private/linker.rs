//! Linking what cannot be read.
//!
//! Candidates come from locality-sensitive hashing: rows that agree in a few random bits of a filter are likely
//! to be similar in all of them, and several such draws find nearly all that are (Durham 2012). They leak
//! nothing that the filters do not show already. The model is Fellegi and Sunter's: the levels of a field are
//! steps of its Dice similarity, `u` is counted among random pairs, `m` estimated by EM in which the candidates
//! of one right row share one probability with "nobody".

use super::encode::Encoded;
use super::filter::{Filters, dice, has};
use super::harden::Chance;
use super::tokens::Field;
use rayon::prelude::*;
use std::collections::HashMap;

/// Levels of a field: missing, then by falling similarity.
const LEVELS: usize = 7;
/// Least similarity of a level, on a scale on which unrelated values have 0 and equal ones 1.
const STEPS: [f32; LEVELS - 2] = [0.97, 0.85, 0.7, 0.5, 0.25];
/// Random pairs that `u` is counted among: so many per left row, within these bounds.
const RANDOM_PAIRS: usize = 20;
const FEWEST_PAIRS: usize = 20_000;
const MOST_PAIRS: usize = 400_000;
/// Draws of bits per field, and rows of a draw's bucket beyond which it says nothing.
const DRAWS: usize = 24;
const LARGEST_BUCKET: usize = 400;
/// Rounds of EM; it settles long before.
const ROUNDS: usize = 60;

/// A pair of rows that are probably the same person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrivateLink {
    /// Row of the left table.
    pub left: u32,
    /// Row of the right table.
    pub right: u32,
    /// Probability that they are, given all candidates of the right row.
    pub probability: f32,
}

/// Why two encodings cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrivateError {
    /// They were made with different secrets or hardening.
    #[error("the tables were encoded with different secrets or settings")]
    DifferentSecrets,
    /// One of them has no rows, or they have no field in common.
    #[error("the tables have nothing in common to compare")]
    NothingToCompare,
}

impl PrivateError {
    /// Stable code, for programs and translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::DifferentSecrets => "linkage.private-different-secrets",
            Self::NothingToCompare => "linkage.private-nothing-to-compare",
        }
    }
}

/// The best link of each right row that has a probability of at least `least`, by right row.
///
/// # Errors
/// If the tables cannot be compared.
pub fn link(left: &Encoded, right: &Encoded, least: f32) -> Result<Vec<PrivateLink>, PrivateError> {
    if left.is_empty() || right.is_empty() {
        return Err(PrivateError::NothingToCompare);
    }
    if left.check != right.check {
        return Err(PrivateError::DifferentSecrets);
    }
    let fields: Vec<Scale<'_>> = Field::ALL
        .into_iter()
        .filter_map(|field| {
            let flip = left.hardening.map_or(0.0, |hardening| hardening.flip_chance());
            Some(Scale::new(field, left.field(field)?, right.field(field)?, flip))
        })
        .collect();
    if fields.is_empty() {
        return Err(PrivateError::NothingToCompare);
    }
    let candidates = candidates(&fields, right.len());
    let compared: Vec<Vec<(u32, Pattern)>> = candidates
        .into_par_iter()
        .enumerate()
        .map(|(row, lefts)| {
            lefts.into_iter().map(|left| (left, pattern(&fields, left as usize, row))).collect()
        })
        .collect();
    let model = Model::estimate(&fields, &compared, left.len(), right.len());
    let best = |(row, candidates): (usize, &Vec<(u32, Pattern)>)| {
        let shares = model.shares(candidates);
        let best = candidates.iter().zip(shares).max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.0.cmp(&a.0)));
        let ((left, _), probability) = best?;
        let right = u32::try_from(row).ok()?;
        let link = PrivateLink { left: *left, right, probability: probability as f32 };
        (link.probability >= least).then_some(link)
    };
    Ok(compared.iter().enumerate().filter_map(best).collect())
}

/// The levels of a pair, one per field.
type Pattern = [u8; Field::ALL.len()];

/// A field of both tables, and what similarity means in it.
struct Scale<'a> {
    field: Field,
    left: &'a Filters,
    right: &'a Filters,
    /// Mean Dice similarity of unrelated values, and of equal ones.
    floor: f32,
    ceiling: f32,
}

impl<'a> Scale<'a> {
    fn new(field: Field, left: &'a Filters, right: &'a Filters, flip: f64) -> Self {
        let mut chance = Chance(1);
        let (mut sum, mut pairs) = (0.0_f64, 0_u32);
        for _ in 0..4_000 {
            let (one, other) = (left.get(chance.below(left.len())), right.get(chance.below(right.len())));
            if let (Some(one), Some(other)) = (one, other) {
                sum += f64::from(dice(one, other));
                pairs += 1;
            }
        }
        let floor = (sum / f64::from(pairs.max(1))) as f32;
        // Both sides keep a bit with the same chance; what is left of a difference shrinks by its square.
        let kept = ((1.0 - 2.0 * flip) * (1.0 - 2.0 * flip)) as f32;
        Self { field, left, right, floor, ceiling: floor + (1.0 - floor) * kept }
    }

    fn level(&self, left: usize, right: usize) -> u8 {
        let (Some(one), Some(other)) = (self.left.get(left), self.right.get(right)) else { return 0 };
        let similarity = (dice(one, other) - self.floor) / (self.ceiling - self.floor).max(1e-6);
        let level = STEPS.iter().position(|step| similarity >= *step).unwrap_or(STEPS.len());
        u8::try_from(level + 1).unwrap_or(0)
    }
}

fn pattern(fields: &[Scale<'_>], left: usize, right: usize) -> Pattern {
    let mut pattern = Pattern::default();
    for (slot, scale) in pattern.iter_mut().zip(fields) {
        *slot = scale.level(left, right);
    }
    pattern
}

/// Some bits of a field, and the left rows by their values.
struct Draw {
    /// Place of the field.
    field: usize,
    positions: Vec<usize>,
    buckets: HashMap<u64, Vec<u32>>,
}

/// Per right row the left rows that share a bucket of some draw with it.
fn candidates(fields: &[Scale<'_>], rows: usize) -> Vec<Vec<u32>> {
    let draws: Vec<Draw> = fields
        .iter()
        .enumerate()
        .flat_map(|(place, scale)| {
            // A name varies, so its draws are short; numbers vary less and there are more of them.
            let (draws, bits) = match scale.field {
                Field::Name => (DRAWS, 20),
                Field::Birth | Field::Place => (DRAWS / 3, 28),
                Field::Number | Field::Phone => (DRAWS / 3, 24),
            };
            (0..draws).map(move |draw| (place, draw, bits))
        })
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter_map(|(place, draw, bits)| {
            let scale = fields.get(place)?;
            let mut chance = Chance((place * 1_000 + draw) as u64);
            let positions: Vec<usize> = (0..bits).map(|_| chance.below(scale.left.bits())).collect();
            let mut buckets: HashMap<u64, Vec<u32>> = HashMap::new();
            for row in 0..scale.left.len() {
                if let Some(filter) = scale.left.get(row) {
                    buckets.entry(key(filter, &positions)).or_default().push(u32::try_from(row).ok()?);
                }
            }
            buckets.retain(|_, rows| rows.len() <= LARGEST_BUCKET);
            Some(Draw { field: place, positions, buckets })
        })
        .collect();
    let of_row = |row: usize| {
        let mut found: Vec<u32> = Vec::new();
        for Draw { field, positions, buckets } in &draws {
            let filter = fields.get(*field).and_then(|scale| scale.right.get(row));
            found
                .extend(filter.and_then(|filter| buckets.get(&key(filter, positions))).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found
    };
    (0..rows).into_par_iter().map(of_row).collect()
}

fn key(filter: &[u64], positions: &[usize]) -> u64 {
    positions.iter().fold(0, |key, position| key << 1 | u64::from(has(filter, *position)))
}

/// Weights of levels, and how likely a right row is in the left table at all.
struct Model {
    /// Likelihood ratio per field and level.
    ratios: [[f64; LEVELS]; Field::ALL.len()],
    match_rate: f64,
    lefts: f64,
}

impl Model {
    fn estimate(fields: &[Scale<'_>], compared: &[Vec<(u32, Pattern)>], lefts: usize, rights: usize) -> Self {
        let mut u = [[1.0_f64; LEVELS]; Field::ALL.len()];
        let mut chance = Chance(2);
        for _ in 0..(lefts * RANDOM_PAIRS).clamp(FEWEST_PAIRS, MOST_PAIRS) {
            count(&mut u, &pattern(fields, chance.below(lefts), chance.below(rights)), 1.0);
        }
        let u = normalised(u);
        let guess = [0.0, 0.7, 0.1, 0.08, 0.06, 0.04, 0.02];
        let mut m = [guess; Field::ALL.len()];
        let mut model = Self { ratios: ratios(&m, &u), match_rate: 0.8, lefts: lefts as f64 };
        for _ in 0..ROUNDS {
            let mut counts = [[0.5_f64; LEVELS]; Field::ALL.len()];
            let mut matched = 0.0;
            for candidates in compared {
                for ((_, pattern), share) in candidates.iter().zip(model.shares(candidates)) {
                    if share > 1e-4 {
                        count(&mut counts, pattern, share);
                        matched += share;
                    }
                }
            }
            m = normalised(counts);
            model.ratios = ratios(&m, &u);
            model.match_rate = (matched / rights as f64).clamp(0.001, 0.999);
        }
        model
    }

    /// The probability of each candidate of a row; what is missing to 1 is nobody's.
    fn shares(&self, candidates: &[(u32, Pattern)]) -> Vec<f64> {
        let prior = self.match_rate / self.lefts;
        let odds: Vec<f64> = candidates
            .iter()
            .map(|(_, pattern)| {
                let levels = self.ratios.iter().zip(pattern);
                levels.filter_map(|(ratios, level)| ratios.get(usize::from(*level))).product::<f64>() * prior
            })
            .collect();
        let all = odds.iter().sum::<f64>() + 1.0 - self.match_rate;
        odds.iter().map(|odds| odds / all).collect()
    }
}

fn count(counts: &mut [[f64; LEVELS]], pattern: &Pattern, weight: f64) {
    for (counts, level) in counts.iter_mut().zip(pattern) {
        if let Some(count) = counts.get_mut(usize::from(*level)) {
            *count += weight;
        }
    }
}

/// Shares of the levels of each field; `missing` says nothing and is left out.
fn normalised<const FIELDS: usize>(mut counts: [[f64; LEVELS]; FIELDS]) -> [[f64; LEVELS]; FIELDS] {
    for levels in &mut counts {
        let total: f64 = levels.iter().skip(1).sum();
        for share in levels.iter_mut() {
            *share /= total.max(1e-9);
        }
    }
    counts
}

fn ratios<const FIELDS: usize>(
    m: &[[f64; LEVELS]; FIELDS],
    u: &[[f64; LEVELS]; FIELDS],
) -> [[f64; LEVELS]; FIELDS] {
    let mut ratios = [[1.0; LEVELS]; FIELDS];
    for ((ratios, m), u) in ratios.iter_mut().zip(m).zip(u) {
        for ((ratio, m), u) in ratios.iter_mut().zip(m).zip(u).skip(1) {
            *ratio = (m / u.max(1e-9)).clamp(1e-6, 1e9);
        }
    }
    ratios
}
