//! Registers of marriages: the same columns for husband and wife.

use super::headers::plain;
use super::{Meaning, role_of_header};
use d06_linkage::spec::Role;

/// Words of the two, and of both in one.
const HUSBAND: &[&str] = &["chong", "ben nam", "chu re", "husband", "groom"];
const WIFE: &[&str] = &["vo", "ben nu", "co dau", "wife", "bride"];

/// The columns of husband (0) and wife (1), by role, if the list names both and nobody else.
pub(super) fn couple(headers: &[String]) -> Vec<(Role, usize, usize)> {
    let mut found: Vec<(Role, usize, usize)> = Vec::new();
    for (place, header) in headers.iter().enumerate() {
        match of_one(header) {
            Some((person, Some(role))) if !found.iter().any(|(r, p, _)| (*r, *p) == (role, person)) => {
                found.push((role, person, place));
            }
            None if role_of_header(header) == Some(Meaning::Role(Role::Name)) => return Vec::new(),
            _ => {}
        }
    }
    let has = |role, person| found.iter().any(|(r, p, _)| (*r, *p) == (role, person));
    let roles: Vec<Role> =
        found.iter().map(|(role, ..)| *role).filter(|role| has(*role, 0) && has(*role, 1)).collect();
    found.retain(|(role, ..)| roles.contains(role));
    if roles.contains(&Role::Name) { found } else { Vec::new() }
}

/// Which of the two a header is about, and the role that its other words say.
fn of_one(header: &str) -> Option<(usize, Option<Role>)> {
    let padded = format!(" {} ", plain(header));
    let of =
        |words: &[&'static str]| words.iter().copied().find(|words| padded.contains(&format!(" {words} ")));
    let (person, words) = match (of(HUSBAND), of(WIFE)) {
        (Some(words), None) => (0, words),
        (None, Some(words)) => (1, words),
        _ => return None,
    };
    let rest = padded.replacen(&format!(" {words} "), " ", 1);
    let role = match role_of_header(&rest) {
        // "Chồng" alone is his name.
        None if rest.trim().is_empty() => Some(Role::Name),
        Some(Meaning::Role(role)) => Some(role),
        _ => None,
    };
    Some((person, role))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &str) -> Vec<(Role, usize, usize)> {
        couple(&headers.split('|').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn both_are_found_and_what_is_said_of_one_only_is_not() {
        let found = of(
            "Số|Họ, chữ đệm, tên chồng|Ngày sinh chồng|Dân tộc chồng|Họ, chữ đệm, tên vợ|Ngày sinh vợ|CCCD vợ",
        );
        let expected = [(Role::Name, 0, 1), (Role::Birth, 0, 2), (Role::Name, 1, 4), (Role::Birth, 1, 5)];
        assert_eq!(found, expected);
        assert_eq!(of("Bên nam Họ tên|Bên nữ Họ tên"), [(Role::Name, 0, 0), (Role::Name, 1, 1)]);
        assert_eq!(of("STT|Chồng|Vợ"), [(Role::Name, 0, 1), (Role::Name, 1, 2)]);
    }

    #[test]
    fn other_lists_have_no_couple() {
        for headers in
            ["Họ và tên|Họ tên chồng|Họ tên vợ", "Họ tên vợ/chồng|CCCD", "Họ tên chồng|CCCD vợ", ""]
        {
            assert_eq!(of(headers), [], "{headers}");
        }
    }
}
