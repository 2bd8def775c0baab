//! Addresses that differ in their house numbers only are read once.
//!
//! `Số 12, ngõ 5 Lê Lợi, P. Hà Đông` and `Số 7, ngõ 31 Lê Lợi, P. Hà Đông` are one form with two numbers. The form
//! is read with numbers of our own in their places; where these come out as parts of the house, so would any other
//! number, because nothing else looks at them. Numbers that come out elsewhere (`Phường 3`) belong to the form.

use super::{Memo, Normaliser};
use crate::field::Address;
use crate::lexicon::Lexicon;
use std::ops::Range;

/// Numbers that are put in the place of others; a text that holds one is read as it is.
const STAND_INS: [&str; 4] = ["70001", "70002", "70003", "70004"];
const STAND_INS_BEGIN: &str = "7000";
/// Stands between address and commune in the key of a form.
const BETWEEN: char = '\u{1f}';

/// The forms of addresses that were read.
#[derive(Debug)]
pub(crate) struct Alike {
    texts: Lexicon,
    /// By number of the text.
    forms: Vec<Form>,
    addresses: Vec<Address>,
    key: String,
    numbers: Vec<Range<usize>>,
}

#[derive(Clone, Copy, Debug)]
enum Form {
    /// Only these numbers (as bits) are house numbers.
    Some(u8),
    /// Place of the address.
    Read(u32),
    /// To be read each time.
    Itself,
}

impl Default for Alike {
    fn default() -> Self {
        let texts = Lexicon::new();
        Self {
            texts,
            forms: vec![Form::Itself],
            addresses: Vec::new(),
            key: String::new(),
            numbers: Vec::new(),
        }
    }
}

impl Alike {
    /// The place of an address, whose house number is written into `house`; `None` if it is to be read as it is.
    pub(crate) fn read(
        &mut self,
        normaliser: &Normaliser,
        memo: &mut Memo,
        raw: &str,
        commune: &str,
        house: &mut String,
    ) -> Option<u32> {
        if raw.contains(STAND_INS_BEGIN) || raw.contains(BETWEEN) {
            return None;
        }
        find_numbers(raw, &mut self.numbers);
        let all = (1_u8 << self.numbers.len()) - 1;
        let place = match self.form(normaliser, memo, raw, commune, all) {
            Form::Read(place) => place,
            Form::Some(some) => match self.form(normaliser, memo, raw, commune, some) {
                Form::Read(place) => place,
                _ => return None,
            },
            Form::Itself => return None,
        };
        house.clear();
        for part in self.addresses.get(place as usize)?.house.split('/') {
            if !house.is_empty() {
                house.push('/');
            }
            let number = STAND_INS.iter().position(|own| *own == part).and_then(|at| self.numbers.get(at));
            house.push_str(number.map_or(part, |number| raw.get(number.clone()).unwrap_or(part)));
        }
        Some(place)
    }

    /// An address that was read; its house number is that of the form.
    pub(crate) fn address(&self, place: u32) -> Option<&Address> {
        self.addresses.get(place as usize)
    }

    /// The form of a text with stand-ins for the numbers whose bits are set.
    fn form(&mut self, normaliser: &Normaliser, memo: &mut Memo, raw: &str, commune: &str, bits: u8) -> Form {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        let mut from = 0;
        for (at, (number, own)) in self.numbers.iter().zip(STAND_INS).enumerate() {
            if bits >> at & 1 == 1 {
                key.push_str(raw.get(from..number.start).unwrap_or_default());
                key.push_str(own);
                from = number.end;
            }
        }
        key.push_str(raw.get(from..).unwrap_or_default());
        let length = key.len();
        key.push(BETWEEN);
        key.push_str(commune);
        let place = self.texts.intern(&key) as usize;
        if place == self.forms.len() {
            let address = normaliser.address_with(memo, key.get(..length).unwrap_or_default(), commune);
            let form = match house_numbers(&address, bits) {
                found if found == bits => {
                    self.addresses.push(address);
                    Form::Read(self.addresses.len() as u32 - 1)
                }
                found if found == 0 && bits.count_ones() < self.numbers.len() as u32 => Form::Itself,
                found => Form::Some(found),
            };
            self.forms.push(form);
        }
        self.key = key;
        self.forms.get(place).copied().unwrap_or(Form::Itself)
    }
}

