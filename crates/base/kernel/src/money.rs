//! Money: whole đồng, never a fraction, never a floating-point number.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount of đồng. Sums saturate at the bounds, which lie at nine billion billion.
///
/// ```
/// use d06_kernel::money::Dong;
/// assert_eq!(Dong(1_234_567).to_string(), "1.234.567 đ");
/// assert_eq!(Dong(15_000).in_words(), "Mười lăm nghìn đồng");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dong(pub i64);

impl Dong {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The amount in Vietnamese words with a capital letter, as receipts and payment orders write it
    /// (Circular 200/2014/TT-BTC, form 01-TT).
    pub fn in_words(self) -> String {
        let words = format!("{} đồng", words(self.0));
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// The product with a number of pieces; `None` beyond the bounds.
    pub fn times(self, pieces: i64) -> Option<Self> {
        self.0.checked_mul(pieces).map(Self)
    }
}

impl fmt::Display for Dong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        write!(f, "{}{grouped} đ", if self.0 < 0 { "-" } else { "" })
    }
}

impl Add for Dong {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Dong {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Dong {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Dong {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Dong {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Dong {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
/// Powers of a thousand below a billion.
const SCALES: [&str; 3] = ["", " nghìn", " triệu"];
const BILLION: u64 = 1_000_000_000;

/// A whole number in Vietnamese words, lower case.
///
/// ```
/// assert_eq!(d06_kernel::money::words(1_005), "một nghìn không trăm linh năm");
/// ```
pub fn words(number: i64) -> String {
    match number {
        0 => DIGITS[0].to_owned(),
        ..0 => format!("âm {}", positive(number.unsigned_abs(), false)),
        _ => positive(number.unsigned_abs(), false),
    }
}

/// Words of a positive number; `full` if something stands before it, so that empty hundreds are spoken.
fn positive(number: u64, full: bool) -> String {
    let (billions, rest) = (number / BILLION, number % BILLION);
    let mut words = String::new();
    if billions > 0 {
        words.push_str(&positive(billions, full));
        words.push_str(" tỷ");
    }
    for (scale, divisor) in SCALES.iter().zip([1, 1_000, 1_000_000]).rev() {
        let group = rest / divisor % 1_000;
        if group > 0 {
            if !words.is_empty() {
                words.push(' ');
            }
            let spoken = three_digits(group, full || !words.is_empty());
            words.push_str(&spoken);
            words.push_str(scale);
        }
    }
    words
}

/// Words of 1 to 999.
fn three_digits(group: u64, full: bool) -> String {
    let digit = |value: u64| DIGITS[usize::try_from(value % 10).unwrap_or(0)];
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    let mut parts: Vec<&str> = Vec::new();
    if hundreds > 0 || full {
        parts.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if ones > 0 && !parts.is_empty() => parts.push("linh"),
        0 => {}
        1 => parts.push("mười"),
        _ => parts.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => parts.push("mốt"),
        (1.., 5) => parts.push("lăm"),
        _ => parts.push(digit(ones)),
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_in_words() {
        for (number, expected) in [
            (0, "không"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (24, "hai mươi bốn"),
            (25, "hai mươi lăm"),
            (30, "ba mươi"),
            (101, "một trăm linh một"),
            (110, "một trăm mười"),
            (1_000, "một nghìn"),
            (1_010, "một nghìn không trăm mười"),
            (12_500, "mười hai nghìn năm trăm"),
            (1_000_001, "một triệu không trăm linh một"),
            (2_005_015, "hai triệu không trăm linh năm nghìn không trăm mười lăm"),
            (3_000_000_000, "ba tỷ"),
            (1_000_000_000_000_000, "một triệu tỷ"),
            (-8_000, "âm tám nghìn"),
        ] {
            assert_eq!(words(number), expected);
        }
        assert_eq!(Dong(8_000).in_words(), "Tám nghìn đồng");
    }

    #[test]
    fn amounts_in_digits() {
        assert_eq!(Dong(0).to_string(), "0 đ");
        assert_eq!(Dong(999).to_string(), "999 đ");
        assert_eq!(Dong(-1_000).to_string(), "-1.000 đ");
        assert_eq!(Dong(i64::MIN).to_string(), "-9.223.372.036.854.775.808 đ");
    }

    proptest! {
        #[test]
        fn digits_survive_grouping(amount: i64) {
            let is_kept = |c: &char| *c == '-' || c.is_ascii_digit();
            let digits: String = Dong(amount).to_string().chars().filter(is_kept).collect();
            prop_assert_eq!(digits.parse::<i64>(), Ok(amount));
        }

        #[test]
        fn different_amounts_have_different_words(one: i64, other: i64) {
            prop_assert_eq!(words(one) == words(other), one == other);
        }

        #[test]
        fn words_are_spaced_once(amount: i64) {
            prop_assert!(!words(amount).contains("  ") && words(amount).trim() == words(amount));
        }
    }
}
