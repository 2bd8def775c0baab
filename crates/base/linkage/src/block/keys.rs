//! The keys that there are.

use crate::row::{Rows, Slot};
use crate::spec::KeyPart;

/// Whether rows of this layout can have a value of a part.
pub(crate) fn available(rows: &Rows, part: KeyPart) -> bool {
    let slots: &[Slot] = match part {
        KeyPart::Name | KeyPart::Surname | KeyPart::Given | KeyPart::Middle | KeyPart::NameSound => {
            &[Slot::Name]
        }
        KeyPart::Birth | KeyPart::BirthYear | KeyPart::BirthDay => &[Slot::Birth],
        KeyPart::Sex => &[Slot::Sex],
        KeyPart::Number | KeyPart::NumberHead | KeyPart::NumberTail => &[Slot::Number, Slot::OldNumber],
        KeyPart::Commune | KeyPart::House | KeyPart::Street => &[Slot::Address],
        KeyPart::Phone => &[Slot::Phone],
        KeyPart::Father => &[Slot::Father],
        KeyPart::Mother => &[Slot::Mother],
        KeyPart::Spouse => &[Slot::Spouse],
        KeyPart::Household => &[Slot::Household],
        KeyPart::Text(n) => return rows.layout.has(Slot::Text(n)),
    };
    slots.iter().any(|slot| rows.layout.has(*slot))
}

/// The keys among which the engine chooses.
pub(crate) fn standard_keys() -> Vec<Vec<KeyPart>> {
    use KeyPart::{
        Birth, BirthDay, BirthYear, Commune, Father, Given, House, Household, Middle, Mother, Name,
        NameSound, Number, NumberHead, NumberTail, Phone, Spouse, Street, Surname, Text,
    };
    let mut keys = vec![
        vec![Number],
        vec![Phone],
        vec![NumberTail],
        vec![NumberHead, Given],
        vec![Name, Birth],
        vec![Name, BirthYear],
        vec![Name, BirthYear, Commune],
        vec![Name, Commune],
        vec![Name, Street],
        vec![Name],
        vec![Name, BirthDay],
        vec![Surname, Given, Birth],
        vec![Surname, Given, BirthYear],
        vec![Surname, Given, Commune],
        vec![Surname, Given, Street],
        vec![Given, Middle, BirthYear],
        vec![Given, Middle, BirthYear, Commune],
        vec![Given, Middle, Commune, Street],
        vec![Surname, Middle, BirthYear, Commune],
        vec![Surname, Middle, BirthYear, Street],
        vec![Given, Birth],
        vec![Surname, Birth],
        vec![Birth, Commune],
        vec![Given, BirthYear, Commune],
        vec![Surname, BirthYear, Commune],
        vec![Given, BirthYear, Street],
        vec![NameSound, BirthYear],
        vec![NameSound, BirthYear, Commune],
        vec![House, Street, Given],
        vec![House, Street, Surname],
        vec![House, Street, BirthYear],
        vec![House, Commune, Given],
        vec![House, Commune, BirthYear],
        vec![Household, Given],
        vec![Household, BirthYear],
        vec![Father, Mother],
        vec![Father, Given],
        vec![Mother, Given],
        vec![Name, Spouse],
        vec![Spouse, Given],
    ];
    for n in 0..crate::spec::MAX_TEXTS as u8 {
        keys.extend([vec![Text(n)], vec![Text(n), Given], vec![Text(n), Surname], vec![Text(n), Birth]]);
    }
    keys
}

/// How a key is written in reports: `name+birth_year`.
pub(crate) fn key_name(key: &[KeyPart]) -> String {
    let word = |part: &KeyPart| match part {
        KeyPart::Name => "name".to_owned(),
        KeyPart::Surname => "surname".to_owned(),
        KeyPart::Given => "given".to_owned(),
        KeyPart::Middle => "middle".to_owned(),
        KeyPart::NameSound => "name_sound".to_owned(),
        KeyPart::Birth => "birth".to_owned(),
        KeyPart::BirthYear => "birth_year".to_owned(),
        KeyPart::BirthDay => "birth_day".to_owned(),
        KeyPart::Sex => "sex".to_owned(),
        KeyPart::Number => "number".to_owned(),
        KeyPart::NumberHead => "number_head".to_owned(),
        KeyPart::NumberTail => "number_tail".to_owned(),
        KeyPart::Commune => "commune".to_owned(),
        KeyPart::House => "house".to_owned(),
        KeyPart::Street => "street".to_owned(),
        KeyPart::Phone => "phone".to_owned(),
        KeyPart::Father => "father".to_owned(),
        KeyPart::Mother => "mother".to_owned(),
        KeyPart::Spouse => "spouse".to_owned(),
        KeyPart::Household => "household".to_owned(),
        KeyPart::Text(n) => format!("text{n}"),
    };
    key.iter().map(word).collect::<Vec<_>>().join("+")
}
