//! The first step for every value: one form of the text.
//!
//! [`clean`] recovers text from wrong encodings ([`super::recover`]), composes letters, makes them small,
//! settles every syllable on one spelling ([`super::syllable`]), and makes one space of every run of white
//! space. Punctuation stays, because `A - B` and `12/5` mean something to the readers that come after;
//! typographic dashes and quotation marks become plain ones.

use super::letter::Letter;
use super::recover;
use super::syllable::Syllable;
use unicode_normalization::UnicodeNormalization;

/// A text in its one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clean {
    /// Small letters with their marks, form C, tones at the old position, `i` for an open `y`.
    pub text: String,
    /// The same without marks, `đ` as `d`; character for character as long as [`text`](Self::text).
    pub folded: String,
    /// Syllables that Vietnamese does not have, and symbols that no text holds: how damaged it looks.
    pub(super) oddities: u32,
}

/// The one form of a text, recovered from a wrong encoding if it looks like one.
///
/// ```
/// use d06_linkage::normal::clean;
/// assert_eq!(clean("NguyÔn ThÞ Hoµ").text, "nguyễn thị hòa"); // TCVN3
/// assert_eq!(clean("Nguyeãn Thò Hoaø").text, "nguyễn thị hòa"); // VNI
/// assert_eq!(clean("Nguyá»…n Thá»‹ HoÃ\u{a0}").text, "nguyễn thị hòa"); // UTF-8 read as Windows-1252
/// assert_eq!(clean("NGUYỄN  THỊ HOÀ").folded, "nguyen thi hoa");
/// ```
pub fn clean(raw: &str) -> Clean {
    let direct = settle(raw);
    if direct.oddities == 0 || raw.is_ascii() {
        return direct;
    }
    let recovered = recover::readings(raw).map(|reading| settle(&reading));
    recovered.fold(direct, |best, other| if other.oddities < best.oddities { other } else { best })
}

/// As [`clean`], for bytes that may not be UTF-8: those are read as Windows-1252 first, which is how the old
/// Vietnamese fonts were stored.
pub fn clean_bytes(raw: &[u8]) -> Clean {
    match std::str::from_utf8(raw) {
        Ok(text) => clean(text),
        Err(_) => clean(&raw.iter().map(|byte| recover::windows_1252(*byte)).collect::<String>()),
    }
}

/// The one form of a text, as it is read.
pub(super) fn settle(raw: &str) -> Clean {
    let mut writer = Writer {
        clean: Clean {
            text: String::with_capacity(raw.len()),
            folded: String::with_capacity(raw.len()),
            oddities: 0,
        },
        word: Syllable::new(),
        long: false,
    };
    for c in raw.chars() {
        writer.push(c);
    }
    writer.end_word();
    let mut clean = writer.clean;
    if clean.text.ends_with(' ') {
        clean.text.pop();
        clean.folded.pop();
    }
    clean
}

/// Typographic signs as typewriters have them. A letter that was lost on the way is a question mark.
fn plain_symbol(c: char) -> char {
    match c {
        '‐'..='―' | '−' => '-',
        '‘' | '’' | '´' => '\'',
        '“' | '”' => '"',
        '\u{fffd}' => '?',
        _ => c,
    }
}

struct Writer {
    clean: Clean,
    word: Syllable,
    /// Inside a word that is too long for a syllable.
    long: bool,
}

impl Writer {
    #[inline]
    fn push(&mut self, c: char) {
        if let Some(letter) = Letter::of(c) {
            self.letter(letter);
        } else if c.is_ascii() && !c.is_ascii_whitespace() && !c.is_ascii_control() {
            self.end_word();
            self.emit(c, c);
        } else {
            self.rare(c);
        }
    }

    fn letter(&mut self, letter: Letter) {
        if self.long {
            self.emit(letter.char(), char::from(letter.base()));
        } else if !self.word.push(letter) {
            self.flush();
            self.long = true;
            self.emit(letter.char(), char::from(letter.base()));
        }
    }

