//! The national code of a procedure.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Code of an administrative procedure (mã thủ tục hành chính): one digit, a point, six digits, `1.004873`
/// (national database of procedures, csdl.dichvucong.gov.vn).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcedureCode([u8; 8]);

/// The text is not a procedure code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a procedure code is one digit, a point and six digits")]
pub struct NotAProcedureCode;

impl ProcedureCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        // The constructor admits ASCII digits and the point only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Reads a code as decisions of localities write it, with the locality's suffix after it (`3.000527.H61`,
    /// `1.001193.000.00.00.H40`): the code and the suffix.
    pub fn parse_local(text: &str) -> Result<(Self, Option<&str>), NotAProcedureCode> {
        let text = text.trim();
        let code = text.get(..8).ok_or(NotAProcedureCode)?.parse()?;
        match text.get(8..) {
            None | Some("") => Ok((code, None)),
            Some(rest) => match rest.strip_prefix('.') {
                Some(suffix) if is_agency_suffix(suffix) => Ok((code, Some(suffix))),
                _ => Err(NotAProcedureCode),
            },
        }
    }
}

/// Whether the text is an agency code: groups of digits, the last the level-1 part, a letter and two digits
/// (Decision 20/2020/QĐ-TTg Art. 4; before 2020 written after the lower levels).
fn is_agency_suffix(text: &str) -> bool {
    let (lower, level_one) = text.rsplit_once('.').unwrap_or(("", text));
    let bytes = level_one.as_bytes();
    bytes.len() == 3
        && bytes[0].is_ascii_uppercase()
        && bytes[1..].iter().all(u8::is_ascii_digit)
        && lower.len() <= 12
        && lower.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

impl FromStr for ProcedureCode {
    type Err = NotAProcedureCode;

    fn from_str(text: &str) -> Result<Self, NotAProcedureCode> {
        let bytes: [u8; 8] = text.trim().as_bytes().try_into().map_err(|_| NotAProcedureCode)?;
        let well_formed =
            bytes.iter().enumerate().all(|(i, b)| if i == 1 { *b == b'.' } else { b.is_ascii_digit() });
        if well_formed { Ok(Self(bytes)) } else { Err(NotAProcedureCode) }
    }
}

impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ProcedureCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ProcedureCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
