//! Whether 0.9 means nine in ten, and what to do if it does not.
//!
//! The curve sets what was believed against what was seen, in bins of equal weight; the expected calibration
//! error is the mean distance between the two (Naeini, Cooper and Hauskrecht, *Obtaining Well Calibrated
//! Probabilities Using Bayesian Binning*, AAAI 2015). A rising step function that fits the labels best —
//! isotonic regression, by pooling adjacent violators (Ayer et al., *An Empirical Distribution Function for
//! Sampling with Incomplete Information*, Ann. Math. Stat. 26, 1955; Zadrozny and Elkan, KDD 2002) — mends
//! probabilities without touching their order. With few labels it fits noise, so [`Recalibration::fit`] tries
//! it on labels that it has not seen and declines if it does not help.

use super::beta::interval;
use super::effect::LEVEL;

/// A link that somebody looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The probability the model gave.
    pub probability: f64,
    /// Whether it was right.
    pub same: bool,
    /// How many links it stands for: the size of its stratum by the labels in it; 1 in a simple sample.
    pub weight: f64,
}

/// One point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Mean probability that was given.
    pub believed: f64,
    /// Share that was right.
    pub seen: f64,
    /// Ends of the 95 % interval of that share.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Labels in it.
    pub labels: usize,
}

/// A calibration curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Its points, by rising probability.
    pub bins: Vec<Bin>,
    /// Expected calibration error: mean distance between believed and seen.
    pub error: f64,
    /// Brier score: mean squared distance of the single probabilities from the truth.
    pub brier: f64,
}

/// The calibration of links that were looked at, in up to `bins` bins of about equal weight. Links of one
/// probability share a bin.
pub fn calibration(judged: &[Judged], bins: usize) -> Calibration {
    let sorted = sorted(judged);
    let total: f64 = sorted.iter().map(|one| one.weight).sum();
    if total <= 0.0 {
        return Calibration::default();
    }
    let mut found: Vec<Vec<Judged>> = Vec::with_capacity(bins);
    let (mut sum, mut last) = (0.0, f64::NAN);
    for one in sorted {
        let full = sum >= total * found.len() as f64 / bins.max(1) as f64;
        sum += one.weight;
        match found.last_mut() {
            Some(bin) if !full || one.probability == last => bin.push(one),
            _ => found.push(vec![one]),
        }
        last = one.probability;
    }
    let mut curve = Calibration::default();
    for bin in found {
        let (point, weight) = point(&bin);
        curve.error += (point.believed - point.seen).abs() * weight / total;
        curve.bins.push(point);
    }
    curve.brier = brier(judged, |probability| probability);
    curve
}

/// The point of a bin, and its weight.
fn point(bin: &[Judged]) -> (Bin, f64) {
    let weight: f64 = bin.iter().map(|one| one.weight).sum();
    let squares: f64 = bin.iter().map(|one| one.weight * one.weight).sum();
    let mean =
        |value: fn(&Judged) -> f64| bin.iter().map(|one| value(one) * one.weight).sum::<f64>() / weight;
    let (believed, seen) = (mean(|one| one.probability), mean(truth));
    // Kish's effective number of labels, and a beta posterior that begins with half a label on either side.
    let labels = weight * weight / squares;
    let smoothed = (seen * labels + 0.5) / (labels + 1.0);
    let (low, high) = interval(smoothed, smoothed * (1.0 - smoothed) / (labels + 2.0), LEVEL);
    (Bin { believed, seen, low: low.min(seen), high: high.max(seen), labels: bin.len() }, weight)
}

/// A correction of probabilities that keeps their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recalibration {
    /// Probability as given, and as corrected; both rising.
    knots: Vec<(f64, f64)>,
}

impl Recalibration {
    /// Fits a correction; `None` if on labels set aside (five parts in turn) it does not lower the Brier score.
    pub fn fit(judged: &[Judged]) -> Option<Self> {
        const PARTS: usize = 5;
        if judged.len() < 4 * PARTS {
            return None;
        }
        let sorted = sorted(judged);
        let part = |wanted: usize, inside: bool| -> Vec<Judged> {
            sorted
                .iter()
                .enumerate()
                .filter(|(at, _)| (at % PARTS == wanted) == inside)
                .map(|(_, one)| *one)
                .collect()
        };
        let (mut with, mut without) = (0.0, 0.0);
        for wanted in 0..PARTS {
            let (aside, rest) = (part(wanted, true), part(wanted, false));
            let fitted = Self::isotonic(&rest);
            with += brier(&aside, |probability| fitted.apply(probability));
            without += brier(&aside, |probability| probability);
        }
        (with < without).then(|| Self::isotonic(&sorted))
    }

