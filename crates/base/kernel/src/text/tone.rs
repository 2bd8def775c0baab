use unicode_normalization::UnicodeNormalization;

/// Grave, acute, tilde, hook above, dot below: the five tone marks.
pub(super) const TONE_MARKS: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// Moves the tone mark of open syllables in `oa`, `oe`, `uy` to the first vowel: `hoà` → `hòa`, `thuỷ` →
/// `thủy`.
///
/// Both spellings are correct and both stand in registers; two texts are the same name if they are equal
/// after this. `quý` stays: there the `u` belongs to the consonant.
///
/// ```
/// use d06_kernel::text::old_tone_position;
/// assert_eq!(old_tone_position("Hoà Bình, Thuỵ Khuê, Quý, hoàn"), "Hòa Bình, Thụy Khuê, Quý, hoàn");
/// ```
pub fn old_tone_position(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let mut moved = String::with_capacity(composed.len());
    let mut word = String::new();
    for c in composed.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            moved.push_str(&move_tone(&word));
            word.clear();
            moved.push(c);
        }
    }
    moved.push_str(&move_tone(&word));
    moved
}

fn move_tone(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let [.., first, last] = letters.as_mut_slice() else { return word.to_owned() };
    let Some((vowel, mark)) = split_tone(*last) else { return word.to_owned() };
    let pair = (first.to_ascii_lowercase(), vowel.to_ascii_lowercase());
    if !matches!(pair, ('o', 'a') | ('o', 'e') | ('u', 'y')) {
        return word.to_owned();
    }
    let Some(marked) = unicode_normalization::char::compose(*first, mark) else { return word.to_owned() };
    *first = marked;
    *last = vowel;
    let before = letters.len().checked_sub(3).and_then(|i| letters.get(i));
    if before.is_some_and(|c| matches!(c, 'q' | 'Q')) {
        return word.to_owned();
    }
    letters.into_iter().collect()
}

/// The plain ASCII vowel and the tone mark of a letter like `à`; `None` for letters with another mark (`ầ`).
fn split_tone(letter: char) -> Option<(char, char)> {
    let mut parts = std::iter::once(letter).nfd();
    let (base, mark) = (parts.next()?, parts.next()?);
    (parts.next().is_none() && base.is_ascii() && TONE_MARKS.contains(&mark)).then_some((base, mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moves_only_open_syllables() {
        for (from, to) in [
            ("HOÀ", "HÒA"),
            ("khoẻ", "khỏe"),
            ("thuý", "thúy"),
            ("hòa", "hòa"),
            ("QUÝ", "QUÝ"),
            ("quà", "quà"),
            ("hoàng", "hoàng"),
            ("ngoài", "ngoài"),
            ("huỳnh", "huỳnh"),
            ("uỷ", "ủy"),
            ("à", "à"),
        ] {
            assert_eq!(old_tone_position(from), to);
        }
    }

    proptest! {
        #[test]
        fn moving_twice_is_moving_once_and_keeps_the_search_key(text in "[ a-zA-ZÀ-ỹ]{0,30}") {
            let once = old_tone_position(&text);
            prop_assert_eq!(old_tone_position(&once), once.clone());
            prop_assert_eq!(super::super::search_key(&once), super::super::search_key(&text));
        }
    }
}
