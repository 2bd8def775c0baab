//! Jaro–Winkler similarity.

/// Bytes that fit into one machine word.
const WORD: usize = 64;

/// Jaro–Winkler similarity, 0..=1, by bytes: 1 for equal texts, 0 for texts without a common letter. Texts above
/// 64 bytes are compared by their first 64.
///
/// M. A. Jaro, *Advances in record-linkage methodology as applied to matching the 1985 census of Tampa* (JASA 1989);
/// W. E. Winkler, *String comparator metrics and enhanced decision rules* (1990). Matched letters are kept as bits of
/// a word, so no memory is asked for.
///
/// ```
/// use d06_linkage::compare::jaro_winkler;
/// assert!((jaro_winkler("martha", "marhta") - 0.9611).abs() < 1e-4);
/// assert_eq!(jaro_winkler("an", "be"), 0.0);
/// ```
pub fn jaro_winkler(one: &str, other: &str) -> f64 {
    byte_similarity(one.as_bytes(), other.as_bytes())
}

/// [`jaro_winkler`] of bytes.
pub(super) fn byte_similarity(one: &[u8], other: &[u8]) -> f64 {
    let (one, other) = (clip(one), clip(other));
    if one == other {
        return 1.0;
    }
    // Greedy matching may depend on the order, so the order is fixed.
    let (short, long) = if (one.len(), one) <= (other.len(), other) { (one, other) } else { (other, one) };
    let jaro = jaro(short, long);
    let prefix = short.iter().zip(long).take(4).take_while(|(a, b)| a == b).count();
    if jaro > 0.7 { jaro + prefix as f64 * 0.1 * (1.0 - jaro) } else { jaro }
}

fn clip(bytes: &[u8]) -> &[u8] {
    bytes.get(..WORD).unwrap_or(bytes)
}

/// The letters whose bit is set.
fn marked(bits: u64, text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter().enumerate().filter(move |(place, _)| bits >> place & 1 == 1).map(|(_, letter)| *letter)
}

fn jaro(short: &[u8], long: &[u8]) -> f64 {
    let reach = (long.len() / 2).saturating_sub(1);
    let (mut in_short, mut in_long) = (0_u64, 0_u64);
    for (place, letter) in short.iter().enumerate() {
        let from = place.saturating_sub(reach);
        let window = long.get(from..(place + reach + 1).min(long.len())).unwrap_or_default();
        let found = window
            .iter()
            .enumerate()
            .find(|(offset, other)| *other == letter && in_long >> (from + offset) & 1 == 0);
        if let Some((offset, _)) = found {
            in_short |= 1 << place;
            in_long |= 1 << (from + offset);
        }
    }
    let matches = f64::from(in_short.count_ones());
    if matches == 0.0 {
        return 0.0;
    }
    let out_of_order = marked(in_short, short).zip(marked(in_long, long)).filter(|(a, b)| a != b).count();
    let swaps = (out_of_order / 2) as f64;
    (matches / short.len() as f64 + matches / long.len() as f64 + (matches - swaps) / matches) / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        for (one, other, expected) in
            [("dixon", "dicksonx", 0.8133), ("jellyfish", "smellyfish", 0.8963), ("dwayne", "duane", 0.84)]
        {
            assert!((jaro_winkler(one, other) - expected).abs() < 1e-4, "{one} {other}");
        }
        assert_eq!(jaro_winkler("", ""), 1.0);
        assert_eq!(jaro_winkler("", "a"), 0.0);
    }

    proptest! {
        #[test]
        fn symmetric_in_range_and_one_for_equal(one in any::<String>(), other in any::<String>()) {
            let similarity = jaro_winkler(&one, &other);
            prop_assert_eq!(similarity, jaro_winkler(&other, &one));
            prop_assert!((0.0..=1.0).contains(&similarity));
            prop_assert_eq!(jaro_winkler(&one, &one), 1.0);
        }
    }
}
