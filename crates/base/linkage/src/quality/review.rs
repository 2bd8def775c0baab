//! Estimates once people have looked.
//!
//! In each stratum the labels say what share of its links is right: a beta distribution that begins with what
//! the model expected, worth [`PRIOR`] labels, and ends with what was seen. So a few labels correct a model
//! that is wrong, and none of them is asked for what is known. Precision and recall at any threshold are sums
//! over strata; of a stratum that a threshold cuts, each part has its share of what the model expected there.

use super::effect::{Effect, Side, effect};
use super::sample::Sample;

/// How many labels the model's expectation of a stratum is worth.
const PRIOR: f64 = 2.0;

/// A sample that has been looked at.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    strata: Vec<Share>,
}

/// What is known of a stratum.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    from: f64,
    /// Mean and variance of the share of right links.
    mean: f64,
    variance: f64,
    expected: f64,
}

impl Reviewed {
    /// From the labels of the picks, by the places of the links: those without a label were not looked at.
    pub fn new(sample: &Sample, label: impl Fn(usize) -> Option<bool>) -> Self {
        let mut strata: Vec<Share> = Vec::with_capacity(sample.strata.len());
        for (place, stratum) in sample.strata.iter().enumerate() {
            let links = stratum.links.max(1) as f64;
            let labels = sample.picks.iter().filter(|pick| pick.stratum == place);
            let (mut right, mut seen) = (0.0, 0.0);
            for same in labels.filter_map(|pick| label(pick.link)) {
                seen += 1.0;
                right += f64::from(u8::from(same));
            }
            let model = (stratum.expected / links).clamp(0.001, 0.999);
            let (a, b) = (PRIOR * model + right, PRIOR * (1.0 - model) + seen - right);
            let size = a + b;
            // A stratum that was looked at as a whole holds no doubt.
            let unseen = ((links - seen) / links).max(0.0);
            let variance = a * b / (size * size * (size + 1.0)) * unseen;
            let mean = if unseen > 0.0 { a / size } else { right / seen.max(1.0) };
            strata.push(Share { from: stratum.from, mean, variance, expected: stratum.expected / links });
        }
        Self { strata }
    }

    /// The effect of a threshold on these links. Arguments as of [`super::effects`].
    pub fn effect(&self, probabilities: &[f32], unseen: f64, threshold: f64) -> Effect {
        let mut sides = vec![(Side::default(), Side::default()); self.strata.len()];
        for probability in
            probabilities.iter().map(|p| if p.is_nan() { 0.0 } else { f64::from(p.clamp(0.0, 1.0)) })
        {
            let place = self.strata.partition_point(|share| share.from <= probability).saturating_sub(1);
            if let Some((above, below)) = sides.get_mut(place) {
                if probability >= threshold { above } else { below }.add(probability);
            }
        }
        let (mut above, mut below) = (Side::default(), Side::default());
        for (share, (own_above, own_below)) in self.strata.iter().zip(sides) {
            for (own, sum) in [(own_above, &mut above), (own_below, &mut below)] {
                if own.links > 0.0 {
                    let corrected = share.of_part(own);
                    sum.links += own.links;
                    sum.truth += corrected * own.links;
                    // The doubt about the share is common to all links of the stratum.
                    sum.variance += share.variance * own.links * own.links;
                }
            }
        }
        effect(threshold, above, below, unseen.max(0.0))
    }

    /// The share of right links in each stratum, by rising probability: what the model expected, what is
    /// known now.
    pub fn shares(&self) -> impl Iterator<Item = (f64, f64)> {
        self.strata.iter().map(|share| (share.expected, share.mean))
    }
}

impl Share {
    /// The share in a part of the stratum: corrected like the whole, in odds, so that it stays a share.
    fn of_part(&self, part: Side) -> f64 {
        let odds = |share: f64| {
            let share = share.clamp(1e-6, 1.0 - 1e-6);
            share / (1.0 - share)
        };
        let corrected = odds(part.truth / part.links) * odds(self.mean) / odds(self.expected);
        corrected / (1.0 + corrected)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Chance, draw};
    use super::super::{Estimate, effects};
    use super::*;

    /// Links whose model believes more than is true.
    fn overconfident(seed: u64, links: usize) -> (Vec<f32>, Vec<bool>) {
        let mut chance = Chance::new(seed);
        let one = |chance: &mut Chance| {
            let believed = if chance.share() < 0.7 { 0.9 + chance.share() * 0.099 } else { chance.share() };
            (believed as f32, chance.share() < believed * believed)
        };
        (0..links).map(|_| one(&mut chance)).unzip()
    }

    fn truth_at(probabilities: &[f32], truth: &[bool], threshold: f64) -> (f64, f64) {
        let above = || probabilities.iter().zip(truth).filter(|(p, _)| f64::from(**p) >= threshold);
        let right = above().filter(|(_, same)| **same).count() as f64;
        (right / above().count() as f64, right / truth.iter().filter(|same| **same).count() as f64)
    }

    fn holds(estimate: Estimate, value: f64) -> u32 {
        u32::from(estimate.low <= value && value <= estimate.high)
    }

    #[test]
    fn labels_correct_a_model_that_is_wrong() {
        let (mut held, mut held_without) = (0, 0);
        let (mut error, mut error_without) = (0.0, 0.0);
        for seed in 0..60 {
            let (probabilities, truth) = overconfident(seed, 3_000);
            let sample = draw(&probabilities, &[0.5], 400, seed);
            let reviewed = Reviewed::new(&sample, |link| truth.get(link).copied());
            let (precision, recall) = truth_at(&probabilities, &truth, 0.5);
            let (after, before) =
                (reviewed.effect(&probabilities, 0.0, 0.5), effects(&probabilities, 0.0, &[0.5])[0]);
            held += holds(after.precision, precision) + holds(after.recall, recall);
            held_without += holds(before.precision, precision) + holds(before.recall, recall);
            error += (after.precision.value - precision).abs();
            error_without += (before.precision.value - precision).abs();
        }
        assert!(held >= 105, "{held} of 120");
        assert!(held_without < 60, "{held_without} of 120");
        assert!(error < error_without / 3.0, "{error} against {error_without}");
    }

    #[test]
    fn a_review_of_everything_leaves_no_doubt() {
        let (probabilities, truth) = overconfident(5, 200);
        let sample = draw(&probabilities, &[0.5], 200, 1);
        let effect = Reviewed::new(&sample, |link| truth.get(link).copied()).effect(&probabilities, 0.0, 0.5);
        let (precision, recall) = truth_at(&probabilities, &truth, 0.5);
        assert!((effect.precision.value - precision).abs() < 1e-9);
        assert!((effect.recall.value - recall).abs() < 1e-9);
        assert!(effect.precision.high - effect.precision.low < 1e-6);
    }

    #[test]
    fn without_labels_the_model_stands() {
        let (probabilities, _) = overconfident(5, 500);
        let sample = draw(&probabilities, &[0.5], 50, 1);
        let reviewed = Reviewed::new(&sample, |_| None);
        let (after, before) =
            (reviewed.effect(&probabilities, 0.0, 0.5), effects(&probabilities, 0.0, &[0.5])[0]);
        assert!((after.precision.value - before.precision.value).abs() < 0.01);
        assert!(after.precision.high - after.precision.low > before.precision.high - before.precision.low);
        assert_eq!(reviewed.shares().count(), sample.strata.len());
    }
}
