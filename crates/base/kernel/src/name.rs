//! Names of people.

use crate::text::{Damage, nfc, old_tone_position, repair, search_key, sort_key};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The longest name that is accepted, in characters (the population database's own limit is lower).
pub const MAX_NAME_LENGTH: usize = 100;

/// The full name of a person, in form C with single spaces.
///
/// Letters of any script, spaces, apostrophes, hyphens and full stops (`H'Hen Niê`, `Anne-Marie`, `J. R.`);
/// nothing else. Decomposed letters are composed; damaged ones are refused with a proposal where there is
/// one. `Debug` shows the initial only, so that a name cannot slip into a log.
///
/// ```
/// use d06_kernel::name::{NameProblem, PersonName};
/// let name: PersonName = "  Nguye\u{302}\u{303}n  Thị Mai ".parse()?;
/// assert_eq!(name.as_str(), "Nguyễn Thị Mai");
/// assert_eq!((name.surname(), name.given()), ("Nguyễn", "Mai"));
/// assert_eq!("Mai <b>".parse::<PersonName>(), Err(NameProblem::Markup));
/// # Ok::<(), NameProblem>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

/// Why a text is not a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// There is no letter in it.
    #[error("name.empty")]
    Empty,
    /// It is longer than [`MAX_NAME_LENGTH`].
    #[error("name.too-long")]
    TooLong,
    /// It holds `<`, `>` or `&`.
    #[error("name.markup")]
    Markup,
    /// It holds a control character or an invisible one.
    #[error("name.control")]
    Control,
    /// It holds a digit.
    #[error("name.digit")]
    Digit,
    /// It holds another character that no name has.
    #[error("name.symbol")]
    Symbol,
    /// Its encoding is damaged and can probably be mended so.
    #[error("name.mojibake")]
    Mojibake {
        /// What it probably was.
        proposal: String,
    },
    /// Letters are lost.
    #[error("name.damaged")]
    Damaged,
}

impl NameProblem {
    /// The stable code, for a [`crate::FieldProblem`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "name.empty",
            Self::TooLong => "name.too-long",
            Self::Markup => "name.markup",
            Self::Control => "name.control",
            Self::Digit => "name.digit",
            Self::Symbol => "name.symbol",
            Self::Mojibake { .. } => "name.mojibake",
            Self::Damaged => "name.damaged",
        }
    }
}

impl PersonName {
    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The surname (họ): the first word.
    pub fn surname(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    /// The given name (tên): the last word, by which people are addressed and lists are sorted.
    pub fn given(&self) -> &str {
        self.0.rsplit(' ').next().unwrap_or_default()
    }

    /// The words between (chữ đệm), perhaps none.
    pub fn middle(&self) -> &str {
        match (self.0.split_once(' '), self.0.rsplit_once(' ')) {
            (Some((surname, _)), Some((before, _))) => before.get(surname.len() + 1..).unwrap_or_default(),
            _ => "",
        }
    }

    /// For search: see [`search_key`].
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }

    /// For lists, as Vietnamese lists are ordered: given name, then surname, then the words between.
    pub fn sort_key(&self) -> String {
        sort_key(&format!("{} {} {}", self.given(), self.surname(), self.middle()))
    }

    /// Whether two names are the same but for case and the position of tone marks.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let plain = |name: &Self| old_tone_position(&name.0.to_lowercase());
        plain(self) == plain(other)
    }
}

impl FromStr for PersonName {
    type Err = NameProblem;

    fn from_str(text: &str) -> Result<Self, NameProblem> {
        if text.chars().count() > MAX_NAME_LENGTH * 4 {
            return Err(NameProblem::TooLong);
        }
        let found = repair(text.trim());
        if found.damage.contains(&Damage::Lost) {
            return Err(NameProblem::Damaged);
        }
        if found.damage.contains(&Damage::Mojibake) {
            return Err(NameProblem::Mojibake { proposal: nfc(&found.text) });
        }
        if let Some(problem) = found.text.chars().find_map(problem_with) {
            return Err(problem);
        }
        let name = nfc(&found.text);
        match name.chars().count() {
            _ if !name.chars().any(char::is_alphabetic) => Err(NameProblem::Empty),
            1..=MAX_NAME_LENGTH => Ok(Self(name)),
            _ => Err(NameProblem::TooLong),
        }
    }
}

