//! Numbers on identity papers.
//!
//! A personal number has 12 digits and begins with 0 (the province codes are 001 to 096), a former CMND has 9.
//! Spreadsheets take them for amounts: the leading zero is lost, `.0` or `E+10` is added. Scanners and typists
//! put letters for digits. What can be undone with certainty is; digits that are lost or exchanged stay so,
//! for the comparator to weigh.

use super::words::Fnv;
use crate::field::IdNumber;
use d06_kernel::number_hint::BirthProvinces;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

const SHIPPED: &str = include_str!("../../../../../data/linkage/numbers.toml");

/// Lengths of a CMND and of a personal number.
const OLD: usize = 9;
const PERSONAL: usize = 12;
/// A number with fewer digits is none.
const FEWEST: usize = 4;

/// The table of look-alikes, labels and placeholders.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberWords {
    look_alike: HashMap<u8, u8, Fnv>,
    look_alike_first: Vec<u8>,
    label: HashSet<Box<str>, Fnv>,
    unknown: Vec<Box<[u8]>>,
    /// Province codes of personal numbers.
    provinces: HashSet<Box<[u8]>, Fnv>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    look_alike: HashMap<char, char>,
    look_alike_first: Vec<char>,
    label: Vec<String>,
    unknown: Vec<String>,
}

impl NumberWords {
    /// The shipped table. Empty if it were damaged, which a test excludes.
    pub(super) fn shipped() -> Self {
        Self::parse(SHIPPED).unwrap_or_default()
    }

    /// Reads a table.
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let byte = |c: char| u8::try_from(c).unwrap_or(b'?');
        let codes = BirthProvinces::national().ok();
        let is_code = |code: &String| codes.as_ref().is_some_and(|known| known.find(code).is_some());
        Ok(Self {
            look_alike: file.look_alike.iter().map(|(from, to)| (byte(*from), byte(*to))).collect(),
            look_alike_first: file.look_alike_first.iter().map(|c| byte(*c)).collect(),
            label: file.label.into_iter().map(String::into_boxed_str).collect(),
            unknown: file.unknown.iter().map(|number| number.as_bytes().into()).collect(),
            provinces: (0..100)
                .map(|code| format!("{code:03}"))
                .filter(is_code)
                .map(|code| code.as_bytes().into())
                .collect(),
        })
    }
}

/// Reads a number; `None` if there is none, it stands for none, or digits of it are lost.
pub(super) fn read(words: &NumberWords, raw: &str) -> Option<IdNumber> {
    let raw = raw.trim();
    if let Some(plain) = as_amount(raw) {
        return plain.and_then(|digits| finish(words, digits.as_bytes()));
    }
    if raw.len() <= 15 && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return finish(words, raw.as_bytes());
    }
    // Labels go, look-alikes become digits; then the whole is the number, or one of its parts.
    let mut whole: Vec<u8> = Vec::with_capacity(16);
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for part in raw.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if let Some(bytes) = part_of(words, part) {
            whole.extend_from_slice(&bytes);
            parts.push(bytes);
        }
    }
    let whole = digits_of(words, unlabelled(words, &whole));
    if matches!(whole.len(), 8..=12) || parts.len() < 2 {
        return finish(words, &whole);
    }
    let of_length = |length: usize| parts.iter().find(|part| part.len() == length);
    match of_length(PERSONAL).or_else(|| of_length(OLD)) {
        Some(part) => finish(words, part),
        None => finish(words, &whole),
    }
}

/// What a spreadsheet made an amount of: `30198000101.0`, `3.0198000101E+10`. Inner `None`: digits are lost.
fn as_amount(raw: &str) -> Option<Option<String>> {
    if let Some(digits) = raw.strip_suffix(".0").or_else(|| raw.strip_suffix(".00")) {
        return (digits.len() > 6 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| Some(digits.to_owned()));
    }
    let (mantissa, exponent) = raw.split_once(['E', 'e'])?;
    let (head, tail) = mantissa.split_once(['.', ','])?;
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if head.len() != 1 || !is_digits(head) || !is_digits(tail) || !(7..=14).contains(&exponent) {
        return None;
    }
    Some((tail.len() == exponent).then(|| format!("{head}{tail}")))
}

/// A part in capitals; `None` for a label or another word. A single letter may begin a passport's number.
fn part_of(words: &NumberWords, part: &str) -> Option<Vec<u8>> {
    if part.is_ascii() && part.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(unlabelled(words, part.as_bytes()).to_ascii_uppercase());
    }
    let folded = super::clean(part).folded;
    (folded.len() == 1 && folded.is_ascii()).then(|| folded.to_ascii_uppercase().into_bytes())
}

/// Without the label that has grown together with the number.
fn unlabelled<'a>(words: &NumberWords, found: &'a [u8]) -> &'a [u8] {
    let letters = found.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (label, rest) = found.split_at(letters);
    let label = String::from_utf8_lossy(label).to_ascii_lowercase();
    if letters > 1 && words.label.contains(label.as_str()) { rest } else { found }
}

