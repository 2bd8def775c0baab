use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What was wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Letters were decomposed (form D). Mended without loss.
    Decomposed,
    /// UTF-8 had been read as Windows-1252 (`Nguyá»…n`). The repair is certain enough to propose, not to
    /// apply unseen: a person confirms it.
    Mojibake,
    /// Letters are lost (`Nguy?n`, U+FFFD). Only a person can mend it.
    Lost,
}

/// A text with what was found wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The text as far as it can be mended, in form C.
    pub text: String,
    /// What was found, in the order it was found; empty for a sound text.
    pub damage: Vec<Damage>,
}

/// At most so many layers of wrong decoding are undone.
const MAX_LAYERS: usize = 3;

/// Finds damage of encoding in a text and mends what can be mended.
///
/// ```
/// use d06_kernel::text::{Damage, repair};
/// let found = repair("Nguyá»…n Thá»‹ Mai");
/// assert_eq!(found.text, "Nguyễn Thị Mai");
/// assert_eq!(found.damage, [Damage::Mojibake]);
/// assert_eq!(repair("Nguy?n").damage, [Damage::Lost]);
/// assert!(repair("Nguyễn Thị Mai").damage.is_empty());
/// ```
pub fn repair(text: &str) -> Repair {
    let mut damage = Vec::new();
    let mut mended = text.to_owned();
    for _ in 0..MAX_LAYERS {
        let Some(decoded) = undo_wrong_decoding(&mended) else { break };
        mended = decoded;
        if !damage.contains(&Damage::Mojibake) {
            damage.push(Damage::Mojibake);
        }
    }
    if !is_nfc(&mended) {
        damage.push(Damage::Decomposed);
        mended = mended.nfc().collect();
    }
    if letters_are_lost(&mended) {
        damage.push(Damage::Lost);
    }
    Repair { text: mended, damage }
}

/// The text whose UTF-8 bytes, read as Windows-1252, look like `text`; `None` if there is none.
fn undo_wrong_decoding(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Vec<u8> = text.chars().map(windows_1252_byte).collect::<Option<_>>()?;
    // Valid UTF-8 with a byte above 127 holds a whole multi-byte sequence. Ordinary text in the Latin-1 range
    // ("Hòa", "André") has lone bytes there and does not decode.
    String::from_utf8(bytes).ok()
}

/// The byte that Windows-1252 shows as this character. The five bytes it leaves undefined pass as themselves,
/// as browsers do (WHATWG Encoding Standard).
fn windows_1252_byte(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    if let Some(index) = HIGH.iter().position(|high| *high == c) {
        return u8::try_from(0x80 + index).ok();
    }
    u8::try_from(u32::from(c)).ok()
}

/// Whether a replacement character, or a question mark between or after letters inside a word, shows a loss.
fn letters_are_lost(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.contains(&'\u{fffd}')
        || letters.windows(2).any(|pair| matches!(pair, ['?', next] if next.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How a reader that takes UTF-8 for Windows-1252 shows a text.
    fn read_wrongly(text: &str) -> String {
        text.bytes()
            .map(|byte| {
                (0u32..=0xffff)
                    .filter_map(char::from_u32)
                    .find(|c| windows_1252_byte(*c) == Some(byte))
                    .unwrap()
            })
            .collect()
    }

    #[test]
    fn undoes_one_and_two_layers() {
        let once = read_wrongly("Đặng Văn Bình");
        assert_eq!(repair(&once).text, "Đặng Văn Bình");
        assert_eq!(repair(&read_wrongly(&once)).text, "Đặng Văn Bình");
    }

    #[test]
    fn leaves_sound_text_alone() {
        for sound in ["Hòa", "André Müller", "Nguyễn Văn Á", "Ngô", "", "Có đúng không?"] {
            assert_eq!(repair(sound), Repair { text: sound.to_owned(), damage: vec![] });
        }
    }

    #[test]
    fn names_what_is_lost() {
        assert_eq!(repair("Tr\u{fffd}n").damage, [Damage::Lost]);
        assert_eq!(repair("Nguye\u{302}\u{303}n").damage, [Damage::Decomposed]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn every_vietnamese_name_survives_wrong_reading(
            name in "[A-ZĐ][ầễịơưăđàảạệổữ]{1,4} [A-Z][a-zếộử]{1,5}",
        ) {
            prop_assert_eq!(repair(&read_wrongly(&name)).text, name);
        }
    }
}