    /// White space, marks, letters of other languages, symbols.
    fn rare(&mut self, c: char) {
        match c {
            '\u{300}'..='\u{36f}' => self.mark(c),
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
            _ if plain_symbol(c) != c => self.symbol(c),
            _ if c.is_whitespace() || c.is_control() => self.space(),
            _ => self.foreign(c),
        }
    }

    fn mark(&mut self, mark: char) {
        self.clean.oddities += u32::from(!self.word.combine(mark));
    }

    fn space(&mut self) {
        self.end_word();
        if !self.clean.text.is_empty() && !self.clean.text.ends_with(' ') {
            self.emit(' ', ' ');
        }
    }

    fn symbol(&mut self, c: char) {
        let c = plain_symbol(c);
        self.end_word();
        self.emit(c, c);
    }

    fn foreign(&mut self, c: char) {
        self.clean.oddities += u32::from(!c.is_alphanumeric() || c == '\u{aa}' || c == '\u{ba}');
        for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
            if let Some(letter) = Letter::of(part) {
                self.letter(letter);
            } else if ('\u{300}'..='\u{36f}').contains(&part) {
                // A mark of another language: its letter was counted.
                self.word.combine(part);
            } else if part.is_whitespace() || part.is_control() {
                self.space();
            } else {
                self.symbol(part);
            }
        }
        // A letter of another language inside a word: no Vietnamese syllable.
        self.clean.oddities += u32::from(c.is_alphabetic());
    }

    fn end_word(&mut self) {
        self.flush();
        self.long = false;
    }

    fn flush(&mut self) {
        if self.word.is_empty() {
            return;
        }
        self.clean.oddities += u32::from(!self.word.exists());
        self.word.settle();
        for letter in self.word.letters() {
            self.clean.text.push(letter.char());
            self.clean.folded.push(char::from(letter.base()));
        }
        self.word.clear();
    }

    fn emit(&mut self, text: char, folded: char) {
        self.clean.text.push(text);
        self.clean.folded.push(folded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_form_for_one_text() {
        for (raw, text, folded) in [
            ("  Nguyễn\tVăn\u{a0}Hoà ", "nguyễn văn hòa", "nguyen van hoa"),
            ("Nguye\u{302}\u{303}n Thi\u{323}", "nguyễn thị", "nguyen thi"),
            ("Đặng Ðình Ɖức", "đặng đình đức", "dang dinh duc"),
            ("LÝ MỸ", "lí mĩ", "li mi"),
            ("A – B", "a - b", "a - b"),
            ("H’Hen Niê", "h'hen niê", "h'hen nie"),
            ("Müller", "muller", "muller"),
            ("12/5 Lê Lợi", "12/5 lê lợi", "12/5 le loi"),
            ("１２３", "123", "123"),
            ("\u{feff}Mai", "mai", "mai"),
            ("", "", ""),
            ("Wolfeschlegelsteinhausen", "wolfeschlegelsteinhausen", "wolfeschlegelsteinhausen"),
        ] {
            let clean = settle(raw);
            assert_eq!((clean.text.as_str(), clean.folded.as_str()), (text, folded), "{raw:?}");
        }
    }

    #[test]
    fn bytes_of_old_files() {
        assert_eq!(clean_bytes(b"Nguy\xd4n V\xa8n H\xefng").text, "nguyễn văn hùng");
        assert_eq!(clean_bytes(b"Nguye\xe3n Va\xean Hu\xf8ng").text, "nguyễn văn hùng");
        assert_eq!(clean_bytes("Nguyễn".as_bytes()).text, "nguyễn");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in any::<String>()) {
            let once = settle(&raw);
            prop_assert_eq!(&settle(&once.text).text, &once.text);
            prop_assert_eq!(&settle(&once.folded).folded, &once.folded);
        }

        #[test]
        fn vietnamese_stays_clean(raw in "[a-zA-ZĐđÀ-ỹ '-]{0,40}") {
            let once = clean(&raw);
            prop_assert_eq!(once.text.chars().count(), once.folded.chars().count());
        }

        #[test]
        fn any_bytes_are_read(raw in proptest::collection::vec(any::<u8>(), 0..60)) {
            let clean = clean_bytes(&raw);
            prop_assert_eq!(clean.text.chars().count(), clean.folded.chars().count());
        }
    }
}
