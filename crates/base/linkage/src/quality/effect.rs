//! What each threshold does.

use super::beta::interval;

/// The level of all intervals.
pub(super) const LEVEL: f64 = 0.95;

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The expected value, 0..=1.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// A share of this mean and variance.
    pub(super) fn of(mean: f64, variance: f64) -> Self {
        let (low, high) = interval(mean, variance, LEVEL);
        Self { value: if mean.is_finite() { mean.clamp(0.0, 1.0) } else { 0.0 }, low, high }
    }
}

/// What a threshold does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Links from this probability on are matches.
    pub threshold: f64,
    /// How many that are.
    pub matches: u64,
    /// Expected number of wrong ones among them.
    pub false_matches: f64,
    /// Expected number of true links below the threshold, with those that blocking missed.
    pub missed: f64,
    /// Share of the matches that are right.
    pub precision: Estimate,
    /// Share of the true links that are matches.
    pub recall: Estimate,
    /// Expected F₁: harmonic mean of precision and recall.
    pub f1: f64,
}

/// Sums of probabilities on one side of a threshold: expected true links, and the variance of their number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Side {
    pub(super) links: f64,
    pub(super) truth: f64,
    pub(super) variance: f64,
}

impl Side {
    pub(super) fn add(&mut self, probability: f64) {
        self.links += 1.0;
        self.truth += probability;
        // A link is right or not, like a coin of its probability. Candidates of one row exclude each other,
        // which makes their sum vary less: the interval errs on the wide side.
        self.variance += probability * (1.0 - probability);
    }

    fn without(self, other: Self) -> Self {
        Self {
            links: self.links - other.links,
            truth: self.truth - other.truth,
            variance: self.variance - other.variance,
        }
    }
}

