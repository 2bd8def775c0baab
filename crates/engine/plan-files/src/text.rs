//! Plain text in the encodings that offices still have: UTF-8, UTF-16 with or without its mark, TCVN3 (TCVN
//! 5712:1993, the "ABC" fonts).

use crate::error::ReadError;
use d06_plan::Source;

/// Reads a text file.
pub(crate) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let text = match unicode(bytes.to_vec()) {
        Some(text) => text,
        None if bytes.contains(&0) => return Err(ReadError::UnknownKind),
        None => tcvn3_file(bytes).ok_or(ReadError::Encoding)?,
    };
    if is_binary(&text) {
        return Err(ReadError::UnknownKind);
    }
    let text = if tcvn3_likely(&text) { from_tcvn3(&text) } else { text };
    Ok(Source::from_text(&text)?)
}

/// The text of bytes in UTF-8 or UTF-16.
pub(crate) fn unicode(bytes: Vec<u8>) -> Option<String> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => Some(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(utf16(rest, u16::from_be_bytes)),
        _ => match utf16_without_mark(&bytes) {
            Some(text) => Some(text),
            None => String::from_utf8(bytes).ok(),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units)
}

/// UTF-16 without its mark: blanks, digits and line ends have a zero byte, always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let text = if odd * 8 > head.len() && even == 0 {
        utf16(bytes, u16::from_le_bytes)
    } else if even * 8 > head.len() && odd == 0 {
        utf16(bytes, u16::from_be_bytes)
    } else {
        return None;
    };
    (!text.contains('\u{fffd}')).then_some(text)
}

/// Whether a text holds signs that no text has.
fn is_binary(text: &str) -> bool {
    let strange =
        |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}' | '\u{85}');
    let count = text.chars().filter(strange).count();
    text.contains('\0') || count * 100 > text.chars().count()
}

/// A file in TCVN3, if its bytes look like Vietnamese in it.
fn tcvn3_file(bytes: &[u8]) -> Option<String> {
    // Bytes as the characters of ISO 8859-1: the same numbers.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    tcvn3_likely(&text).then(|| from_tcvn3(&text))
}

/// Whether a text is Vietnamese in TCVN3 that was taken for Latin-1: none of the letters that only Unicode
/// Vietnamese has, and many of the signs that stand for its commonest letters.
pub(crate) fn tcvn3_likely(text: &str) -> bool {
    let mut letters = 0_usize;
    let mut signs = 0_usize;
    for c in text.chars() {
        if matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | 'Ă' | 'Đ' | 'Ơ' | 'Ư' | '\u{1ea0}'..='\u{1ef9}') {
            return false;
        }
        letters += usize::from(c.is_ascii_alphabetic());
        // ® (đ), © (â), ª (ê), « (ô), ¬ (ơ), soft hyphen (ư), µ (à), ¸ (á), ¹ (ạ), ¨ (ă), Ö (ệ), Õ (ế), é (ộ), è (ố).
        signs += usize::from(matches!(
            c,
            '®' | '©' | 'ª' | '«' | '¬' | '\u{ad}' | 'µ' | '¸' | '¹' | '¨' | 'Ö' | 'Õ' | 'é' | 'è'
        ));
    }
    signs >= 8 && signs * 12 > letters
}

/// Letters of TCVN3 by the number of their byte, from 0xA1 on; a blank where the standard has none.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ\u{20}\u{20}\u{20}\u{20}\u{20}\u{20}àảãáạ\u{20}ằẳẵắ\u{20}\u{20}\u{20}\u{20}\u{20}\
                     \u{20}\u{20}ặầẩẫấậè\u{20}ẻẽéẹềểễếệìỉ\u{20}\u{20}\u{20}ĩíịò\u{20}ỏõóọồổỗốộờởỡớợù\u{20}ủũúụừửữứựỳỷỹýỵ";

/// The text in Unicode of a text in TCVN3 that was taken for Latin-1.
pub(crate) fn from_tcvn3(text: &str) -> String {
    let table: Vec<char> = TCVN3.chars().collect();
    let letter = |c: char| {
        match c {
            // The marks that Windows put between 0x80 and 0x9F.
            '\u{91}' | '\u{92}' => return '\'',
            '\u{93}' => return '“',
            '\u{94}' => return '”',
            '\u{85}' => return '…',
            '\u{96}' | '\u{97}' => return '–',
            _ => {}
        }
        let at = u32::from(c).checked_sub(0xa1).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| table.get(at)).copied().filter(|l| *l != ' ').unwrap_or(c)
    };
    text.chars().map(letter).collect()
}
