//! From raw text to normal form.
//!
//! The engine calls [`Normaliser`] once per distinct value. A call should take about a microsecond for text
//! that is already clean, and never panics on any text.

use crate::field::{Address, BirthDate, IdNumber, NameParts, Phone, Sex};
use d06_kernel::text::{nfc, search_key};

/// Brings values to their normal form.
#[derive(Clone, Debug, Default)]
pub struct Normaliser {}

impl Normaliser {
    /// With the tables that are shipped.
    pub fn new() -> Self {
        Self {}
    }

    /// The people a name names, in order: none, one or several (`ông A và bà B`).
    pub fn names(&self, raw: &str) -> Vec<NameParts> {
        let text = nfc(raw).to_lowercase();
        let folded = search_key(&text);
        if folded.is_empty() { Vec::new() } else { vec![NameParts { text, folded, ..NameParts::default() }] }
    }

    /// A date of birth as far as the text tells it.
    pub fn birth(&self, raw: &str) -> Option<BirthDate> {
        let mut numbers =
            raw.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u16>().ok());
        match (numbers.next(), numbers.next(), numbers.next()) {
            (Some(year), Some(month), Some(day)) if year > 31 => ymd(year, month, day),
            (Some(day), Some(month), Some(year)) => ymd(year, month, day),
            (Some(year), None, None) => ymd(year, 0, 0),
            _ => None,
        }
    }

    /// Sex.
    pub fn sex(&self, raw: &str) -> Option<Sex> {
        match search_key(raw).as_str() {
            "nam" | "male" | "m" | "1" => Some(Sex::Male),
            "nu" | "female" | "f" | "0" | "2" => Some(Sex::Female),
            _ => None,
        }
    }

    /// A number on an identity paper.
    pub fn id_number(&self, raw: &str) -> Option<IdNumber> {
        let mut number = IdNumber::default();
        for byte in raw.bytes().filter(u8::is_ascii_alphanumeric) {
            *number.digits.get_mut(usize::from(number.len))? = byte.to_ascii_uppercase();
            number.len += 1;
        }
        (number.len > 0).then_some(number)
    }

    /// An address. `commune` is the raw text of the commune column, or empty; it may be a code.
    pub fn address(&self, raw: &str, commune: &str) -> Address {
        let mut address = Address { commune_name: search_key(commune), ..Address::default() };
        let key = search_key(raw);
        let mut words = key.split([' ', ',']);
        if let Some(first) = words.next() {
            address.house = first.to_owned();
        }
        address.street = words.collect::<Vec<_>>().join(" ");
        address
    }

    /// A telephone number.
    pub fn phone(&self, raw: &str) -> Option<Phone> {
        let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
        let national = digits.strip_prefix("84").unwrap_or(&digits).trim_start_matches('0');
        national.parse().ok().filter(|number| *number > 0).map(Phone)
    }

    /// Any other text, for comparison: lower case, no marks, single spaces.
    pub fn text(&self, raw: &str) -> String {
        search_key(raw)
    }
}

fn ymd(year: u16, month: u16, day: u16) -> Option<BirthDate> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    (month <= 12 && day <= 31).then_some(BirthDate { year, month, day })
}