/// The effect of each threshold, from the probabilities of all candidate links. `unseen`: expected number of
/// true links that are no candidates, as blocking's recall says (`truth · (1 − recall) / recall`).
///
/// Costs a sort; thresholds may be any number. Probabilities that are no numbers count as 0.
///
/// ```
/// use d06_linkage::quality::effects;
/// let probabilities = [0.99, 0.95, 0.90, 0.40, 0.05];
/// let table = effects(&probabilities, 0.0, &[0.5, 0.3]);
/// assert_eq!(table[0].matches, 3);
/// assert!((table[0].precision.value - 0.9467).abs() < 1e-4);
/// assert!(table[1].recall.value > table[0].recall.value);
/// ```
pub fn effects(probabilities: &[f32], unseen: f64, thresholds: &[f64]) -> Vec<Effect> {
    let mut sorted: Vec<f32> =
        probabilities.iter().map(|p| if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) }).collect();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let mut all = Side::default();
    for probability in &sorted {
        all.add(f64::from(*probability));
    }
    let mut order: Vec<usize> = (0..thresholds.len()).collect();
    order.sort_by(|a, b| {
        thresholds.get(*b).partial_cmp(&thresholds.get(*a)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut above = Side::default();
    let mut rest = sorted.iter().peekable();
    let mut table: Vec<(usize, Effect)> = Vec::with_capacity(thresholds.len());
    for place in order {
        let Some(threshold) = thresholds.get(place).copied() else { continue };
        while let Some(probability) = rest.next_if(|probability| f64::from(**probability) >= threshold) {
            above.add(f64::from(*probability));
        }
        table.push((place, effect(threshold, above, all.without(above), unseen.max(0.0))));
    }
    table.sort_by_key(|(place, _)| *place);
    table.into_iter().map(|(_, effect)| effect).collect()
}

/// The effect of a threshold with these two sides. `unseen` adds to what is missed.
pub(super) fn effect(threshold: f64, above: Side, below: Side, unseen: f64) -> Effect {
    let missed = below.truth.max(0.0) + unseen;
    let truth = above.truth + missed;
    let precision = if above.links > 0.0 {
        Estimate::of(above.truth / above.links, above.variance / (above.links * above.links))
    } else {
        Estimate { value: 1.0, low: 1.0, high: 1.0 }
    };
    // Delta method for T / (T + F): the derivatives are F / (T + F)² and −T / (T + F)².
    let recall = if truth > 0.0 {
        let scale = 1.0 / (truth * truth);
        let variance = (missed * scale).powi(2) * above.variance
            + (above.truth * scale).powi(2) * below.variance.max(0.0);
        Estimate::of(above.truth / truth, variance)
    } else {
        Estimate::default()
    };
    let sum = precision.value + recall.value;
    Effect {
        threshold,
        matches: above.links as u64,
        false_matches: (above.links - above.truth).max(0.0),
        missed,
        precision,
        recall,
        f1: if sum > 0.0 { 2.0 * precision.value * recall.value / sum } else { 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Chance;
    use super::*;
    use proptest::prelude::*;

    /// Calibrated links: a probability, and a truth drawn with it.
    fn world(seed: u64, links: usize) -> (Vec<f32>, Vec<bool>) {
        let mut chance = Chance::new(seed);
        let draw = |chance: &mut Chance| {
            let u = chance.share();
            // Most are clear, some are not.
            let probability = if u < 0.6 { 1.0 - chance.share() * 0.05 } else { chance.share().powi(2) };
            (probability as f32, chance.share() < probability)
        };
        (0..links).map(|_| draw(&mut chance)).unzip()
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let (mut precision_held, mut recall_held) = (0, 0);
        for seed in 0..200 {
            let (probabilities, truth) = world(seed, 500);
            let effect = effects(&probabilities, 0.0, &[0.5])[0];
            let above = || probabilities.iter().zip(&truth).filter(|(p, _)| **p >= 0.5);
            let right = above().filter(|(_, same)| **same).count() as f64;
            let precision = right / above().count() as f64;
            let recall = right / truth.iter().filter(|same| **same).count() as f64;
            precision_held +=
                u32::from(effect.precision.low <= precision && precision <= effect.precision.high);
            recall_held += u32::from(effect.recall.low <= recall && recall <= effect.recall.high);
        }
        assert!((180..=200).contains(&precision_held), "{precision_held} of 200");
        assert!((180..=200).contains(&recall_held), "{recall_held} of 200");
    }

    #[test]
    fn what_blocking_missed_lowers_recall_only() {
        let probabilities = [0.9, 0.9, 0.2];
        let (with, without) =
            (effects(&probabilities, 1.0, &[0.5])[0], effects(&probabilities, 0.0, &[0.5])[0]);
        assert_eq!(with.precision, without.precision);
        assert!((with.recall.value - 1.8 / 3.0).abs() < 1e-6);
        assert!((without.recall.value - 0.9).abs() < 1e-6);
    }

    #[test]
    fn nothing_is_survived() {
        let effect = effects(&[], 0.0, &[0.5])[0];
        assert_eq!((effect.matches, effect.precision.value, effect.recall.value), (0, 1.0, 0.0));
        assert!(effects(&[f32::NAN, 2.0, -1.0], f64::NAN, &[f64::NAN, 0.5]).iter().all(|e| e.f1.is_finite()));
    }

    proptest! {
        #[test]
        fn a_higher_threshold_has_fewer_matches_and_less_recall(
            probabilities in proptest::collection::vec(0.0_f32..1.0, 1..60),
            one in 0.0..1.0_f64,
            other in 0.0..1.0_f64,
        ) {
            let table = effects(&probabilities, 0.0, &[one.min(other), one.max(other)]);
            prop_assert!(table[0].matches >= table[1].matches);
            prop_assert!(table[0].recall.value >= table[1].recall.value - 1e-12);
            for effect in table {
                for share in [effect.precision, effect.recall] {
                    prop_assert!(0.0 <= share.low && share.low <= share.high && share.high <= 1.0);
                }
            }
        }
    }
}
