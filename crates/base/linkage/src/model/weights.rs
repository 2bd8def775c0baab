//! The weights of all levels, and the weight of a pattern.

use crate::compare::{
    BIRTH_EXACT, Comparisons, LEVELS, SEX_DIFFERS, SEX_EQUAL, guesses, name_class, name_parts, same_year,
};
use crate::outcome::{Comparison, EvidenceKind, Level};
use serde::{Deserialize, Serialize};

/// A probability for each level of each comparison.
pub(crate) type Shares = Vec<[f64; LEVELS]>;

/// Share of twins who are of one sex: half of those who are not identical, and the identical ones, a third (Weinberg 1901).
pub(crate) const TWINS_OF_ONE_SEX: f64 = 2.0 / 3.0;
/// Siblings are at least such a share of relatives.
const LEAST_SIBLINGS: f64 = 0.1;

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
    /// Left rows that are relatives of a right person who is nobody of them.
    pub(crate) relatives_of_nobody: f64,
    /// Share of twins who are of one sex.
    pub(crate) twins_of_one_sex: f64,
    /// Share of strangers whose names resemble each other who are of one sex.
    pub(crate) similar_of_one_sex: f64,
    /// Share of right people who are in the left table; in a dedupe, other rows of the same person per row.
    pub(crate) match_rate: f64,
    /// Whether a right person is at most one left row.
    pub(crate) exclusive: bool,
    /// Left rows.
    pub(crate) rows: f64,
    /// Places of the name, of the date of birth and of the sex among the comparisons.
    name: Option<usize>,
    birth: Option<usize>,
    sex: Option<usize>,
}

/// Logarithms of [`Weights`], as the inner loop reads them.
#[derive(Clone, Debug)]
pub(crate) struct Score {
    m: Vec<[f32; LEVELS]>,
    u: Vec<[f32; LEVELS]>,
    namesakes: Vec<[f32; LEVELS]>,
    relatives: Vec<[f32; LEVELS]>,
    /// ln of the share of left rows that are relatives of a right person who is nobody of them.
    relative: f32,
    /// Relatives who were born on one day are twins: ln of how much more often they have one surname and two given
    /// names than others,
    twins: f32,
    /// of how much more seldom two of different surnames were born on one day,
    strange: f32,
    /// and of how much more often twins are of one sex, by its level, than relatives are.
    twins_by_sex: [f32; LEVELS],
    /// Names that resemble each other are of one sex: ln of how much more often strangers of such names are of each level of
    /// sex than others.
    similar_by_sex: [f32; LEVELS],
    name: Option<usize>,
    birth: Option<usize>,
    sex: Option<usize>,
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

    /// Probability that two people who are not one are relatives.
    pub(crate) fn relative(&self, rarity: f32) -> f64 {
        1.0 / (1.0 + f64::from(self.u - rarity - self.kin).exp())
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
        let [name, birth, sex] =
            [EvidenceKind::Name, EvidenceKind::Birth, EvidenceKind::Sex].map(|kind| comparisons.place(kind));
        Self {
            m,
            namesakes: u.clone(),
            relatives: u.clone(),
            u,
            relatives_per_row: 0.0,
            relatives_of_nobody: 0.0,
            twins_of_one_sex: TWINS_OF_ONE_SEX,
            similar_of_one_sex: 0.5,
            match_rate: if exclusive { 0.7 } else { 0.2 },
            exclusive,
            rows: rows as f64,
            name,
            birth,
            sex,
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
            twins: -self.siblings().ln() as f32,
            strange: self.strange(),
            twins_by_sex: self.by_sex(self.twins_of_one_sex, &self.relatives),
            similar_by_sex: self.by_sex(self.similar_of_one_sex, &self.u),
            relative: (self.relatives_of_nobody.max(1e-9) / self.rows).ln() as f32,
            name: self.name,
            birth: self.birth,
            sex: self.sex,
            prior: (self.match_rate / self.rows / nobody).ln() as f32,
            exclusive: self.exclusive,
        }
    }

    /// Share of relatives who have one surname and two given names.
    fn siblings(&self) -> f64 {
        let of_name = self.name.and_then(|place| self.relatives.get(place));
        let share = of_name.map_or(1.0, |levels| {
            (0..).zip(levels).filter(|(level, _)| are_siblings(*level)).map(|(_, share)| share).sum()
        });
        share.clamp(LEAST_SIBLINGS, 1.0)
    }

    fn strange(&self) -> f32 {
        let of_birth = self.birth.and_then(|place| self.relatives.get(place));
        let of_relatives = of_birth.and_then(|levels| levels.get(usize::from(BIRTH_EXACT))).copied();
        let scattered = self.scattered(BIRTH_EXACT, &self.relatives);
        (scattered / of_relatives.unwrap_or(1.0)).clamp(1e-6, 1.0).ln() as f32
    }

    /// ln of how much more often each level of sex is met where such a share is of one sex, than among some pairs.
    fn by_sex(&self, of_one_sex: f64, pairs: &Shares) -> [f32; LEVELS] {
        let mut logs = [0.0; LEVELS];
        let of_pairs = self.sex.and_then(|place| pairs.get(place));
        for (level, share) in [(SEX_EQUAL, of_one_sex), (SEX_DIFFERS, 1.0 - of_one_sex)] {
            let level = usize::from(level);
            if let (Some(log), Some(of_pairs)) = (logs.get_mut(level), of_pairs.and_then(|of| of.get(level)))
            {
                *log = (share.max(1e-6) / of_pairs.max(1e-6)).ln() as f32;
            }
        }
        logs
    }

