//! The letters of the Vietnamese alphabet, taken apart and put together.
//!
//! A letter is a base (`a`), a quality (`â`, `ă`, `đ`) and a tone (`ấ`). Everything the normalisation does
//! to a name — folding, moving tones, judging whether a syllable can exist — is arithmetic on these three, so
//! a character is looked up once, in a table of 530 entries that stays in the first-level cache, instead of
//! being decomposed by the general Unicode tables (which cost about ten times as much).

/// The vowels: a row is a vowel of one quality, its columns are the tones, in the order of [`Tone`].
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];
/// The same in capitals.
const CAPITALS: [[char; 6]; 12] = [
    ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ'],
    ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ'],
    ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ'],
    ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ'],
    ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ'],
    ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị'],
    ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ'],
    ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ'],
    ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ'],
    ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ'],
    ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự'],
    ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ'],
];
/// The base letter of each row, in ASCII.
const BASES: [u8; 12] = *b"aaaeeiooouuy";
/// Characters that are, or look like, `đ`: the letter itself, eth, and the African d of some old fonts.
const STROKED: [char; 6] = ['đ', 'Đ', 'ð', 'Ð', 'Ɖ', 'ɖ'];

/// Row of a consonant, and of `đ`.
const CONSONANT: u8 = 14;
const STROKED_ROW: u8 = 12;

/// Characters below this are in the first part of the table, those from `HIGH` on in the second.
const LOW_END: u32 = 0x260;
const HIGH: u32 = 0x1EA0;
const SIZE: usize = (LOW_END + 0x60) as usize;

/// As [`char::is_alphanumeric`], which is slow for letters with marks.
#[inline]
pub(super) fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (Letter::of(c).is_some() || c.is_alphanumeric())
}

/// The tone of a syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Tone {
    /// Ngang: no mark.
    Level,
    /// Huyền: grave.
    Falling,
    /// Hỏi: hook above.
    Dipping,
    /// Ngã: tilde.
    Broken,
    /// Sắc: acute.
    Rising,
    /// Nặng: dot below.
    Heavy,
}

/// A lower-case letter of the alphabet (or `f j w z`): base, quality, tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    base: u8,
    row: u8,
    tone: Tone,
}

impl Letter {
    /// The letter of a character, capitals as small letters; `None` for what no Vietnamese word is spelt
    /// with.
    #[inline]
    pub fn of(c: char) -> Option<Self> {
        let code = u32::from(c);
        let index = if code < LOW_END {
            code
        } else if (HIGH..HIGH + 0x60).contains(&code) {
            code - HIGH + LOW_END
        } else {
            return None;
        };
        *TABLE.get(usize::try_from(index).ok()?)?
    }

    /// A consonant, or any letter that carries no marks here.
    pub(super) const fn plain(base: u8) -> Self {
        Self { base, row: CONSONANT, tone: Tone::Level }
    }

    /// The base letter in ASCII, lower case: `d` for `đ`, `a` for `ấ`.
    #[inline]
    pub fn base(self) -> u8 {
        self.base
    }

    /// A number of its own for each letter without its tone: that of the base letter where it has no quality.
    #[inline]
    pub(super) fn code(self) -> u8 {
        if self.has_quality() || self.row == STROKED_ROW { self.row | 0x80 } else { self.base }
    }

    /// The tone its mark gives.
    #[inline]
    pub fn tone(self) -> Tone {
        self.tone
    }

    /// Whether it is a vowel.
    #[inline]
    pub fn is_vowel(self) -> bool {
        self.row < STROKED_ROW
    }

    /// Whether it is a vowel with a mark of quality: ă â ê ô ơ ư.
    #[inline]
    pub fn has_quality(self) -> bool {
        matches!(self.row, 1 | 2 | 4 | 7 | 8 | 10)
    }

    /// Whether it is written with ASCII alone.
    #[inline]
    pub fn is_plain(self) -> bool {
        self.row != STROKED_ROW && self.tone == Tone::Level && !self.has_quality()
    }

    /// The same letter with another tone; consonants stay as they are.
    #[inline]
    #[must_use]
    pub fn with_tone(self, tone: Tone) -> Self {
        if self.is_vowel() { Self { tone, ..self } } else { self }
    }

    /// `i` for `y`, with its tone; other letters stay.
    #[inline]
    #[must_use]
    pub(super) fn y_as_i(self) -> Self {
        if self.row == 11 { Self { base: b'i', row: 5, ..self } } else { self }
    }