fn problem_with(c: char) -> Option<NameProblem> {
    match c {
        ' ' | '\u{a0}' | '\'' | '’' | '-' | '.' => None,
        '<' | '>' | '&' => Some(NameProblem::Markup),
        // Before the letters: a Roman numeral (`Ⅰ`) is both.
        c if c.is_numeric() => Some(NameProblem::Digit),
        c if c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) => None,
        c if c.is_control() || is_invisible(c) => Some(NameProblem::Control),
        _ => Some(NameProblem::Symbol),
    }
}

/// Zero-width characters, direction marks, line separators, the byte order mark, tags.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…", self.0.chars().next().unwrap_or('…'))
    }
}

impl Serialize for PersonName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PersonName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn code(text: &str) -> &'static str {
        text.parse::<PersonName>().map_or_else(|problem| problem.code(), |_| "ok")
    }

    #[test]
    fn each_fault_has_its_code() {
        for (text, expected) in [
            ("Nguyễn Thị Mai", "ok"),
            ("H'Hen Niê", "ok"),
            ("Anne-Marie O’Neill", "ok"),
            ("Y", "ok"),
            ("", "name.empty"),
            (" - ", "name.empty"),
            ("<script>alert(1)</script>", "name.markup"),
            ("Mai & Nam", "name.markup"),
            ("Mai\u{0}", "name.control"),
            ("Mai\nNam", "name.control"),
            ("Mai\u{202e}Nam", "name.control"),
            ("Mai2", "name.digit"),
            ("Mai２", "name.digit"),
            ("Mai Ⅰ", "name.digit"),
            ("Mai@Nam", "name.symbol"),
            ("Mai 🙂", "name.symbol"),
            ("Nguy?n Mai", "name.damaged"),
            ("Nguy\u{fffd}n Mai", "name.damaged"),
            ("Nguyá»…n Thá»‹ Mai", "name.mojibake"),
        ] {
            assert_eq!(code(text), expected, "{text:?}");
        }
        assert_eq!(code(&"a".repeat(101)), "name.too-long");
        assert_eq!(code(&"a".repeat(10_000)), "name.too-long");
    }

    #[test]
    fn a_damaged_name_comes_with_a_proposal() {
        let problem = "Nguyá»…n Thá»‹ Mai".parse::<PersonName>().unwrap_err();
        assert_eq!(problem, NameProblem::Mojibake { proposal: "Nguyễn Thị Mai".into() });
    }

    #[test]
    fn lists_are_ordered_by_given_name() {
        let mut names: Vec<PersonName> = ["Trần Văn Nam", "Đỗ Văn Ân", "Lê Thị An", "Bùi Văn Nam"]
            .into_iter()
            .map(|name| name.parse().unwrap())
            .collect();
        names.sort_by_key(PersonName::sort_key);
        let names: Vec<&str> = names.iter().map(PersonName::as_str).collect();
        assert_eq!(names, ["Lê Thị An", "Đỗ Văn Ân", "Bùi Văn Nam", "Trần Văn Nam"]);
    }

    #[test]
    fn parts_and_sameness() {
        let name: PersonName = "Nguyễn Thị Thu Hoà".parse().unwrap();
        assert_eq!((name.surname(), name.middle(), name.given()), ("Nguyễn", "Thị Thu", "Hoà"));
        assert!(name.is_same_as(&"NGUYỄN THỊ THU HÒA".parse().unwrap()));
        assert!(!name.is_same_as(&"Nguyễn Thị Thu Hoa".parse().unwrap()));
        assert_eq!(format!("{name:?}"), "N…");
        let single: PersonName = "Niê".parse().unwrap();
        assert_eq!((single.surname(), single.middle(), single.given()), ("Niê", "", "Niê"));
    }

    proptest! {
        #[test]
        fn a_name_in_any_form_is_the_same_name(
            name in "[A-ZĐ][a-zàảãáạăâđêôơưễịộử]{1,6}( [A-Z][a-zàảãáạễịộử]{1,6}){0,4}",
        ) {
            let composed: PersonName = name.parse().unwrap();
            let decomposed: PersonName = name.nfd().collect::<String>().parse().unwrap();
            prop_assert_eq!(&composed, &decomposed);
            prop_assert_eq!(composed.as_str().parse::<PersonName>().unwrap(), composed);
        }

        #[test]
        fn whatever_is_accepted_is_free_of_markup_and_controls(text in any::<String>()) {
            if let Ok(name) = text.parse::<PersonName>() {
                let is_odd = |c: char| c.is_control() || c.is_numeric() || "<>&\"".contains(c);
                prop_assert!(!name.as_str().contains(is_odd));
                prop_assert_eq!(name.as_str().parse::<PersonName>().map(|n| n.0), Ok(name.0));
            }
        }
    }
}