/// Digits for the letters that look like them, if that makes a number of one of the known lengths.
fn digits_of(words: &NumberWords, found: &[u8]) -> Vec<u8> {
    let letters = found.iter().filter(|byte| !byte.is_ascii_digit()).count();
    let kept_first = letters == 1
        && found.first().is_some_and(|f| !f.is_ascii_digit() && !words.look_alike_first.contains(f));
    if letters == 0
        || kept_first
        || letters * 2 > found.len()
        || !matches!(found.len(), 8 | OLD | 11 | PERSONAL)
    {
        return found.to_vec();
    }
    let digit =
        |byte: &u8| if byte.is_ascii_digit() { Some(*byte) } else { words.look_alike.get(byte).copied() };
    found.iter().map(digit).collect::<Option<Vec<u8>>>().unwrap_or_else(|| found.to_vec())
}

/// Restores leading zeros and leaves out what stands for no number.
fn finish(words: &NumberWords, found: &[u8]) -> Option<IdNumber> {
    if found.iter().filter(|byte| byte.is_ascii_digit()).count() < FEWEST {
        return None;
    }
    let digits_only = found.iter().all(u8::is_ascii_digit);
    let first = *found.first()?;
    let lost = match found.len() {
        8 if digits_only && first != b'0' => 1,
        10 | 11 if digits_only && first != b'0' => PERSONAL - found.len(),
        _ => 0,
    };
    let mut number = IdNumber::default();
    let padding = std::iter::repeat_n(b'0', lost);
    for byte in padding.chain(found.iter().copied()) {
        *number.digits.get_mut(usize::from(number.len))? = byte;
        number.len += 1;
    }
    if lost > 0 && number.len == 12 && !is_plausible(words, number.as_bytes()) {
        number = IdNumber::default();
        for (slot, byte) in number.digits.iter_mut().zip(found) {
            *slot = *byte;
            number.len += 1;
        }
    }
    let repeated = number.as_bytes().iter().all(|byte| *byte == first);
    let is_unknown = words.unknown.iter().any(|unknown| **unknown == *number.as_bytes());
    (!repeated && !is_unknown).then_some(number)
}

/// Whether 12 digits begin with a province code and a century that people live in.
fn is_plausible(words: &NumberWords, digits: &[u8]) -> bool {
    let province = digits.get(..3).is_some_and(|code| words.provinces.contains(code));
    province && matches!(digits.get(3), Some(b'0'..=b'3'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static WORDS: LazyLock<NumberWords> = LazyLock::new(NumberWords::shipped);

    fn number(raw: &str) -> Option<String> {
        read(&WORDS, raw).map(|number| String::from_utf8(number.as_bytes().to_vec()).unwrap())
    }

    #[test]
    fn the_shipped_table_is_sound() {
        let words = NumberWords::parse(SHIPPED).unwrap();
        assert_eq!(words.provinces.len(), 63);
        assert_eq!(words.look_alike.get(&b'O'), Some(&b'0'));
    }

    #[test]
    fn what_typists_scanners_and_spreadsheets_write() {
        for raw in [
            "030198000101",
            "030 198 000 101",
            "030.198.000.101",
            "'030198000101",
            "30198000101",
            "30198000101.0",
            "3.0198000101E+10",
            "3,0198000101E+10",
            "CCCD: 030198000101",
            "số 030198000101",
            "CCCD030198000101",
            "O30198OOO1O1",
            "03019800010I",
            "030l98000l01",
            "Số CCCD 030198000101",
            "030198000101 (CMND cũ 012345671)",
            "030198000101 - 01/01/2021",
        ] {
            assert_eq!(number(raw).as_deref(), Some("030198000101"), "{raw}");
        }
        for (raw, expected) in [
            ("142345671", "142345671"),
            ("012345671", "012345671"),
            ("12345671", "012345671"),
            ("CMND 142 345 671", "142345671"),
            ("1423456B1", "142345681"),
            ("142345S71", "142345571"),
            ("1085001234", "001085001234"),
            ("B1234567", "B1234567"),
            ("c1234567", "C1234567"),
            ("3019800010", "3019800010"),
            ("03019800010", "03019800010"),
        ] {
            assert_eq!(number(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for raw in
            ["", "-", "không có", "000000000", "111111111111", "123456789", "3.0198E+10", "0", "chưa cấp"]
        {
            assert_eq!(number(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_its_own_normal_form(raw in any::<String>()) {
            if let Some(once) = number(&raw) {
                prop_assert_eq!(number(&once), Some(once));
            }
        }

        #[test]
        fn near_numbers_are_their_own_normal_form(raw in "[0-9OISBE.+ A-Z]{0,18}") {
            if let Some(once) = number(&raw) {
                prop_assert_eq!(number(&once), Some(once));
            }
        }

        #[test]
        fn leading_zeros_come_back(rest in "0[1-9][0-9]{4}[1-9]{2}", province in 10_u32..97) {
            let digits = format!("{province:03}0{rest}");
            prop_assume!(digits.len() == 12 && WORDS.provinces.contains(&digits.as_bytes()[..3]));
            prop_assert_eq!(number(&digits[1..]), Some(digits.clone()));
        }
    }
}
