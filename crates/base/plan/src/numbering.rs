//! Roman numerals and the counts that groups announce ("(09 nhiệm vụ)").

use crate::folded::Folded;

/// The value of a Roman numeral below 90, or `None`.
pub(crate) fn roman(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut last = 0;
    for c in text.chars().rev() {
        let digit = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        };
        total += if digit < last { 0 } else { digit };
        if digit < last {
            total = u32::checked_sub(total, digit)?;
        }
        last = last.max(digit);
    }
    (total > 0 && to_roman(total) == text).then_some(total)
}

/// The Roman numeral of a small number.
pub(crate) fn to_roman(mut number: u32) -> String {
    const PARTS: [(u32, &str); 7] =
        [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut text = String::new();
    for (value, digit) in PARTS {
        while number >= value && text.len() < 16 {
            text.push_str(digit);
            number -= value;
        }
    }
    text
}

/// Whether character recognition may have made `text` out of a Roman numeral (`in`, `lI`, `1V` …).
pub(crate) fn may_be_roman(text: &str) -> bool {
    !text.is_empty() && text.len() <= 6 && text.chars().all(|c| "IVXivxl1nrm|".contains(c))
}

/// The number of items that a title announces: 9 for "… (09 nhiệm vụ)".
pub(crate) fn announced_count(title: &str) -> Option<usize> {
    let folded = Folded::new(title);
    let ascii = folded.ascii();
    let open = ascii.rfind('(')?;
    let inside = ascii.get(open + 1..)?;
    let digits: String = inside.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let rest = inside.trim_start().get(digits.len()..)?.trim_start();
    rest.starts_with("nhiem vu").then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_both_ways() {
        for n in 1..60 {
            assert_eq!(roman(&to_roman(n)), Some(n), "{n}");
        }
        assert_eq!(roman("IIII"), None);
        assert_eq!(roman("ABC"), None);
    }

    #[test]
    fn titles_announce_counts() {
        assert_eq!(announced_count("Nhóm hạ tầng (03 nhiệm vụ)"), Some(3));
        assert_eq!(announced_count("Nhóm hạ tầng (gồm 03 nhiệm vụ"), None);
        assert_eq!(announced_count("Nghị quyết 175 (2023)"), None);
    }
}
