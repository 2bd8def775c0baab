//! Two numbers, digit by digit. Fifteen digits of four bits lie in one word, so that one exclusive or shows all
//! that differ.

use super::{Guess, MISSING};

const EXACT: u8 = 1;
const ONE_DIGIT: u8 = 2;
const TWO_DIGITS: u8 = 3;
const HALF: u8 = 4;
const DIFFERENT: u8 = 5;

/// The levels; see the constants.
pub(super) const GUESSES: &[Guess] = &[
    ("missing", 0.0),
    ("exact", 0.85),
    ("one_digit", 0.08),
    ("two_digits", 0.03),
    ("half", 0.01),
    ("different", 0.03),
];

/// The levels of telephone numbers.
pub(super) const PHONE_GUESSES: &[Guess] =
    &[("missing", 0.0), ("exact", 0.7), ("one_digit", 0.05), ("different", 0.25)];

/// The best level among up to two numbers a side. Numbers of different length are of different series (the former
/// 9 digits say nothing about the 12) unless one digit was lost.
pub(super) fn best(left: [u64; 2], right: [u64; 2]) -> u8 {
    let mut best = u8::MAX;
    for one in left.into_iter().filter(|number| *number != 0) {
        for other in right.into_iter().filter(|number| *number != 0) {
            let level = level(one, other);
            if level != MISSING {
                best = best.min(level);
            }
        }
    }
    if best == u8::MAX { MISSING } else { best }
}

/// The level of two telephone numbers; people have several, so a different one says little.
pub(super) fn phone(one: u64, other: u64) -> u8 {
    if one == 0 || other == 0 {
        return MISSING;
    }
    match level(one, other) {
        EXACT => 1,
        ONE_DIGIT => 2,
        _ => 3,
    }
}

fn level(one: u64, other: u64) -> u8 {
    if one == other {
        return if one == 0 { MISSING } else { EXACT };
    }
    let (a, b) = (length(one), length(other));
    match a.abs_diff(b) {
        0 => same_length(one ^ other, one, a),
        1 if a > b && lost(one, other, b) => ONE_DIGIT,
        1 if a < b && lost(other, one, a) => ONE_DIGIT,
        _ => MISSING,
    }
}

fn length(number: u64) -> u32 {
    (number >> 60) as u32
}

fn same_length(difference: u64, one: u64, length: u32) -> u8 {
    // The lowest bit of each digit that differs.
    let marks = (difference | difference >> 1 | difference >> 2 | difference >> 3) & 0x0111_1111_1111_1111;
    match marks.count_ones() {
        1 => ONE_DIGIT,
        2 if swapped(difference, one, marks.trailing_zeros()) => ONE_DIGIT,
        2 if length >= 8 => TWO_DIGITS,
        count if count <= length / 2 && length >= 8 => HALF,
        _ => DIFFERENT,
    }
}

/// Whether the two digits from bit `at` on were swapped: the differences of both are that between them.
fn swapped(difference: u64, one: u64, at: u32) -> bool {
    let between = (one >> at ^ one >> (at + 4)) & 15;
    difference >> at == between | between << 4
}

/// Whether `short`, of `length` digits, is `long` without one digit.
fn lost(long: u64, short: u64, length: u32) -> bool {
    let digits = |number: u64| number & ((1 << 60) - 1);
    let (long, short) = (digits(long), digits(short));
    (0..=length).any(|place| {
        let below = (1_u64 << (4 * place)) - 1;
        (long & below) | (long >> 4 & !below) == short
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> u64 {
        let digits = text.bytes().enumerate();
        digits.fold(0, |word, (place, byte)| word | u64::from(byte - b'0') << (4 * place))
            | (text.len() as u64) << 60
    }

    #[test]
    fn each_error_has_its_level() {
        let mine = "031180012345";
        for (other, level) in [
            (mine, EXACT),
            ("031180012346", ONE_DIGIT),
            ("031180012354", ONE_DIGIT),
            ("031810012345", ONE_DIGIT),
            ("03118012345", ONE_DIGIT),
            ("0311800123456", ONE_DIGIT),
            ("031180012399", TWO_DIGITS),
            ("031180998877", HALF),
            ("038299998877", DIFFERENT),
            ("031180012", MISSING),
        ] {
            assert_eq!(super::level(number(mine), number(other)), level, "{other}");
        }
    }

    #[test]
    fn the_old_number_speaks_if_it_is_there() {
        let (new, old) = (number("031180012345"), number("031234567"));
        assert_eq!(best([new, 0], [old, 0]), MISSING);
        assert_eq!(best([new, old], [old, 0]), EXACT);
    }

    proptest! {
        #[test]
        fn symmetric(one in "[0-3]{0,14}", other in "[0-3]{0,14}") {
            prop_assert_eq!(level(number(&one), number(&other)), level(number(&other), number(&one)));
        }

        #[test]
        fn a_changed_digit_is_seen(text in "[0-9]{12}", place in 0_usize..12, digit in 0_u8..10) {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = b'0' + digit;
            let other = String::from_utf8(bytes).unwrap();
            let expected = if other == text { EXACT } else { ONE_DIGIT };
            prop_assert_eq!(level(number(&text), number(&other)), expected);
        }
    }
}
