//! Edit distance with transpositions.

/// Bytes that fit into one machine word.
const WORD: usize = 64;

/// Number of letters to insert, remove, replace or swap with their neighbour to turn one text into the other (optimal
/// string alignment), by bytes. Texts above 64 bytes are compared by their first 64.
///
/// The bit-parallel algorithm of H. Hyyrö, *A bit-vector algorithm for computing Levenshtein and Damerau edit
/// distances* (Nordic Journal of Computing, 2003): one column of the table per letter, in a handful of operations.
///
/// ```
/// use d06_linkage::compare::distance;
/// assert_eq!(distance("nguyen", "nguyne"), 1);
/// assert_eq!(distance("hoa", "hoan"), 1);
/// ```
pub fn distance(one: &str, other: &str) -> u32 {
    byte_distance(one.as_bytes(), other.as_bytes())
}

fn byte_distance(one: &[u8], other: &[u8]) -> u32 {
    let (one, other) = (clip(one), clip(other));
    if one.is_empty() {
        return other.len() as u32;
    }
    let last = 1_u64 << (one.len() - 1);
    let (mut plus, mut minus, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
    let mut distance = one.len() as u32;
    for letter in other {
        let here = positions(one, *letter);
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = (((here & plus).wrapping_add(plus)) ^ plus) | here | minus | swapped;
        let up = minus | !(diagonal | plus);
        let down = diagonal & plus;
        distance += u32::from(up & last != 0);
        distance -= u32::from(down & last != 0);
        let up = up << 1 | 1;
        plus = (down << 1) | !(diagonal | up);
        minus = up & diagonal;
        before = here;
    }
    distance
}

fn clip(bytes: &[u8]) -> &[u8] {
    bytes.get(..WORD).unwrap_or(bytes)
}

/// Bit i: letter i of `text` is `letter`.
fn positions(text: &[u8], letter: u8) -> u64 {
    text.iter().enumerate().fold(0, |bits, (place, other)| bits | u64::from(*other == letter) << place)
}

/// Whether two different tokens may be one with a slip: one edit, or two in a token of eight letters or more whose
/// first or last two letters agree. Tokens of one or two letters are too short for a slip.
#[inline]
pub(crate) fn near(one: &[u8], other: &[u8]) -> bool {
    let longest = one.len().max(other.len());
    let apart = one.len().abs_diff(other.len());
    if longest < 3 || apart > 2 {
        return false;
    }
    if apart < 2 && one_edit(one, other) {
        return true;
    }
    let ends_agree =
        || one.get(..2) == other.get(..2) || one.iter().rev().take(2).eq(other.iter().rev().take(2));
    longest >= 8 && ends_agree() && byte_distance(one, other) <= 2
}

/// Whether one edit turns one into the other: what remains between the common beginning and end is at most one
/// letter, or two letters swapped.
fn one_edit(one: &[u8], other: &[u8]) -> bool {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(start..).unwrap_or_default(), other.get(start..).unwrap_or_default());
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (one.get(..one.len() - end), other.get(..other.len() - end)) {
        (Some([a, b]), Some([c, d])) => a == d && b == c,
        (Some(one), Some(other)) => one.len() <= 1 && other.len() <= 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The table, cell by cell.
    fn slow(one: &[u8], other: &[u8]) -> usize {
        let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
        for i in 1..=one.len() {
            let mut row = vec![i];
            for j in 1..=other.len() {
                let same = usize::from(one[i - 1] != other[j - 1]);
                let mut best = (row[j - 1] + 1).min(rows[i - 1][j] + 1).min(rows[i - 1][j - 1] + same);
                if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                row.push(best);
            }
            rows.push(row);
        }
        rows[one.len()][other.len()]
    }

    #[test]
    fn slips_are_near() {
        for (one, other) in [("nguyen", "ngyuen"), ("hung", "hug"), ("thanh", "thah"), ("lan", "lam")] {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            assert!(near(one, other) && near(other, one));
        }
        assert!(!near(b"ha", b"hi") && !near(b"hoa", b"mai") && !near(b"abc", b"cab"));
    }

    proptest! {
        #[test]
        fn the_word_says_what_the_table_says(one in "[abc]{0,12}", other in "[abc]{0,12}") {
            prop_assert_eq!(distance(&one, &other) as usize, slow(one.as_bytes(), other.as_bytes()));
        }

        #[test]
        fn symmetric_and_zero_for_equal(one in any::<String>(), other in any::<String>()) {
            prop_assert_eq!(distance(&one, &other), distance(&other, &one));
            prop_assert_eq!(distance(&one, &one), 0);
        }

        #[test]
        fn near_is_symmetric(one in "[a-d]{0,10}", other in "[a-d]{0,10}") {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            prop_assert_eq!(near(one, other), near(other, one));
        }
    }
}
