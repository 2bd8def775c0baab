//! What makes filters hard to read.

use super::filter::{has, set};
use serde::{Deserialize, Serialize};

/// What is done to filters; see the module documentation for what each is against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hardening {
    /// The name is hashed under the year of birth too.
    pub salt_by_birth_year: bool,
    /// A filter is set beside its complement, and the bits of both are shuffled.
    pub balance: bool,
    /// The halves of a filter are combined by XOR.
    pub fold: bool,
    /// Each bit is the XOR of so many bits; 0 or 1: it is itself. Up to 16.
    pub diffusion: u8,
    /// Each bit is flipped with the chance 1 / (1 + e^ε); 0: none. Small values are much noise.
    pub epsilon: f64,
}

impl Default for Hardening {
    /// Salting, balancing and folding: what costs least of what stops the known attacks by frequency.
    fn default() -> Self {
        Self { salt_by_birth_year: true, balance: true, fold: true, diffusion: 0, epsilon: 0.0 }
    }
}

impl Hardening {
    /// Nothing: filters as Schnell, Bachteler and Reiher first had them. For comparison only.
    pub const NONE: Self =
        Self { salt_by_birth_year: false, balance: false, fold: false, diffusion: 0, epsilon: 0.0 };

    /// The chance that a bit is flipped.
    pub(super) fn flip_chance(self) -> f64 {
        if self.epsilon > 0.0 { 1.0 / (1.0 + self.epsilon.exp()) } else { 0.0 }
    }

    /// Bits of a hardened filter.
    pub(super) fn bits(self, bits: usize) -> usize {
        let balanced = if self.balance { bits * 2 } else { bits };
        if self.fold { balanced / 2 } else { balanced }
    }
}

/// The shuffles and sources of bits that a secret gives, the same for every row.
#[derive(Clone, Debug)]
pub(super) struct Hardener {
    hardening: Hardening,
    /// Per bit of the balanced filter the place it comes from.
    shuffle: Vec<usize>,
    /// Per bit of the result the bits it is the XOR of.
    sources: Vec<Vec<usize>>,
}

impl Hardener {
    /// For filters of so many bits; `seed` from the secret.
    pub(super) fn new(hardening: Hardening, bits: usize, seed: u64) -> Self {
        let mut chance = Chance(seed);
        let mut shuffle: Vec<usize> = (0..if hardening.balance { bits * 2 } else { 0 }).collect();
        for last in (1..shuffle.len()).rev() {
            shuffle.swap(last, chance.below(last + 1));
        }
        let out = hardening.bits(bits);
        let count = usize::from(hardening.diffusion.min(16));
        let sources = if count > 1 {
            (0..out).map(|_| (0..count).map(|_| chance.below(out)).collect()).collect()
        } else {
            Vec::new()
        };
        Self { hardening, shuffle, sources }
    }

    /// A hardened filter. `noise`: seed of the bits to be flipped, another one for every row.
    pub(super) fn harden(&self, filter: &[u64], noise: u64) -> Vec<u64> {
        let mut hardened = filter.to_vec();
        if self.hardening.balance {
            hardened.extend(filter.iter().map(|word| !word));
            let mut shuffled = vec![0; hardened.len()];
            for (to, _) in self.shuffle.iter().enumerate().filter(|(_, from)| has(&hardened, **from)) {
                set(&mut shuffled, to);
            }
            hardened = shuffled;
        }
        if self.hardening.fold {
            let (one, other) = hardened.split_at(hardened.len() / 2);
            hardened = one.iter().zip(other).map(|(a, b)| a ^ b).collect();
        }
        if !self.sources.is_empty() {
            let mut diffused = vec![0; hardened.len()];
            for (to, sources) in self.sources.iter().enumerate() {
                if sources.iter().filter(|from| has(&hardened, **from)).count() % 2 == 1 {
                    set(&mut diffused, to);
                }
            }
            hardened = diffused;
        }
        let flip = self.hardening.flip_chance();
        if flip > 0.0 {
            let mut chance = Chance(noise);
            for word in &mut hardened {
                for bit in 0..64 {
                    *word ^= u64::from(chance.share() < flip) << bit;
                }
            }
        }
        hardened
    }
}

/// A generator for shuffles and noise, seeded from the secret by HMAC (SplitMix64).
#[derive(Clone, Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ones(filter: &[u64]) -> u32 {
        filter.iter().map(|word| word.count_ones()).sum()
    }

    #[test]
    fn a_balanced_filter_has_half_its_bits_whatever_the_value() {
        let hardening = Hardening { fold: false, ..Hardening::default() };
        let hardener = Hardener::new(hardening, 128, 9);
        for filter in [[0_u64, 1], [u64::MAX, 7], [3, 3]] {
            assert_eq!(ones(&hardener.harden(&filter, 0)), 128);
        }
        assert_eq!(hardening.bits(128), 256);
    }

    #[test]
    fn noise_flips_as_many_bits_as_its_epsilon_says() {
        let hardener = Hardener::new(Hardening { epsilon: 3.0, ..Hardening::NONE }, 6_400, 9);
        let flipped = ones(&hardener.harden(&[0; 100], 5));
        // 6400 / (1 + e³) = 303, standard deviation 17.
        assert!((250..360).contains(&flipped), "{flipped}");
        assert_ne!(hardener.harden(&[0; 100], 5), hardener.harden(&[0; 100], 6));
    }

    proptest! {
        #[test]
        fn equal_filters_stay_equal_and_others_stay_apart(
            one in any::<[u64; 2]>(),
            other in any::<[u64; 2]>(),
            seed: u64,
            diffusion in 0_u8..4,
        ) {
            let hardener = Hardener::new(Hardening { diffusion, ..Hardening::default() }, 128, seed);
            prop_assert_eq!(hardener.harden(&one, 0), hardener.harden(&one, 1));
            prop_assert_eq!(hardener.harden(&one, 0).len(), 2);
            if (one[0] ^ other[0]).count_ones() > 20 {
                prop_assert_ne!(hardener.harden(&one, 0), hardener.harden(&other, 0));
            }
        }
    }
}
