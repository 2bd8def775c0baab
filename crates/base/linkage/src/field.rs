//! Values in their normal form: what the normaliser makes of raw text and the comparators read.
//!
//! Plain data. A value that is unknown is absent (`None`, empty, 0), never a guess.

/// One person's name. Tokens are syllables or words, separated by one space, the same number in both texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameParts {
    /// Lower case, form C, tone marks at the old position, honorifics and punctuation gone: `nguyễn văn hòa`.
    pub text: String,
    /// [`text`](Self::text) without marks, `đ` as `d`: `nguyen van hoa`.
    pub folded: String,
    /// Bit i is set if token i is an abbreviation (`ng.`, `v`) of which the text holds only the first letters.
    pub abbreviated: u16,
    /// Sex that an honorific states (`ông`, `bà`), if one was there.
    pub sex: Option<Sex>,
}

/// Legal sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// A date of birth as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthDate {
    /// Year, 1..=9999; 0: unknown.
    pub year: u16,
    /// Month, 1..=12; 0: unknown.
    pub month: u8,
    /// Day, 1..=31; 0: unknown.
    pub day: u8,
}

/// A number on an identity paper: 12 digits (personal number), 9 digits (former CMND), or another length if
/// digits were lost or it is a foreign number. Letters are kept upper case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber {
    /// Characters, ASCII digits or upper-case letters, from the left; the rest is 0.
    pub digits: [u8; 15],
    /// How many there are.
    pub len: u8,
}

impl IdNumber {
    /// The characters.
    pub fn as_bytes(&self) -> &[u8] {
        self.digits.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Whether it has the form of a personal number (Law on Identification 2023 Art. 12).
    pub fn is_personal(&self) -> bool {
        self.len == 12 && self.as_bytes().iter().all(u8::is_ascii_digit)
    }
}

/// An address. All texts are lower case without marks, words separated by one space; empty: unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// House and alley numbers from the street inward, joined by `/`: `12/5/3`, `20a`.
    pub house: String,
    /// Street or road without the word for it: `le loi`.
    pub street: String,
    /// Hamlet or residential group without the word for it: `dong`, `3`.
    pub hamlet: String,
    /// Codes of the communes of today (since 2025-07-01) it may lie in: one, or several when an old commune was
    /// split; empty if the commune is unknown or not in the national list.
    pub communes: Vec<u32>,
    /// Name of the commune as written, without the word for its kind.
    pub commune_name: String,
    /// Code of the province of today; 0: unknown.
    pub province: u16,
}

/// A telephone number in national form with the prefixes since 2018, without the leading 0; 0: unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(pub u64);
