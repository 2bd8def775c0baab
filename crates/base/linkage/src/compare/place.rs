//! Two addresses, old or new. Commune, street and house are not independent, so one joint level tells how deep the
//! agreement goes.

use super::edit::near;
use super::{Guess, MISSING};
use crate::lexicon::Words;
use crate::row::{AddressWords, HAMLET, HOUSE, HOUSE_MAIN, STREET};

const EXACT: u8 = 1;
const HOUSE_ELSEWHERE: u8 = 2;
const SAME_GATE: u8 = 3;
const STREET_HOUSE_DIFFERS: u8 = 4;
const STREET_ONLY: u8 = 5;
const HOUSE_ONLY: u8 = 6;
const COMMUNE: u8 = 7;
const COMMUNE_STREET_DIFFERS: u8 = 8;
const STREET_ELSEWHERE: u8 = 9;
const PROVINCE: u8 = 10;
const DIFFERENT: u8 = 11;

/// The levels; see the constants.
pub(super) const GUESSES: &[Guess] = &[
    ("missing", 0.0),
    ("exact", 0.35),
    ("house_in_other_commune", 0.02),
    ("same_gate", 0.03),
    ("street_house_differs", 0.03),
    ("street", 0.15),
    ("house", 0.05),
    ("commune", 0.2),
    ("commune_street_differs", 0.05),
    ("street_in_other_commune", 0.02),
    ("province", 0.06),
    ("different", 0.04),
];

/// Agreement of one part.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Unknown,
    Equal,
    Differs,
}

/// The level of two addresses that are not empty.
pub(super) fn level(one: &AddressWords, other: &AddressWords, words: &Words<'_>) -> u8 {
    let commune = commune(one, other, words);
    let house = part(one.0[HOUSE], other.0[HOUSE]);
    let gate = part(one.0[HOUSE_MAIN], other.0[HOUSE_MAIN]);
    let street = match (text(one, other, STREET, words), text(one, other, HAMLET, words)) {
        (Part::Equal, _) | (Part::Unknown, Part::Equal) => Part::Equal,
        (Part::Unknown, hamlet) => hamlet,
        (Part::Differs, _) => Part::Differs,
    };
    use Part::{Differs, Equal, Unknown};
    match (commune, street, house) {
        (Equal, Equal, Equal) => EXACT,
        (Differs, Equal, Equal) | (Unknown, Equal, Equal) => HOUSE_ELSEWHERE,
        (Equal, Equal, Differs) if gate == Equal => SAME_GATE,
        (Equal, Equal, Differs) => STREET_HOUSE_DIFFERS,
        (Equal, Equal, Unknown) => STREET_ONLY,
        (Equal, _, Equal) => HOUSE_ONLY,
        (Equal, Unknown, _) => COMMUNE,
        (Equal, Differs, _) => COMMUNE_STREET_DIFFERS,
        (_, Equal, _) => STREET_ELSEWHERE,
        (Unknown, Unknown, _) => MISSING,
        _ if one.province() != 0 && one.province() == other.province() => PROVINCE,
        _ => DIFFERENT,
    }
}

fn part(one: u32, other: u32) -> Part {
    match (one, other) {
        (0, _) | (_, 0) => Part::Unknown,
        (one, other) if one == other => Part::Equal,
        _ => Part::Differs,
    }
}

fn text(one: &AddressWords, other: &AddressWords, place: usize, words: &Words<'_>) -> Part {
    let (one, other) = (one.0[place], other.0[place]);
    match part(one, other) {
        Part::Differs if alike(one, other, words) => Part::Equal,
        part => part,
    }
}

fn alike(one: u32, other: u32, words: &Words<'_>) -> bool {
    let (one, other) = (words.get(one), words.get(other));
    // "3" and "13" are different hamlets.
    let letters = |text: &[u8]| text.len() > 4 && !text.iter().any(u8::is_ascii_digit);
    near(one, other) && letters(one) && letters(other)
}

/// By code where both are known; a split commune may be any of several. By name otherwise.
fn commune(one: &AddressWords, other: &AddressWords, words: &Words<'_>) -> Part {
    let (mut any, mut known) = (false, false);
    for a in one.communes() {
        for b in other.communes() {
            known = true;
            any |= a == b;
        }
    }
    match (known, any) {
        (true, true) => Part::Equal,
        (true, false) => Part::Differs,
        _ => match part(one.commune_name(), other.commune_name()) {
            Part::Differs if alike(one.commune_name(), other.commune_name(), words) => Part::Equal,
            part => part,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Address;
    use crate::lexicon::Scribe;

    fn compare(one: &Address, other: &Address) -> &'static str {
        let mut scribe = Scribe::new();
        let (one, other) = (AddressWords::new(one, &mut scribe), AddressWords::new(other, &mut scribe));
        let words = Words { base: &scribe.own, more: &scribe.own };
        let level = level(&one, &other, &words);
        assert_eq!(level, super::level(&other, &one, &words), "symmetric");
        GUESSES[usize::from(level)].0
    }

    #[test]
    fn agreement_goes_so_deep() {
        let home = Address {
            house: "12/5/3".into(),
            street: "le loi".into(),
            communes: vec![10816],
            province: 31,
            ..Address::default()
        };
        let with = |change: fn(&mut Address)| {
            let mut other = home.clone();
            change(&mut other);
            compare(&home, &other)
        };
        assert_eq!(with(|_| {}), "exact");
        assert_eq!(with(|a| a.house = "12/7".into()), "same_gate");
        assert_eq!(with(|a| a.house = "14".into()), "street_house_differs");
        assert_eq!(with(|a| a.house.clear()), "street");
        assert_eq!(with(|a| a.street = "tran phu".into()), "house");
        assert_eq!(with(|a| a.communes = vec![1, 10816]), "exact");
        assert_eq!(with(|a| a.communes = vec![1]), "house_in_other_commune");
        assert_eq!(with(|a| *a = Address { communes: vec![10816], ..Address::default() }), "commune");
        assert_eq!(
            with(|a| *a = Address { communes: vec![1], province: 31, ..Address::default() }),
            "province"
        );
    }
}