    /// Whether a pattern is one that twins have; then whether they are of one sex.
    pub(crate) fn sex_of_twins(&self, pattern: u64) -> Option<bool> {
        let at = |place: Option<usize>| place.map_or(0, |place| level(pattern, place) as u8);
        let twins = are_siblings(at(self.name)) && at(self.birth) == BIRTH_EXACT;
        self.of_one_sex(pattern).filter(|_| twins)
    }

    /// Whether the names of a pattern resemble each other; then whether they are of one sex.
    pub(crate) fn sex_of_similar(&self, pattern: u64) -> Option<bool> {
        let name = self.name.map_or(0, |place| level(pattern, place) as u8);
        self.of_one_sex(pattern).filter(|_| are_similar(name))
    }

    fn of_one_sex(&self, pattern: u64) -> Option<bool> {
        match level(pattern, self.sex?) as u8 {
            SEX_EQUAL => Some(true),
            SEX_DIFFERS => Some(false),
            _ => None,
        }
    }

    /// Share of a level of equal dates of birth among some pairs, if those of one year were born on days as scattered as
    /// strangers.
    pub(crate) fn scattered(&self, level: u8, pairs: &Shares) -> f64 {
        let of_year = |shares: &Shares| -> f64 {
            let of_birth = self.birth.and_then(|place| shares.get(place)).into_iter().flatten();
            of_birth.enumerate().filter(|(level, _)| same_year(*level)).map(|(_, share)| share).sum()
        };
        let of_strangers = self.birth.and_then(|place| self.u.get(place)?.get(usize::from(level)));
        of_strangers.map_or(1.0, |share| share * of_year(pairs) / of_year(&self.u).max(1e-12))
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

/// Whether a level of the name is one that siblings have: one surname, another given name.
fn are_siblings(level: u8) -> bool {
    name_parts(level) == (true, false)
}

/// Whether a level of the name says that two resemble each other and are not as good as equal.
fn are_similar(level: u8) -> bool {
    level != 0 && (name_class(level) == 1 || name_class(level) == 2 && name_parts(level).1)
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
        if are_similar(name_level) {
            u += self.similar_by_sex.get(usize::from(at(self.sex))).copied().unwrap_or(0.0);
        }
        if birth_level == BIRTH_EXACT && name_level != 0 && name_class(name_level) == 2 {
            kin += if are_siblings(name_level) {
                self.twins + self.twins_by_sex.get(usize::from(at(self.sex))).copied().unwrap_or(0.0)
            } else {
                self.strange
            };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes of levels: a date that is another, names that share the surname, and names that share nothing.
    const OTHER_DATE: u64 = 10;
    const SURNAME: u64 = 13;
    const DIFFERENT: u64 = 15;

    #[test]
    fn relatives_born_on_one_day_have_one_surname() {
        let comparisons = Comparisons(vec![EvidenceKind::Name, EvidenceKind::Birth]);
        let mut weights = Weights::guess(comparisons, 1_000, true);
        (weights.relatives_per_row, weights.relatives_of_nobody) = (3.0, 3.0);
        for (shares, of_birth) in [(&mut weights.u, 5e-5), (&mut weights.relatives, 2e-3)] {
            shares[0] = [0.001; LEVELS];
            shares[0][SURNAME as usize] = 0.25;
            shares[0][DIFFERENT as usize] = 0.7;
            shares[1] = [0.01; LEVELS];
            shares[1][usize::from(BIRTH_EXACT)] = of_birth;
        }
        let score = weights.score();
        let kin = |name: u64, birth: u64| score.likelihood(name | birth << 4).kin.exp();
        let times = |name| kin(name, BIRTH_EXACT.into()) / kin(name, OTHER_DATE) / 0.2;
        assert!((times(SURNAME) - 1.0 / 0.251).abs() < 0.02, "twins: {}", times(SURNAME));
        assert!((times(DIFFERENT) - 5e-5 / 2e-3).abs() < 0.002, "by chance: {}", times(DIFFERENT));
    }

    #[test]
    fn twins_and_people_of_like_names_have_sexes_unlike_those_of_others() {
        const ONE_LETTER: u64 = 7;
        const OTHER_YEAR: u64 = 10;
        let comparisons = Comparisons(vec![EvidenceKind::Name, EvidenceKind::Birth, EvidenceKind::Sex]);
        let mut weights = Weights::guess(comparisons, 1_000, true);
        (weights.relatives_per_row, weights.relatives_of_nobody) = (3.0, 3.0);
        (weights.twins_of_one_sex, weights.similar_of_one_sex) = (0.7, 0.95);
        (weights.relatives[2][1], weights.relatives[2][2]) = (0.4, 0.6);
        let score = weights.score();
        let of = |name: u64, birth: u64, sex: u64| score.likelihood(name | birth << 4 | sex << 8);
        let twins = |sex| of(SURNAME, BIRTH_EXACT.into(), sex).kin;
        assert!(((twins(1) - twins(2)).exp() - 7.0 / 3.0).abs() < 1e-3, "they are of one sex more often");
        let siblings = |sex| of(SURNAME, OTHER_YEAR, sex).kin;
        assert!(((siblings(1) - siblings(2)).exp() - 4.0 / 6.0).abs() < 1e-3, "as all relatives");
        let strangers = |name, sex| of(name, OTHER_YEAR, sex).u;
        assert!(((strangers(ONE_LETTER, 1) - strangers(ONE_LETTER, 2)).exp() - 19.0).abs() < 0.01);
        assert!((strangers(DIFFERENT, 1) - strangers(DIFFERENT, 2)).abs() < 1e-6);
        let unknown = strangers(ONE_LETTER, 0) - strangers(DIFFERENT, 0);
        assert!(unknown.abs() < 1e-6, "an unknown sex says nothing");
    }
}
