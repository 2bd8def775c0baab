//! What of a record goes into its filters.

use crate::normal::Normaliser;
use crate::spec::Role;
use crate::table::Table;
use serde::{Deserialize, Serialize};

/// A field that has a filter of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name: pairs of letters.
    Name,
    /// Day, month and year of birth, and sex: too few values for filters of their own.
    Birth,
    /// Commune of today, street, hamlet, house.
    Place,
    /// The digits of the identity number, each with its place.
    Number,
    /// The digits of the telephone number.
    Phone,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 5] = [Self::Name, Self::Birth, Self::Place, Self::Number, Self::Phone];

    /// Bits that each token sets, so that a usual value fills about a third of the filter.
    pub(super) fn bits_per_token(self) -> usize {
        match self {
            Self::Name => 14,
            Self::Birth | Self::Place => 40,
            Self::Number | Self::Phone => 18,
        }
    }

    /// Written into each hash, so that equal tokens of two fields have nothing in common.
    pub(super) fn label(self) -> u8 {
        match self {
            Self::Name => b'n',
            Self::Birth => b'b',
            Self::Place => b'p',
            Self::Number => b'i',
            Self::Phone => b't',
        }
    }

    /// The roles it is made of; without the first there is no filter.
    pub(super) fn role(self) -> Role {
        match self {
            Self::Name => Role::Name,
            Self::Birth => Role::Birth,
            Self::Place => Role::Address,
            Self::Number => Role::IdNumber,
            Self::Phone => Role::Phone,
        }
    }
}

/// The tokens of a field of a row, and the year of birth if it is the field of birth. Of several people named
/// in a row the first counts.
pub(super) fn tokens(normaliser: &Normaliser, table: &Table, row: usize, field: Field) -> Vec<String> {
    let raw = |role| table.column(role).map_or("", |column| column.get(row));
    let mut tokens = Vec::new();
    match field {
        Field::Name => {
            if let Some(name) = normaliser.names(raw(Role::Name)).first() {
                pairs(&name.folded, &mut tokens);
            }
        }
        Field::Birth => {
            if let Some(birth) = normaliser.birth(raw(Role::Birth)) {
                let parts =
                    [('y', u32::from(birth.year)), ('m', birth.month.into()), ('d', birth.day.into())];
                tokens.extend(
                    parts.iter().filter(|(_, part)| *part > 0).map(|(kind, part)| format!("{kind}{part}")),
                );
                tokens.extend(normaliser.sex(raw(Role::Sex)).map(|sex| format!("s{sex:?}")));
            }
        }
        Field::Place => {
            let address = normaliser.address(raw(Role::Address), raw(Role::Commune));
            tokens.extend(address.communes.iter().map(|commune| format!("c{commune}")));
            let parts = [('t', address.hamlet), ('r', address.street), ('h', address.house)];
            let known = parts.iter().filter(|(_, part)| !part.is_empty());
            tokens.extend(known.map(|(kind, part)| format!("{kind}{part}")));
        }
        Field::Number => {
            if let Some(number) = normaliser.id_number(raw(Role::IdNumber)) {
                digits(number.as_bytes(), &mut tokens);
            }
        }
        Field::Phone => {
            if let Some(phone) = normaliser.phone(raw(Role::Phone)) {
                digits(phone.0.to_string().as_bytes(), &mut tokens);
            }
        }
    }
    tokens
}

/// The year of birth of a row; 0 if it is not known.
pub(super) fn birth_year(normaliser: &Normaliser, table: &Table, row: usize) -> u16 {
    let raw = table.column(Role::Birth).map_or("", |column| column.get(row));
    normaliser.birth(raw).map_or(0, |birth| birth.year)
}

/// Pairs of letters of each word, with its ends; a pair that comes again is another token.
fn pairs(name: &str, tokens: &mut Vec<String>) {
    for word in name.split(' ') {
        let mut before = '_';
        for letter in word.chars().chain(std::iter::once('_')) {
            let pair = format!("{before}{letter}");
            let times = tokens.iter().filter(|token| token.starts_with(&pair)).count();
            tokens.push(format!("{pair}{times}"));
            before = letter;
        }
    }
}

fn digits(digits: &[u8], tokens: &mut Vec<String>) {
    let placed = digits.iter().enumerate();
    tokens.extend(placed.map(|(place, digit)| format!("{}:{place}:{}", digits.len(), char::from(*digit))));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Column;

    fn table(role: Role, raw: &str) -> Table {
        Table { ids: ["1"].into_iter().collect(), columns: vec![(role, Column::from_iter([raw]))] }
    }

    fn of(field: Field, raw: &str) -> Vec<String> {
        tokens(&Normaliser::new(), &table(field.role(), raw), 0, field)
    }

    #[test]
    fn values_become_tokens_of_their_normal_form() {
        assert_eq!(of(Field::Name, "Bà Lê  An"), ["_l0", "le0", "e_0", "_a0", "an0", "n_0"]);
        assert_eq!(of(Field::Name, "ana ana")[4], "_a1");
        assert_eq!(of(Field::Birth, "1985"), ["y1985"]);
        assert_eq!(of(Field::Birth, "07/03/1985"), ["y1985", "m3", "d7"]);
        assert_eq!(of(Field::Place, "thôn Đông, xã Hà Bắc, Hải Phòng"), ["c10816", "tdong"]);
        assert_eq!(of(Field::Phone, "0365123456"), of(Field::Phone, "01665123456"));
        assert_eq!(of(Field::Number, "142345671").len(), 9);
        assert!(of(Field::Number, "").is_empty());
        assert_eq!(birth_year(&Normaliser::new(), &table(Role::Birth, "7/3/85"), 0), 1985);
    }
}
