//! Bit vectors, many in one piece of memory.

/// Filters of one field, one per row, all of the same length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    words: Vec<u64>,
    /// Words of one filter.
    width: usize,
}

impl Filters {
    /// No filters yet, each to be of so many bits (rounded up to whole words of 64).
    pub(super) fn new(bits: usize) -> Self {
        Self { words: Vec::new(), width: bits.div_ceil(64).max(1) }
    }

    /// Appends a filter; a filter without a bit stands for a missing value.
    pub(super) fn push(&mut self, filter: &[u64]) {
        let width = self.width;
        self.words.extend(filter.iter().copied().chain(std::iter::repeat(0)).take(width));
    }

    /// The filter of a row, or `None` if the value is missing.
    pub fn get(&self, row: usize) -> Option<&[u64]> {
        let start = row.checked_mul(self.width)?;
        self.words.get(start..start + self.width).filter(|filter| filter.iter().any(|word| *word != 0))
    }

    /// How many filters.
    pub fn len(&self) -> usize {
        self.words.len() / self.width.max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Bits of one filter.
    pub fn bits(&self) -> usize {
        self.width * 64
    }
}

/// Twice the bits that both have, by the bits that they have together: 1 for equal filters, 0 for filters
/// without a common bit, and for two without any bit.
///
/// ```
/// assert_eq!(d06_linkage::private::dice(&[0b1100], &[0b0110]), 0.5);
/// ```
pub fn dice(one: &[u64], other: &[u64]) -> f32 {
    let (mut common, mut total) = (0_u32, 0_u32);
    for (a, b) in one.iter().zip(other) {
        common += (a & b).count_ones();
        total += a.count_ones() + b.count_ones();
    }
    if total == 0 { 0.0 } else { 2.0 * common as f32 / total as f32 }
}

/// Whether a bit is set.
pub(super) fn has(filter: &[u64], bit: usize) -> bool {
    filter.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
}

/// Sets a bit.
pub(super) fn set(filter: &mut [u64], bit: usize) {
    if let Some(word) = filter.get_mut(bit / 64) {
        *word |= 1 << (bit % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn missing_values_have_no_filter() {
        let mut filters = Filters::new(128);
        filters.push(&[0, 1]);
        filters.push(&[]);
        assert_eq!((filters.len(), filters.bits()), (2, 128));
        assert_eq!(filters.get(0), Some(&[0, 1][..]));
        assert_eq!(filters.get(1), None);
        assert_eq!(filters.get(2), None);
    }

    proptest! {
        #[test]
        fn dice_is_a_similarity(one in any::<[u64; 4]>(), other in any::<[u64; 4]>()) {
            let similarity = dice(&one, &other);
            prop_assert!((0.0..=1.0).contains(&similarity));
            prop_assert_eq!(similarity, dice(&other, &one));
            prop_assert_eq!(dice(&one, &one), if one == [0; 4] { 0.0 } else { 1.0 });
        }

        #[test]
        fn what_is_set_is_there(bits in proptest::collection::vec(0_usize..256, 0..20)) {
            let mut filter = [0; 4];
            for bit in &bits {
                set(&mut filter, *bit);
            }
            for bit in 0..256 {
                prop_assert_eq!(has(&filter, bit), bits.contains(&bit));
            }
        }
    }
}
