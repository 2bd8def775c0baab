//! Telephone numbers in the form they have today.
//!
//! In 2017 the area codes of landlines changed, in 2018 the mobile prefixes of 11 digits became ones of 10.
//! Registers hold both, with and without +84, and without the 0 that a spreadsheet took. Only the length tells
//! an old landline (031 + 7 digits) from a mobile number of today (031…); where both have the same length the
//! number is taken for a mobile one, as almost all numbers given since are.

use super::words::Fnv;
use crate::field::Phone;
use serde::Deserialize;
use std::collections::HashMap;

const SHIPPED: &str = include_str!("../../../../../data/linkage/phones.toml");

/// The table of prefixes.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes {
    mobile: HashMap<Box<[u8]>, Box<[u8]>, Fnv>,
    landline: HashMap<Box<[u8]>, Box<[u8]>, Fnv>,
    mobile_first: Vec<u8>,
    mobile_length: usize,
    landline_length: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    mobile: HashMap<String, String>,
    landline: HashMap<String, String>,
    today: Today,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Today {
    mobile_first: String,
    mobile_length: usize,
    landline_length: usize,
}

impl Prefixes {
    /// The shipped table. Empty if it were damaged, which a test excludes.
    pub(super) fn shipped() -> Self {
        Self::parse(SHIPPED).unwrap_or_default()
    }

    /// Reads a table.
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let bytes = |map: HashMap<String, String>| {
            map.into_iter().map(|(old, new)| (old.into_bytes().into(), new.into_bytes().into())).collect()
        };
        Ok(Self {
            mobile: bytes(file.mobile),
            landline: bytes(file.landline),
            mobile_first: file.today.mobile_first.into_bytes(),
            mobile_length: file.today.mobile_length,
            landline_length: file.today.landline_length,
        })
    }

    fn is_mobile(&self, digits: &[u8]) -> bool {
        digits.len() == self.mobile_length
            && digits.get(1).is_some_and(|first| self.mobile_first.contains(first))
    }
}

/// Reads a number; the first one if there are several. `None` if it cannot be a Vietnamese number.
pub(super) fn read(prefixes: &Prefixes, raw: &str) -> Option<Phone> {
    let mut digits = [0_u8; 16];
    let mut len = 0;
    for c in raw.chars() {
        match c {
            '0'..='9' => {
                let byte = u8::try_from(c).ok()?;
                // More digits than a number has: another number follows.
                let Some(slot) = digits.get_mut(len) else { break };
                *slot = byte;
                len += 1;
            }
            '/' | ',' | ';' | '|' | '\n' if len >= 8 => break,
            _ => {}
        }
    }
    let digits = national(digits.get(..len)?);
    let digits = digits.as_slice();
    let today = if prefixes.is_mobile(digits) {
        None
    } else if digits.len() == prefixes.landline_length {
        let four = digits.get(..4)?;
        let changed = prefixes.mobile.get(four).or_else(|| prefixes.landline.get(four));
        changed.map(|prefix| (prefix, digits.get(4..).unwrap_or_default()))
    } else if digits.len() + 1 == prefixes.landline_length {
        let old = (2..=3).rev().find_map(|len| {
            let area = digits.get(..len)?;
            Some((prefixes.landline.get(area)?, digits.get(len..)?))
        });
        Some(old?)
    } else {
        return None;
    };
    let value = match today {
        Some((prefix, rest)) => number(prefix.iter().chain(rest)),
        None => number(digits.iter()),
    };
    (value > 0).then_some(Phone(value))
}

/// With its leading 0: `+84`, `84`, `0084`, `(0)` and a lost 0 are undone.
fn national(digits: &[u8]) -> Vec<u8> {
    let abroad =
        digits.strip_prefix(b"0084").or_else(|| digits.strip_prefix(b"084").filter(|rest| rest.len() > 8));
    let rest = match abroad.or_else(|| digits.strip_prefix(b"84").filter(|rest| rest.len() > 8)) {
        Some(rest) => rest,
        None => digits,
    };
    let rest = rest.strip_prefix(b"0").unwrap_or(rest);
    std::iter::once(b'0').chain(rest.iter().copied()).collect()
}

fn number<'a>(digits: impl Iterator<Item = &'a u8>) -> u64 {
    digits.fold(0_u64, |value, byte| {
        value.saturating_mul(10).saturating_add(u64::from(byte.saturating_sub(b'0')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PREFIXES: LazyLock<Prefixes> = LazyLock::new(Prefixes::shipped);

    fn phone(raw: &str) -> Option<u64> {
        read(&PREFIXES, raw).map(|phone| phone.0)
    }

    #[test]
    fn the_shipped_table_is_sound() {
        let prefixes = Prefixes::parse(SHIPPED).unwrap();
        assert_eq!((prefixes.mobile.len(), prefixes.landline.len()), (21, 59));
        for new in prefixes.mobile.values() {
            assert!(new.len() == 3 && prefixes.mobile_first.contains(&new[1]));
        }
        for (old, new) in &prefixes.landline {
            assert_eq!(new.len(), (old.len() + 1).min(4));
            assert!(new.starts_with(b"02"));
        }
    }

    #[test]
    fn forms_of_one_number() {
        for raw in [
            "0365123456",
            "036 512 3456",
            "0365.123.456",
            "+84365123456",
            "84365123456",
            "+84 (0)365 123 456",
            "0084365123456",
            "365123456",
            "01665123456",
            "0166 512 3456",
            "+841665123456",
            "1665123456",
            "0365123456 / 0912345678",
            "ĐT: 0365123456",
        ] {
            assert_eq!(phone(raw), Some(365_123_456), "{raw}");
        }
        for (raw, expected) in [
            ("0912345678", 912_345_678),
            ("01201234567", 701_234_567),
            ("01234567890", 834_567_890),
            ("01861234567", 561_234_567),
            ("01991234567", 591_234_567),
            ("0438251234", 2_438_251_234),
            ("02438251234", 2_438_251_234),
            ("(04) 3825 1234", 2_438_251_234),
            ("0225 3 842 123", 2_253_842_123),
            ("03203842123", 2_203_842_123),
        ] {
            assert_eq!(phone(raw), Some(expected), "{raw}");
        }
        for raw in ["", "không có", "113", "12345", "0000000000", "99999999999999999999"] {
            assert_eq!(phone(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_its_own_normal_form(raw in "[0-9+() ./-]{0,20}") {
            if let Some(once) = phone(&raw) {
                prop_assert_eq!(phone(&format!("0{once}")), Some(once));
            }
        }

        #[test]
        fn any_text_is_survived(raw in any::<String>()) {
            phone(&raw);
        }
    }
}
