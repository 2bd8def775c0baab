//! The head of an official letter as text: the issuer on the left and the motto on the right stand beside each other,
//! so one line of text may hold a part of both (Decree 30/2020/NĐ-CP, annex I, figure of the places of the parts).

use crate::folded::Folded;

/// What is printed in every head and says nothing of the document, folded.
const MOTTOES: [&str; 4] = [
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "doc lap – tu do – hanh phuc",
    "cong hoa xa hoi chu nghia",
];

/// A line of the head without the country's name and motto.
pub(crate) fn without_motto(text: &str) -> &str {
    let folded = Folded::new(text);
    let motto = MOTTOES.iter().find_map(|motto| Some((folded.find_words(motto, 0)?, motto.len())));
    let Some((at, length)) = motto else { return text };
    let left = folded.slice(0, at).trim();
    let right = folded.slice(at + length, folded.len()).trim();
    if left.is_empty() { right } else { left }
}

/// The number after "Số:", and what stands beside it on the line: "47/KH-UBND" and "Đông Kinh, ngày 06 tháng 02 năm
/// 2026". The part before the stroke may have been left blank.
pub(crate) fn number_and_rest(text: &str) -> Option<(String, &str)> {
    let folded = Folded::new(text);
    if !folded.starts_with_words("so") {
        return None;
    }
    let (label, after) = text.split_once(':')?;
    if label.trim().chars().count() > 3 {
        return None;
    }
    let Some(stroke) = after.find('/') else { return Some((after.trim().to_owned(), "")) };
    let tail = after.get(stroke..)?;
    let end = stroke + tail.find(char::is_whitespace).unwrap_or(tail.len());
    let (number, rest) = after.split_at(end);
    Some((number.split_whitespace().collect(), rest.trim()))
}

/// The number of a part whose heading counts in words: "PHẦN THỨ HAI", "Phần II", "Chương 3"; and the rest of the
/// line.
pub(crate) fn part(text: &str) -> Option<(u32, &str)> {
    const ORDINALS: [(&str, u32); 9] = [
        ("nhat", 1),
        ("mot", 1),
        ("hai", 2),
        ("ba", 3),
        ("tu", 4),
        ("bon", 4),
        ("nam", 5),
        ("sau", 6),
        ("bay", 7),
    ];
    let folded = Folded::new(text);
    let head = ["phan thu", "phan", "chuong"].into_iter().find(|head| folded.starts_with_words(head))?;
    let start = folded.skip_blanks(head.len());
    let word = folded.ascii().get(start..)?.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let capital = word.to_ascii_uppercase();
    let number = ORDINALS
        .iter()
        .find(|(name, _)| *name == word && head == "phan thu")
        .map(|(_, number)| *number)
        .or_else(|| crate::numbering::roman(&capital).filter(|_| folded.is_upper(start)))
        .or_else(|| word.parse().ok().filter(|n| (1..=20).contains(n)))?;
    let rest = folded.slice(start + word.len(), folded.len());
    Some((number, rest.trim_start_matches(['.', ':', '-', '–', ')', ' ']).trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_motto_beside_the_issuer_goes() {
        assert_eq!(without_motto("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "ỦY BAN NHÂN DÂN");
        assert_eq!(without_motto("PHƯỜNG ĐÔNG KINH Độc lập - Tự do - Hạnh phúc"), "PHƯỜNG ĐÔNG KINH");
        assert_eq!(without_motto("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "");
        assert_eq!(without_motto("UBND XÃ HÀ BẮC"), "UBND XÃ HÀ BẮC");
    }

    #[test]
    fn the_number_ends_where_the_place_begins() {
        let of = |text| number_and_rest(text).map(|(number, rest)| (number, rest.to_owned()));
        let with = |number: &str, rest: &str| Some((number.to_owned(), rest.to_owned()));
        assert_eq!(of("Số: 47/KH-UBND Đông Kinh, ngày 06"), with("47/KH-UBND", "Đông Kinh, ngày 06"));
        assert_eq!(of("Số: /KH-UBND"), with("/KH-UBND", ""));
        assert_eq!(of("Số:  12 /QĐ-TTg Hà Nội, ngày"), with("12/QĐ-TTg", "Hà Nội, ngày"));
        assert_eq!(of("Sở Y tế: phối hợp"), None);
        assert_eq!(of("Số lượng: 5"), None);
    }

    #[test]
    fn parts_counted_in_words() {
        assert_eq!(part("PHẦN THỨ HAI"), Some((2, "")));
        assert_eq!(part("Phần II. Nhiệm vụ"), Some((2, "Nhiệm vụ")));
        assert_eq!(part("Phần 1: Mục tiêu"), Some((1, "Mục tiêu")));
        assert_eq!(part("Chương III"), Some((3, "")));
        assert_eq!(part("Phần mềm dùng chung"), None);
        assert_eq!(part("Phần lớn hồ sơ"), None);
    }
}
