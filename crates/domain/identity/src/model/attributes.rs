//! What VNeID says of a person.

use d06_kernel::Problem;
use d06_kernel::person::{PartialDate, PersonalNumber};
use d06_kernel::text::nfc;
use serde::Deserialize;

/// Characters of a name at most; the population database keeps no longer ones.
const LONGEST_NAME: usize = 100;

/// The user information as it comes over the wire. Names and forms of the attributes are those of the national
/// sign-on (`SoDinhDanh`, `HoVaTen`, `NgayThangNamSinh` as `YYYYMMDD`, or `YYYY` where only the year is known).
#[derive(Clone, Deserialize)]
pub struct UserInfo {
    /// Subject; must be that of the ID token.
    pub sub: String,
    /// Personal number.
    #[serde(rename = "SoDinhDanh")]
    pub number: Option<String>,
    /// Full name.
    #[serde(rename = "HoVaTen")]
    pub name: Option<String>,
    /// Date of birth.
    #[serde(rename = "NgayThangNamSinh")]
    pub birth_date: Option<String>,
    /// Kind of account; `1` is a citizen.
    #[serde(rename = "LoaiTaiKhoan")]
    pub account_kind: Option<String>,
    /// Identification level.
    #[serde(rename = "MucDoDinhDanh")]
    pub level: Option<String>,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Attributes {
    /// Personal number.
    pub number: PersonalNumber,
    /// Full name, in composed Unicode (NFC).
    pub name: String,
    /// Date of birth.
    pub birth_date: Option<PartialDate>,
    /// Identification level; 1 where VNeID does not say.
    pub level: u8,
}

impl TryFrom<UserInfo> for Attributes {
    type Error = Problem;

    /// Refuses what cannot be a person: a wrong number, a date that does not exist, a name with markup in it.
    fn try_from(info: UserInfo) -> Result<Self, Problem> {
        if info.account_kind.as_deref().is_some_and(|kind| kind != "1") {
            return Err(Problem::invalid("vneid.account-kind-unknown"));
        }
        let number = info.number.as_deref().unwrap_or_default();
        let number = number.parse().map_err(|_| Problem::invalid("vneid.number-wrong"))?;
        let name = nfc(info.name.as_deref().unwrap_or_default().trim());
        let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '-' | '.' | '’'));
        if name.is_empty() || !plain || name.chars().count() > LONGEST_NAME {
            return Err(Problem::invalid("vneid.name-wrong"));
        }
        let birth_date = match info.birth_date.as_deref() {
            None | Some("") => None,
            Some(text) => Some(text.parse().map_err(|_| Problem::invalid("vneid.birth-date-wrong"))?),
        };
        let level = if info.level.as_deref() == Some("2") { 2 } else { 1 };
        Ok(Self { number, name, birth_date, level })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(number: &str, name: &str, birth_date: &str) -> UserInfo {
        serde_json::from_value(serde_json::json!({
            "sub": "s", "SoDinhDanh": number, "HoVaTen": name, "NgayThangNamSinh": birth_date, "LoaiTaiKhoan": "1",
        }))
        .unwrap()
    }

    #[test]
    fn decomposed_names_are_composed() {
        let attributes =
            Attributes::try_from(info("030198000101", "Nguye\u{302}\u{303}n Thi\u{323} Mai", "1942"))
                .unwrap();
        assert_eq!(attributes.name, "Nguyễn Thị Mai");
        assert_eq!(attributes.birth_date, Some(PartialDate::Year(1942)));
    }

    #[test]
    fn what_cannot_be_a_person_is_refused_by_name() {
        for (number, name, birth, code) in [
            ("03019800010", "Mai", "19980312", "vneid.number-wrong"),
            ("03019800010a", "Mai", "19980312", "vneid.number-wrong"),
            ("030198000101", "<b>Mai</b>", "19980312", "vneid.name-wrong"),
            ("030198000101", "", "19980312", "vneid.name-wrong"),
            ("030198000101", "Mai", "19980230", "vneid.birth-date-wrong"),
        ] {
            assert_eq!(
                Attributes::try_from(info(number, name, birth)).unwrap_err().code,
                code,
                "{number} {name}"
            );
        }
    }
}
