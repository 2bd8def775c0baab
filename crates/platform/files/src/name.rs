//! Names of files as people give them. A name is only ever shown, never a path: files are kept by their content.

use d06_kernel::Problem;
use unicode_normalization::UnicodeNormalization;

/// The most bytes that file systems take.
const LONGEST: usize = 255;

/// The name in NFC, without spaces around it.
///
/// # Errors
/// `file.name-invalid` for an empty or over-long name, a path, control characters, and characters that turn the
/// direction of writing (they make `exe.pdf` look like `fdp.exe`).
pub fn clean_name(name: &str) -> Result<String, Problem> {
    let name: String = name.trim().nfc().collect();
    let bad = name.is_empty()
        || name.len() > LONGEST
        || name.chars().all(|c| c == '.')
        || name.chars().any(|c| c.is_control() || matches!(c, '/' | '\\') || turns_or_hides(c));
    if bad { Err(Problem::invalid("file.name-invalid")) } else { Ok(name) }
}

/// Bidirectional controls, zero-width characters, line and paragraph separators (Unicode TR #36 §3).
fn turns_or_hides(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn keeps_vietnamese_in_nfc() {
        let decomposed = "Gia\u{0302}\u{0301}y khai sinh.pdf";
        assert_eq!(clean_name(decomposed).unwrap(), "Giấy khai sinh.pdf");
    }

    #[test]
    fn refuses_what_is_no_name() {
        let long = "a".repeat(256);
        for name in
            ["", "  ", "..", "../etc/passwd", "C:\\a.pdf", "a\0.pdf", "a\nb", "a\u{202E}fdp.exe", &long]
        {
            assert_eq!(clean_name(name).unwrap_err().code, "file.name-invalid", "{name:?}");
        }
    }
}
