//! Which links a person should look at.
//!
//! Looking at links with probability 0.999 teaches nothing, and there are most of them. The sample is
//! stratified by probability and spends the hours where they narrow the estimates most: each stratum gets
//! links in proportion to its size times its standard deviation √(p(1 − p)) (Neyman, *On the Two Different
//! Aspects of the Representative Method*, JRSS 97, 1934), and the strata end where equal parts of Σ√(p(1 − p))
//! end (Dalenius and Hodges, *Minimum Variance Stratification*, JASA 54, 1959), and at the thresholds in
//! question. Every stratum gets a few, because a model that is wrong is wrong where it feels sure.

/// Strata besides those that the thresholds add.
const STRATA: usize = 8;
/// Links a stratum gets at least, if it has as many.
const FEWEST: usize = 4;

/// Links of similar probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stratum {
    /// Lowest probability.
    pub from: f64,
    /// Up to but not including; the last one includes 1.
    pub to: f64,
    /// Links in it.
    pub links: u64,
    /// Sum of their probabilities.
    pub expected: f64,
}

/// A link to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Its place in the list of probabilities.
    pub link: usize,
    /// Its stratum.
    pub stratum: usize,
}

/// A sample for clerical review.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// The strata, by rising probability.
    pub strata: Vec<Stratum>,
    /// The links to look at, in the order of their places: neither probability nor stratum shows, so that
    /// reviewers are not led.
    pub picks: Vec<Pick>,
}

/// Draws `budget` links for review. The same input and seed give the same sample.
pub fn draw(probabilities: &[f32], thresholds: &[f64], budget: usize, seed: u64) -> Sample {
    let clean = |p: &f32| if p.is_nan() { 0.0 } else { f64::from(p.clamp(0.0, 1.0)) };
    let edges = edges(probabilities.iter().map(clean), thresholds);
    let mut strata: Vec<Stratum> = edges
        .windows(2)
        .filter_map(|pair| match pair {
            [from, to] => Some(Stratum { from: *from, to: *to, links: 0, expected: 0.0 }),
            _ => None,
        })
        .collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); strata.len()];
    for (link, probability) in probabilities.iter().map(clean).enumerate() {
        let place = strata.partition_point(|stratum| stratum.from <= probability).saturating_sub(1);
        if let (Some(stratum), Some(members)) = (strata.get_mut(place), members.get_mut(place)) {
            stratum.links += 1;
            stratum.expected += probability;
            members.push(link);
        }
    }
    let mut chance = Chance::new(seed);
    let mut picks = Vec::with_capacity(budget);
    for ((stratum, mut members), take) in members.into_iter().enumerate().zip(allocation(&strata, budget)) {
        for taken in 0..take.min(members.len()) {
            let left = members.len() - taken;
            let at = taken + ((chance.share() * left as f64) as usize).min(left.saturating_sub(1));
            members.swap(taken, at);
            picks.extend(members.get(taken).map(|link| Pick { link: *link, stratum }));
        }
    }
    picks.sort_by_key(|pick| pick.link);
    Sample { strata, picks }
}

/// Where strata begin and end: 0, 1, the thresholds, and equal parts of Σ√(p(1 − p)), found on the scale of
/// log odds, where 0.99 and 0.999 are as far apart as they are in truth.
fn edges(probabilities: impl Iterator<Item = f64>, thresholds: &[f64]) -> Vec<f64> {
    const CELLS: usize = 1000;
    /// Log odds of the last cell.
    const END: f64 = 14.0;
    let mut cells = [0.0_f64; CELLS];
    for probability in probabilities {
        let log_odds = (probability / (1.0 - probability)).ln().clamp(-END, END);
        let cell = (((log_odds + END) / (2.0 * END) * CELLS as f64) as usize).min(CELLS - 1);
        if let Some(sum) = cells.get_mut(cell) {
            *sum += (probability * (1.0 - probability)).sqrt();
        }
    }
    let total: f64 = cells.iter().sum();
    let mut edges = vec![0.0, 1.0];
    edges.extend(thresholds.iter().copied().filter(|threshold| (0.001..0.999).contains(threshold)));
    let (mut sum, mut next) = (0.0, 1);
    for (cell, add) in cells.iter().enumerate() {
        let before = sum;
        sum += add;
        while next < STRATA && total > 0.0 && sum >= total * next as f64 / STRATA as f64 {
            // A cell that fills several parts by itself is a stratum of its own.
            let start =
                if before + add * 0.5 >= total * next as f64 / STRATA as f64 { cell } else { cell + 1 };
            let log_odds = start as f64 / CELLS as f64 * 2.0 * END - END;
            edges.push(1.0 / (1.0 + (-log_odds).exp()));
            next += 1;
        }
    }
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    edges
}