/// The numbers of a text: words of digits and slashes, before a space, a comma or the end. The first four count.
fn find_numbers(raw: &str, numbers: &mut Vec<Range<usize>>) {
    numbers.clear();
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() && numbers.len() < STAND_INS.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'/').count();
        let word = rest.get(..length).unwrap_or_default();
        let ends = matches!(rest.get(length), None | Some(b' ' | b','));
        let slashes_join = !word.windows(2).any(|pair| pair == b"//");
        if length > 0 && ends && slashes_join && word.first() != Some(&b'/') && word.last() != Some(&b'/') {
            numbers.push(at..at + length);
        }
        // The next word begins behind a space.
        at += rest.iter().position(|byte| *byte == b' ').map_or(rest.len(), |space| space + 1);
    }
}

/// Which stand-ins are parts of the house and of nothing else.
fn house_numbers(address: &Address, bits: u8) -> u8 {
    let is_house = |own: &str| {
        address.house.split('/').filter(|part| *part == own).count() == 1
            && ![&address.street, &address.hamlet, &address.commune_name]
                .iter()
                .any(|text| text.contains(own))
    };
    let found = STAND_INS.iter().enumerate().filter(|(at, own)| bits >> at & 1 == 1 && is_house(own));
    found.fold(0, |found, (at, _)| found | 1 << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a text with forms, and as it is.
    fn both(alike: &mut Alike, raw: &str, commune: &str) -> (Address, Address) {
        let (normaliser, mut memo, mut house) = (Normaliser::new(), Memo::default(), String::new());
        let whole = normaliser.address(raw, commune);
        let place = alike.read(&normaliser, &mut memo, raw, commune, &mut house);
        let formed = match place.and_then(|place| alike.address(place)) {
            Some(address) => Address { house, ..address.clone() },
            None => whole.clone(),
        };
        (formed, whole)
    }

    #[test]
    fn numbers_change_and_the_form_stays() {
        let mut alike = Alike::default();
        for raw in [
            "Số 12, ngõ 5 Lê Lợi, P. Hà Đông",
            "Số 7, ngõ 31 Lê Lợi, P. Hà Đông",
            "12/5/3 Lê Lợi, Phường 3, Quận 5",
            "14 Lê Lợi, Phường 03, Quận 5",
            "219/11 Phan Bội Châu, phường Nguyễn Trãi, thành phố Hải Dương",
            "Số 222, Thôn 3, xã Hà Bắc, thành phố Hải Phòng",
            "Thôn 3, xã Hà Bắc",
            "đường 3 tháng 2, phường 12, quận 10",
            "Số 70001 Lê Lợi",
            "5",
            "",
        ] {
            let (formed, whole) = both(&mut alike, raw, "");
            assert_eq!(formed, whole, "{raw}");
        }
        assert_eq!(alike.addresses.len(), 9, "the first two are one form, and one is read as it is");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn forms_change_nothing(
            words in proptest::collection::vec(
                "(Số|số nhà|ngõ|hẻm|ngách|tổ|thôn|xã|P\\.|Q|phường|quận|đường|Lê Lợi|Hà Bắc|Hà Nội|,|[0-9]{1,3}|[0-9]/[0-9]{1,2}|[0-9]{1,2}[ab]?,)",
                0..9,
            ),
            others in proptest::collection::vec("[0-9]{1,3}", 9),
            commune in "(Hà Bắc|10816|)",
        ) {
            let mut alike = Alike::default();
            let raw = words.join(" ");
            let changed: Vec<&str> = words.iter().zip(&others).map(|(word, other)| {
                if word.bytes().all(|byte| byte.is_ascii_digit()) { other } else { word }
            }.as_str()).collect();
            for raw in [raw, changed.join(" ")] {
                let (formed, whole) = both(&mut alike, &raw, &commune);
                prop_assert_eq!(formed, whole, "{}", raw);
            }
        }
    }
}
