//! Hashes that are the same on every machine, thread and run.

/// One step of a multiplicative mixer: every bit of the result depends on every bit of both inputs. The state is turned,
/// since values are often results of the mixer themselves, and equal ones would cancel out.
pub(crate) const fn mix(state: u64, value: u64) -> u64 {
    let product =
        (state.rotate_left(29) ^ value ^ 0x9e37_79b9_7f4a_7c15) as u128 * 0xd6e8_feb8_6659_fd93_u128;
    (product as u64) ^ ((product >> 64) as u64)
}

/// Hash of bytes.
pub(crate) fn bytes(bytes: &[u8]) -> u64 {
    let mut state = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = mix(state, u64::from_le_bytes(word));
    }
    mix(mix(state, word(chunks.remainder())), 0x51)
}

/// Fewer than eight bytes as a number, little-endian. Both ends are read at once; what they share is the same.
fn word(bytes: &[u8]) -> u64 {
    let last = bytes.len().saturating_sub(1);
    if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*head))
            | u64::from(u32::from_le_bytes(*tail)) << (8 * (last - 3));
    }
    let byte = |place: usize| bytes.get(place).map_or(0, |byte| u64::from(*byte) << (8 * place));
    byte(0) | byte(bytes.len() / 2) | byte(last)
}

/// Takes a hash that was computed elsewhere as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PassThrough(u64);

impl std::hash::BuildHasher for PassThrough {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl std::hash::Hasher for PassThrough {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, more: &[u8]) {
        self.0 = mix(self.0, bytes(more));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A deterministic source of numbers for sampling (SplitMix64, Steele, Lea & Flood 2014).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 if that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_do_not_cancel_out() {
        let of_two = |one, other| mix(mix(0, one), mix(7, other));
        let hashes: std::collections::HashSet<u64> = (0..100).map(|part| of_two(part, part ^ 7)).collect();
        assert_eq!(hashes.len(), 100);
        assert_ne!(mix(3, 5), mix(5, 3));
    }

    #[test]
    fn length_counts() {
        assert_ne!(bytes(b""), bytes(b"\0"));
        assert_ne!(bytes(b"\0\0\0\0\0\0\0\0"), bytes(b"\0\0\0\0\0\0\0\0\0"));
    }

    #[test]
    fn dice_stay_below_their_bound() {
        let mut dice = Dice::new(1);
        assert!((0..1000).all(|_| dice.below(7) < 7));
        assert_eq!(dice.below(0), 0);
    }

    #[test]
    fn the_last_bytes_are_a_number_whatever_their_count() {
        for count in 0..8 {
            let bytes: Vec<u8> = (1..=count).map(|byte| byte * 17 + 3).collect();
            let mut padded = [0; 8];
            padded[..bytes.len()].copy_from_slice(&bytes);
            assert_eq!(word(&bytes), u64::from_le_bytes(padded), "{count} bytes");
        }
    }
}