/// How many links of each stratum: a few of each, the rest by size times standard deviation.
fn allocation(strata: &[Stratum], budget: usize) -> Vec<usize> {
    let size = |stratum: &Stratum| stratum.links as usize;
    let mut taken: Vec<usize> =
        strata.iter().map(|stratum| size(stratum).min(FEWEST.min(budget / strata.len().max(1)))).collect();
    // Given one by one to the stratum that gains most, which also respects how many links there are.
    let gain = |stratum: &Stratum, taken: usize| {
        let share = (stratum.expected / stratum.links.max(1) as f64).clamp(0.0005, 0.9995);
        let deviation = stratum.links as f64 * (share * (1.0 - share)).sqrt();
        deviation * deviation / (taken.max(1) * (taken + 1)) as f64
    };
    let mut left = budget.saturating_sub(taken.iter().sum());
    while left > 0 {
        let open =
            strata.iter().zip(&taken).enumerate().filter(|(_, (stratum, taken))| **taken < size(stratum));
        let best = open.max_by(|(_, (a, x)), (_, (b, y))| gain(a, **x).total_cmp(&gain(b, **y)));
        let Some((place, _)) = best else { break };
        if let Some(count) = taken.get_mut(place) {
            *count += 1;
        }
        left -= 1;
    }
    taken
}

/// A small generator of numbers for samples that can be drawn again (SplitMix64: Steele, Lea and Flood, OOPSLA
/// 2014). Not for secrets.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to but not including 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn skewed(links: usize) -> Vec<f32> {
        let mut chance = Chance::new(1);
        (0..links).map(|_| if chance.share() < 0.9 { 0.999 } else { chance.share() as f32 }).collect()
    }

    #[test]
    fn hours_go_where_doubt_is() {
        let probabilities = skewed(10_000);
        let sample = draw(&probabilities, &[0.5], 200, 7);
        assert_eq!(sample.picks.len(), 200);
        let doubtful = sample.picks.iter().filter(|pick| probabilities[pick.link] < 0.99).count();
        assert!(doubtful > 100, "{doubtful}");
        for (place, stratum) in sample.strata.iter().enumerate().filter(|(_, stratum)| stratum.links > 10) {
            let taken = sample.picks.iter().filter(|pick| pick.stratum == place).count();
            assert!(taken >= FEWEST, "{stratum:?}");
        }
        assert!(sample.strata.iter().any(|stratum| (stratum.from - 0.5).abs() < 1e-9));
    }

    #[test]
    fn a_sample_can_be_drawn_again() {
        let probabilities = skewed(1_000);
        assert_eq!(draw(&probabilities, &[0.5], 50, 3), draw(&probabilities, &[0.5], 50, 3));
        assert_ne!(draw(&probabilities, &[0.5], 50, 3), draw(&probabilities, &[0.5], 50, 4));
    }

    proptest! {
        #[test]
        fn picks_are_distinct_and_of_their_stratum(
            probabilities in proptest::collection::vec(0.0_f32..=1.0, 0..200),
            budget in 0_usize..100,
            seed: u64,
        ) {
            let sample = draw(&probabilities, &[0.1, 0.5], budget, seed);
            prop_assert_eq!(sample.picks.len(), budget.min(probabilities.len()));
            prop_assert!(sample.picks.windows(2).all(|pair| pair[0].link < pair[1].link));
            for pick in &sample.picks {
                let (p, stratum) = (f64::from(probabilities[pick.link]), sample.strata[pick.stratum]);
                prop_assert!(stratum.from <= p && (p < stratum.to || p >= 1.0));
            }
            prop_assert_eq!(sample.strata.iter().map(|s| s.links).sum::<u64>(), probabilities.len() as u64);
        }
    }
}
