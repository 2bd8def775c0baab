//! What the QR code of an identity card says.

use crate::person::{PartialDate, PersonalNumber, Sex};
use crate::text::nfc;
use std::str::FromStr;

/// The QR code of an identity card (thẻ căn cước công dân, thẻ căn cước), as a scanner types it:
/// `number|old number|name|ddMMyyyy|sex|address|ddMMyyyy`, the last the day of issue. Later cards add fields at the
/// end; they are not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardCode {
    /// The personal number.
    pub number: PersonalNumber,
    /// The number of the old card, nine digits.
    pub old_number: Option<String>,
    /// Full name.
    pub name: String,
    /// Date of birth; only the year where the card gives no day.
    pub birth: PartialDate,
    /// Sex.
    pub sex: Option<Sex>,
    /// Permanent residence as one line.
    pub address: Option<String>,
}

/// Why a text is not the QR code of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACardCode {
    /// Fewer than seven parts joined by bars.
    #[error("a card's code has seven parts")]
    Parts,
    /// The first part is no personal number.
    #[error("the first part is no personal number")]
    Number,
    /// The third part is empty.
    #[error("the third part is no name")]
    Name,
    /// The fourth part is no date.
    #[error("the fourth part is no date of birth")]
    Birth,
}

impl FromStr for CardCode {
    type Err = NotACardCode;

    fn from_str(text: &str) -> Result<Self, NotACardCode> {
        let text = nfc(text.trim());
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        let [number, old, name, birth, sex, address, _, ..] = parts.as_slice() else {
            return Err(NotACardCode::Parts);
        };
        let held = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Self {
            number: number.parse().map_err(|_| NotACardCode::Number)?,
            old_number: held(old),
            name: held(name).ok_or(NotACardCode::Name)?,
            birth: birth_of(birth).ok_or(NotACardCode::Birth)?,
            sex: match *sex {
                "Nam" => Some(Sex::Male),
                "Nữ" => Some(Sex::Female),
                _ => None,
            },
            address: held(address),
        })
    }
}

/// `07031985`, or `00001942` where only the year is known.
fn birth_of(text: &str) -> Option<PartialDate> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (day, month, year) = (&text[..2], &text[2..4], &text[4..]);
    match (day, month) {
        ("00", "00") => year.parse().ok(),
        ("00", _) => format!("{month}/{year}").parse().ok(),
        _ => format!("{day}/{month}/{year}").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_as_a_scanner_types_it() {
        let text = " 030142000105|140012345|Bùi Thị Sen|00001942|Nữ|Thôn 5, Hà Bắc, Hải Phòng|10052021\r\n";
        let card: CardCode = text.parse().unwrap();
        assert_eq!((card.number.as_str(), &*card.name), ("030142000105", "Bùi Thị Sen"));
        assert_eq!((card.birth, card.sex), (PartialDate::Year(1942), Some(Sex::Female)));
        assert_eq!(card.old_number.as_deref(), Some("140012345"));
        let later = "030198000101||Nguyễn Thị Mai|12031998|Nữ|Hà Bắc|10052024||Nguyễn Văn Tám|Lê Thị Hạnh";
        assert_eq!(later.parse::<CardCode>().unwrap().birth, "12/03/1998".parse().unwrap());
    }

    #[test]
    fn what_is_no_card_is_told_apart() {
        for (text, wrong) in [
            ("030142000105", NotACardCode::Parts),
            ("https://dichvucong.gov.vn/x", NotACardCode::Parts),
            ("03014200010|1|Bùi Thị Sen|01011942|Nữ|Hà Bắc|10052021", NotACardCode::Number),
            ("030142000105|||01011942|Nữ|Hà Bắc|10052021", NotACardCode::Name),
            ("030142000105||Bùi Thị Sen|30021942|Nữ|Hà Bắc|10052021", NotACardCode::Birth),
            ("030142000105||Bùi Thị Sen|ữ1011942|Nữ|Hà Bắc|10052021", NotACardCode::Birth),
        ] {
            assert_eq!(text.parse::<CardCode>(), Err(wrong), "{text}");
        }
    }
}
