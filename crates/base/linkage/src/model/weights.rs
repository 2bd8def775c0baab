//! The weights of all levels, and the weight of a pattern.

use crate::compare::{Comparisons, LEVELS, guesses, name_class};
use crate::outcome::{Comparison, EvidenceKind, Level};
use serde::{Deserialize, Serialize};

/// A probability for each level of each comparison.
pub(crate) type Shares = Vec<[f64; LEVELS]>;

/// What has been estimated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Weights {
    pub(crate) comparisons: Comparisons,
    /// Among pairs of one person.
    pub(crate) m: Shares,
    /// Among random pairs.
    pub(crate) u: Shares,
    /// Among pairs of different people with the same name; of the name itself as `u`.
    pub(crate) namesakes: Shares,
    /// Among pairs of a person with somebody of the same household.
    pub(crate) relatives: Shares,
    /// Relatives per left row.
    pub(crate) relatives_per_row: f64,
    /// Share of right people who are in the left table; in a dedupe, other rows of the same person per row.
    pub(crate) match_rate: f64,
    /// Whether a right person is at most one left row.
    pub(crate) exclusive: bool,
    /// Left rows.
    pub(crate) rows: f64,
    /// Places of the name and of the date of birth among the comparisons.
    name: Option<usize>,
    birth: Option<usize>,
}

/// Logarithms of [`Weights`], as the inner loop reads them.
#[derive(Clone, Debug)]
pub(crate) struct Score {
    m: Vec<[f32; LEVELS]>,
    u: Vec<[f32; LEVELS]>,
    namesakes: Vec<[f32; LEVELS]>,
    relatives: Vec<[f32; LEVELS]>,
    /// ln of the share of random pairs that are relatives.
    relative: f32,
    name: Option<usize>,
    birth: Option<usize>,
    /// ln(π / N) − ln(1 − π); in a dedupe ln(λ / N).
    pub(crate) prior: f32,
    /// Whether a right person is at most one left row.
    exclusive: bool,
}

/// The logarithms of how likely a pattern is: among pairs of one person, of strangers, of relatives.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Likelihood {
    m: f32,
    u: f32,
    kin: f32,
    /// Level of the name; 0 if names are not compared.
    pub(crate) name_level: u8,
    /// Level of the date of birth; 0 if dates are not compared.
    pub(crate) birth_level: u8,
}

impl Likelihood {
    /// The weight, given what the rarity of name and date adds.
    #[inline]
    pub(crate) fn weight(&self, rarity: f32) -> f32 {
        self.m - add_logs(self.u - rarity, self.kin)
    }
}

impl Weights {
    /// The guesses to begin with.
    pub(crate) fn guess(comparisons: Comparisons, rows: usize, exclusive: bool) -> Self {
        let m = comparisons.0.iter().map(|kind| {
            let mut shares = [0.0; LEVELS];
            for (share, (_, guess)) in shares.iter_mut().zip(guesses(*kind)) {
                *share = *guess;
            }
            shares
        });
        let m: Shares = m.collect();
        let u = vec![[0.5; LEVELS]; m.len()];
        let (name, birth) = (comparisons.place(EvidenceKind::Name), comparisons.place(EvidenceKind::Birth));
        Self {
            m,
            namesakes: u.clone(),
            relatives: u.clone(),
            u,
            relatives_per_row: 0.0,
            match_rate: if exclusive { 0.7 } else { 0.2 },
            exclusive,
            rows: rows as f64,
            name,
            birth,
            comparisons,
        }
    }

    /// How many levels a comparison has.
    pub(crate) fn levels(&self, comparison: usize) -> usize {
        self.comparisons.0.get(comparison).map_or(0, |kind| guesses(*kind).len())
    }

    /// The logarithms.
    pub(crate) fn score(&self) -> Score {
        let logs = |shares: &Shares| {
            shares
                .iter()
                .map(|levels| {
                    let mut logs = [0.0; LEVELS];
                    for (log, share) in logs.iter_mut().zip(levels).skip(1) {
                        *log = share.max(1e-12).ln() as f32;
                    }
                    logs
                })
                .collect::<Vec<_>>()
        };
        let nobody = if self.exclusive { (1.0 - self.match_rate).max(1e-6) } else { 1.0 };
        Score {
            m: logs(&self.m),
            u: logs(&self.u),
            namesakes: logs(&self.namesakes),
            relatives: logs(&self.relatives),
            relative: (self.relatives_per_row.max(1e-9) / self.rows).ln() as f32,
            name: self.name,
            birth: self.birth,
            prior: (self.match_rate / self.rows / nobody).ln() as f32,
            exclusive: self.exclusive,
        }
    }

    /// The comparisons with their levels, for the report.
    pub(crate) fn report(&self) -> Vec<Comparison> {
        let of = |shares: &Shares, place: usize, code: usize| {
            shares.get(place).and_then(|levels| levels.get(code)).copied().unwrap_or(0.0)
        };
        self.comparisons
            .0
            .iter()
            .enumerate()
            .map(|(place, kind)| {
                let levels = guesses(*kind).iter().enumerate().map(|(code, (key, _))| Level {
                    key: (*key).to_owned(),
                    m: if code == 0 { 1.0 } else { of(&self.m, place, code) },
                    u: if code == 0 { 1.0 } else { of(&self.u, place, code) },
                });
                Comparison { kind: *kind, levels: levels.collect() }
            })
            .collect()
    }
}

/// Level of a comparison in a pattern.
#[inline]
pub(crate) fn level(pattern: u64, place: usize) -> usize {
    (pattern >> (4 * place) & 15) as usize
}

impl Score {
    /// Natural logarithm of the likelihood ratio of a pattern; `rarity` is what the frequency of name and date adds.
    #[inline]
    pub(crate) fn weight(&self, pattern: u64, rarity: f32) -> f32 {
        self.likelihood(pattern).weight(rarity)
    }

    /// How likely a pattern is among pairs of one person and among others.
    pub(crate) fn likelihood(&self, pattern: u64) -> Likelihood {
        let at = |place: Option<usize>| place.map_or(0, |place| level(pattern, place) as u8);
        let (name_level, birth_level) = (at(self.name), at(self.birth));
        let strangers =
            if name_level != 0 && name_class(name_level) == 0 { &self.namesakes } else { &self.u };
        let (mut m, mut u, mut kin) = (0.0, 0.0, 0.0);
        let mut rest = pattern;
        for ((of_m, of_u), of_kin) in self.m.iter().zip(strangers).zip(&self.relatives) {
            let level = (rest & 15) as usize;
            rest >>= 4;
            m += of_m.get(level).copied().unwrap_or(0.0);
            u += of_u.get(level).copied().unwrap_or(0.0);
            kin += of_kin.get(level).copied().unwrap_or(0.0);
        }
        Likelihood { m, u, kin: kin + self.relative, name_level, birth_level }
    }

    /// Probability of a candidate, given its odds and the sum of the odds of all candidates.
    pub(crate) fn share(&self, odds: f64, all: f64) -> f64 {
        odds / (1.0 + if self.exclusive { all } else { odds })
    }

    /// Prior odds times likelihood ratio: how much likelier the pair is than nobody.
    pub(crate) fn odds(&self, weight: f32) -> f64 {
        f64::from(weight + self.prior).exp()
    }
}

/// ln(eᵃ + eᵇ).
#[inline]
fn add_logs(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if high - low > 16.0 { high } else { high + (low - high).exp().ln_1p() }
}
