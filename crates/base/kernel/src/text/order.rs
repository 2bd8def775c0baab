use super::tone::{TONE_MARKS, old_tone_position};
use unicode_normalization::UnicodeNormalization;

/// A key whose byte order is the Vietnamese alphabetical order.
///
/// Syllable by syllable: first the letters (a ă â b c d đ e ê … o ô ơ … u ư …), then the tone (none, huyền,
/// hỏi, ngã, sắc, nặng). The key holds lower-case ASCII letters and digits only, so every database collation
/// agrees on it. Each letter is itself and a digit for its variant; each syllable ends with the digit of its
/// tone, which sorts before any further letter. Punctuation does not count.
///
/// ```
/// use d06_kernel::text::sort_key;
/// let mut names = ["Đức", "Ân", "Dũng", "Ánh", "An", "Anh"];
/// names.sort_by_key(|name| sort_key(name));
/// assert_eq!(names, ["An", "Anh", "Ánh", "Ân", "Dũng", "Đức"]);
/// ```
pub fn sort_key(text: &str) -> String {
    let lower = old_tone_position(text).to_lowercase();
    let mut key = String::with_capacity(lower.len() * 2);
    for syllable in lower.split(|c: char| !c.is_alphanumeric()).filter(|s| !s.is_empty()) {
        push_syllable(&mut key, syllable);
    }
    key
}

fn push_syllable(key: &mut String, syllable: &str) {
    let mut tone = '0';
    for letter in syllable.chars() {
        let mut parts = std::iter::once(letter).nfd();
        let base = parts.next().unwrap_or(letter);
        let mut variant = '0';
        for mark in parts {
            match mark {
                '\u{306}' => variant = '1',                // breve: ă
                '\u{302}' if base == 'a' => variant = '2', // circumflex: â
                '\u{302}' => variant = '1',                // ê, ô
                '\u{31b}' if base == 'o' => variant = '2', // horn: ơ
                '\u{31b}' => variant = '1',                // ư
                mark => {
                    if let Some(digit) = TONE_MARKS.into_iter().zip('1'..='5').find(|(m, _)| *m == mark) {
                        tone = digit.1;
                    }
                }
            }
        }
        match base {
            'đ' => key.push_str("d1"),
            'a'..='z' => key.extend([base, variant]),
            // Above every tone digit, below every letter.
            '0'..='9' => key.extend(['8', base]),
            _ => key.push_str("z9"),
        }
    }
    key.push(tone);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn alphabet_and_tones_are_in_order() {
        let alphabet = [
            "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ",
            "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y",
        ];
        assert!(alphabet.is_sorted_by_key(|letter| sort_key(letter)));
        assert!(["ma", "mà", "mả", "mã", "má", "mạ", "man"].is_sorted_by_key(|word| sort_key(word)));
        assert!(["Ca sĩ", "Cá", "Thôn 1", "Thôn 2", "Thôn An"].is_sorted_by_key(|word| sort_key(word)));
    }

    #[test]
    fn case_and_tone_position_do_not_matter() {
        assert_eq!(sort_key("HOÀ"), sort_key("hòa"));
        assert_eq!(sort_key("Hà  Bắc"), sort_key("hà bắc"));
    }

    proptest! {
        #[test]
        fn a_key_is_lower_case_ascii(text in any::<String>()) {
            prop_assert!(sort_key(&text).bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        }
    }
}
