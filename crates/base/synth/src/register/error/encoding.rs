//! Texts of old encodings, shown as if they were in Windows-1252.

/// Letters with marks in the order of the alphabet, and under each its byte in TCVN3 (ABC, TCVN 5712:1993 VN3) as
/// Windows-1252 shows it. Capitals with tones share the byte of the small letter: a capital font shows them.
const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
const TCVN3: &str = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ";
const CAPITALS: [(char, char); 7] =
    [('Ă', '¡'), ('Â', '¢'), ('Đ', '§'), ('Ê', '£'), ('Ô', '¤'), ('Ơ', '¥'), ('Ư', '¦')];

/// The letters of the VNI encoding for the same alphabet, in pairs or alone.
const VNI: [&str; 67] = [
    "aø", "aù", "aû", "aõ", "aï", "aê", "aè", "aé", "aú", "aü", "aë", "aâ", "aà", "aá", "aå", "aã", "aä",
    "ñ", "eø", "eù", "eû", "eõ", "eï", "eâ", "eà", "eá", "eå", "eã", "eä", "ì", "í", "æ", "ó", "ò", "oø",
    "où", "oû", "oõ", "oï", "oâ", "oà", "oá", "oå", "oã", "oä", "ô", "ôø", "ôù", "ôû", "ôõ", "ôï", "uø",
    "uù", "uû", "uõ", "uï", "ö", "öø", "öù", "öû", "öõ", "öï", "yø", "yù", "yû", "yõ", "î",
];

/// Reads a text as a program does that takes TCVN3 for Windows-1252: `Nguyễn` → `NguyÔn`.
pub(in crate::register) fn tcvn3(text: &str) -> String {
    map_letters(text, |c, out| {
        if let Some((_, shown)) = CAPITALS.iter().find(|(capital, _)| *capital == c) {
            out.push(*shown);
            return true;
        }
        let small = c.to_lowercase().next().unwrap_or(c);
        let place = LETTERS.chars().position(|letter| letter == small);
        match place.and_then(|place| TCVN3.chars().nth(place)) {
            Some(shown) => {
                out.push(shown);
                true
            }
            None => false,
        }
    })
}

/// The same for VNI: `Nguyễn` → `Nguyeãn`.
pub(in crate::register) fn vni(text: &str) -> String {
    map_letters(text, |c, out| {
        let small = c.to_lowercase().next().unwrap_or(c);
        let Some(place) = LETTERS.chars().position(|letter| letter == small) else { return false };
        if c == small {
            out.push_str(VNI[place]);
        } else {
            out.push_str(&VNI[place].to_uppercase());
        }
        true
    })
}

/// UTF-8 read as Latin-1: `Nguyễn` → `Nguyá»…n`, the third byte as Windows-1252 shows it.
pub(in crate::register) fn utf8_as_latin(text: &str) -> String {
    text.bytes().map(windows_1252).collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn map_letters(text: &str, mut write: impl FnMut(char, &mut String) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !write(c, &mut out) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_look_as_clerks_know_them() {
        assert_eq!(LETTERS.chars().count(), TCVN3.chars().count());
        assert_eq!(LETTERS.chars().count(), VNI.len());
        assert_eq!(tcvn3("Nguyễn Thị Hằng"), "NguyÔn ThÞ H»ng");
        assert_eq!(tcvn3("Đặng Văn Bình"), "§Æng V¨n B×nh");
        assert_eq!(vni("Nguyễn Thị Hằng"), "Nguyeãn Thò Haèng");
        assert_eq!(vni("Đỗ Đức Tường"), "Ñoã Ñöùc Töôøng");
        assert_eq!(utf8_as_latin("Nguyễn"), "Nguyá»…n");
    }
}