    /// The letter with a combining mark added; `None` if Vietnamese has no such letter.
    pub fn combine(self, mark: char) -> Option<Self> {
        let row = match (mark, self.row) {
            ('\u{302}', 0) => 2,
            ('\u{302}', 3) => 4,
            ('\u{302}', 6) => 7,
            ('\u{306}', 0) => 1,
            ('\u{31b}', 6) => 8,
            ('\u{31b}', 9) => 10,
            _ => {
                let tone = tone_of_mark(mark)?;
                return (self.is_vowel() && self.tone == Tone::Level).then_some(Self { tone, ..self });
            }
        };
        Some(Self { row, ..self })
    }

    /// The character, lower case, composed.
    #[inline]
    pub fn char(self) -> char {
        match VOWELS.get(usize::from(self.row)) {
            Some(row) => row.get(self.tone as usize).copied().unwrap_or(char::from(self.base)),
            None if self.row == STROKED_ROW => 'đ',
            None => char::from(self.base),
        }
    }
}

/// The tone that a combining mark gives.
fn tone_of_mark(mark: char) -> Option<Tone> {
    Some(match mark {
        '\u{300}' | '\u{340}' => Tone::Falling,
        '\u{309}' => Tone::Dipping,
        '\u{303}' => Tone::Broken,
        '\u{301}' | '\u{341}' => Tone::Rising,
        '\u{323}' => Tone::Heavy,
        _ => return None,
    })
}

const TONES: [Tone; 6] = [Tone::Level, Tone::Falling, Tone::Dipping, Tone::Broken, Tone::Rising, Tone::Heavy];

static TABLE: [Option<Letter>; SIZE] = table();

/// Built by the compiler: an index out of range would be a compile error.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, not at run time")]
const fn table() -> [Option<Letter>; SIZE] {
    let mut table = [None; SIZE];
    let mut byte = b'A';
    while byte <= b'z' {
        if byte.is_ascii_alphabetic() {
            table[byte as usize] = Some(Letter::plain(byte.to_ascii_lowercase()));
        }
        byte += 1;
    }
    let mut row = 0;
    while row < VOWELS.len() {
        let mut tone = 0;
        while tone < TONES.len() {
            let letter = Some(Letter { base: BASES[row], row: row as u8, tone: TONES[tone] });
            table[slot(VOWELS[row][tone])] = letter;
            table[slot(CAPITALS[row][tone])] = letter;
            tone += 1;
        }
        row += 1;
    }
    let mut i = 0;
    while i < STROKED.len() {
        table[slot(STROKED[i])] = Some(Letter { base: b'd', row: STROKED_ROW, tone: Tone::Level });
        i += 1;
    }
    table
}

const fn slot(c: char) -> usize {
    let code = c as u32;
    if code < LOW_END { code as usize } else { (code - HIGH + LOW_END) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn every_letter_is_what_unicode_says() {
        for (row, capitals) in VOWELS.iter().zip(CAPITALS) {
            for (small, capital) in row.iter().zip(capitals) {
                let letter = Letter::of(*small).unwrap();
                assert_eq!(letter.char(), *small);
                assert_eq!(Letter::of(capital), Some(letter));
                assert!(capital.to_lowercase().eq([*small]));
                let base = small.nfd().next().unwrap();
                assert_eq!(char::from(letter.base()), base);
                let mut built = Letter::of(base).unwrap();
                for mark in small.nfd().skip(1) {
                    built = built.combine(mark).unwrap();
                }
                assert_eq!(built, letter);
            }
        }
    }

    #[test]
    fn the_stroke_and_its_look_alikes() {
        for c in STROKED {
            assert_eq!(Letter::of(c).map(Letter::char), Some('đ'));
        }
        assert_eq!(Letter::of('D').map(Letter::char), Some('d'));
        assert_eq!(Letter::of('ß'), None);
        assert_eq!(Letter::of('ü'), None);
    }

    proptest! {
        #[test]
        fn any_character_is_looked_up_and_kept(c in any::<char>()) {
            if let Some(letter) = Letter::of(c) {
                prop_assert_eq!(Letter::of(letter.char()), Some(letter));
                prop_assert!(letter.base().is_ascii());
            }
        }
    }
}