    /// The rising step function closest to the labels; `judged` is sorted.
    fn isotonic(judged: &[Judged]) -> Self {
        struct Block {
            weight: f64,
            truth: f64,
            believed: f64,
        }
        let mut blocks: Vec<Block> = Vec::new();
        for one in judged {
            let mut block = Block {
                weight: one.weight,
                truth: truth(one) * one.weight,
                believed: one.probability * one.weight,
            };
            while let Some(before) =
                blocks.pop_if(|before| before.truth / before.weight >= block.truth / block.weight)
            {
                block.weight += before.weight;
                block.truth += before.truth;
                block.believed += before.believed;
            }
            blocks.push(block);
        }
        // Half a label on either side keeps the ends from being certain.
        let mean_weight = judged.iter().map(|one| one.weight).sum::<f64>() / judged.len().max(1) as f64;
        let knot = |block: &Block| {
            let share = (block.truth + 0.5 * mean_weight) / (block.weight + mean_weight);
            (block.believed / block.weight, share)
        };
        let mut knots: Vec<(f64, f64)> = blocks.iter().map(knot).collect();
        let mut highest = 0.0_f64;
        for (_, share) in &mut knots {
            highest = highest.max(*share);
            *share = highest;
        }
        Self { knots }
    }

    /// The corrected probability, linear between the knots.
    pub fn apply(&self, probability: f64) -> f64 {
        let place = self.knots.partition_point(|(given, _)| *given <= probability);
        let before = place.checked_sub(1).and_then(|place| self.knots.get(place));
        match (before, self.knots.get(place)) {
            (None, None) => probability,
            (None, Some((given, share))) => share * (probability / given.max(1e-9)).clamp(0.0, 1.0),
            (Some((given, share)), None) => {
                share + (1.0 - share) * ((probability - given) / (1.0 - given).max(1e-9)).clamp(0.0, 1.0)
            }
            (Some((from, low)), Some((to, high))) => {
                low + (high - low) * (probability - from) / (to - from).max(1e-12)
            }
        }
    }
}

fn sorted(judged: &[Judged]) -> Vec<Judged> {
    let usable = |one: &&Judged| one.probability.is_finite() && one.weight.is_finite() && one.weight > 0.0;
    let mut sorted: Vec<Judged> = judged.iter().filter(usable).copied().collect();
    sorted.sort_by(|a, b| a.probability.total_cmp(&b.probability));
    sorted
}

fn truth(one: &Judged) -> f64 {
    f64::from(u8::from(one.same))
}

fn brier(judged: &[Judged], given: impl Fn(f64) -> f64) -> f64 {
    let weight: f64 = judged.iter().map(|one| one.weight).sum();
    let sum: f64 = judged.iter().map(|one| one.weight * (given(one.probability) - truth(one)).powi(2)).sum();
    if weight > 0.0 { sum / weight } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Chance;
    use super::*;
    use proptest::prelude::*;

    fn judged(seed: u64, labels: usize, truth: fn(f64) -> f64) -> Vec<Judged> {
        let mut chance = Chance::new(seed);
        let mut one = || {
            let probability = chance.share();
            Judged { probability, same: chance.share() < truth(probability), weight: 1.0 }
        };
        (0..labels).map(|_| one()).collect()
    }

    #[test]
    fn calibrated_probabilities_are_found_calibrated() {
        let curve = calibration(&judged(1, 20_000, |p| p), 10);
        assert_eq!(curve.bins.len(), 10);
        assert!(curve.error < 0.012, "{}", curve.error);
        assert!(
            curve.bins.iter().filter(|bin| bin.low <= bin.believed && bin.believed <= bin.high).count() >= 8
        );
        assert!((curve.brier - 1.0 / 6.0).abs() < 0.005);
    }

    #[test]
    fn overconfidence_is_seen_and_mended() {
        let labels = judged(2, 2_000, |p| p * p);
        let before = calibration(&labels, 10);
        assert!(before.error > 0.12, "{}", before.error);
        let mended = Recalibration::fit(&labels).expect("it helps");
        let fresh: Vec<Judged> = judged(3, 20_000, |p| p * p)
            .into_iter()
            .map(|one| Judged { probability: mended.apply(one.probability), ..one })
            .collect();
        let after = calibration(&fresh, 10);
        assert!(after.error < 0.03, "{}", after.error);
    }

    #[test]
    fn what_is_right_is_left_alone() {
        let declined =
            (0..20).filter(|seed| Recalibration::fit(&judged(*seed, 200, |p| p)).is_none()).count();
        assert!(declined >= 15, "{declined} of 20");
        assert_eq!(Recalibration::fit(&[]), None);
    }

    #[test]
    fn nothing_is_survived() {
        assert_eq!(calibration(&[], 10), Calibration::default());
        let odd = [Judged { probability: f64::NAN, same: true, weight: 1.0 }];
        assert_eq!(calibration(&odd, 0), Calibration::default());
    }

    proptest! {
        #[test]
        fn a_correction_keeps_the_order(seed: u64, one in 0.0..1.0_f64, other in 0.0..1.0_f64) {
            let fitted = Recalibration::isotonic(&sorted(&judged(seed, 60, |p| p * p)));
            let (low, high) = (fitted.apply(one.min(other)), fitted.apply(one.max(other)));
            prop_assert!(low <= high + 1e-12);
            prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
        }
    }
}
