use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in Unicode normal form C, with every run of white space as one space and none at the ends.
///
/// Keyboards and file systems of Apple machines produce decomposed letters (form D); stored text is always
/// form C.
///
/// ```
/// assert_eq!(d06_kernel::text::nfc(" Nguye\u{302}\u{303}n  Ho\u{300}a "), "Nguyễn Hòa");
/// ```
pub fn nfc(text: &str) -> String {
    let composed: String = text.nfc().collect();
    join_words(&composed)
}

/// What is searched instead of the text: lower case, no marks, `đ` as `d`, single spaces.
///
/// The same for composed and decomposed input and for both positions of a tone mark (`hoà`, `hòa`). The
/// letter eth (`Ð`), which old fonts show like `Đ`, counts as `d` too.
///
/// ```
/// use d06_kernel::text::search_key;
/// assert_eq!(search_key("Giấy xác nhận  TÌNH TRẠNG hôn nhân"), "giay xac nhan tinh trang hon nhan");
/// assert_eq!(search_key("Đặng Thị Thuỷ"), search_key("dang thi thuy"));
/// ```
pub fn search_key(text: &str) -> String {
    let folded: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        .collect();
    join_words(&folded)
}

fn join_words(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_case_and_spaces_do_not_matter() {
        assert_eq!(search_key("  Hà\u{a0}Bắc\t"), "ha bac");
        assert_eq!(search_key("ĐƯỜNG"), "duong");
        assert_eq!(search_key("Ðà Nẵng"), "da nang");
        assert_eq!(search_key(""), "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = search_key(&text);
            prop_assert_eq!(search_key(&once), once);
        }

        #[test]
        fn decomposition_does_not_matter(text in "[ a-zA-ZÀ-ỹĐđ]{0,40}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(search_key(&decomposed), search_key(&text));
            prop_assert_eq!(nfc(&decomposed), nfc(&text));
        }
    }
}
