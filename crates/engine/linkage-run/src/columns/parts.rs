//! Values that a list spreads over several columns: surname and given name; day, month and year; the parts of an address.

use super::headers::plain;
use super::{Meaning, role_of_header};
use d06_linkage::spec::Role;

/// What stands before the given name. The first words of a header that stand over the parts are left out.
const SURNAME: &[&str] = &[
    "ho",
    "ho dem",
    "ho va dem",
    "ho ten dem",
    "ho va ten dem",
    "ho lot",
    "ho va lot",
    "ho va ten lot",
    "ho chu dem",
    "ho va chu dem",
    "ho va chu lot",
    "surname",
    "last name",
    "family name",
];
const MIDDLE: &[&str] = &["dem", "ten dem", "lot", "ten lot", "chu dem", "chu lot", "middle name"];
const GIVEN: &[&str] = &["ten", "ten goi", "given name", "first name"];
const OVER_NAMES: &[&str] = &["ho va ten ", "ho ten "];
const DAY: &[&str] = &["ngay", "ngay sinh", "day", "birth day"];
const MONTH: &[&str] = &["thang", "thang sinh", "month", "birth month"];
const YEAR: &[&str] = &["nam", "nam sinh", "year", "birth year"];
const OVER_DATES: &[&str] = &["ngay thang nam sinh ", "ngay sinh ", "nam sinh ", "sinh ", "date of birth "];
/// Words of the parts of an address.
const PLACES: &[&str] = &[
    "so", "nha", "duong", "pho", "ngo", "ngach", "hem", "thon", "xom", "to", "dan", "khu", "ap", "ban",
    "lang", "buon", "cum", "xa", "phuong", "thi", "tran", "quan", "huyen", "thanh", "tinh", "ten", "p", "x",
    "tt", "q", "h", "tp", "tx", "t",
];

/// The columns of each value that is spread over several, in the order in which it is read.
pub(super) fn spread(headers: &[String]) -> Vec<(Role, Vec<usize>)> {
    let plain: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let place = |words: &[&str], over: &[&str]| {
        let is = |header: &String| {
            let bare = over.iter().find_map(|over| header.strip_prefix(over));
            words.contains(&header.as_str()) || bare.is_some_and(|bare| words.contains(&bare))
        };
        plain.iter().position(is)
    };
    let is_whole_elsewhere = |role, parts: &[usize]| {
        let says = |place: usize| role_of_header(&headers[place]) == Some(Meaning::Role(role));
        (0..headers.len()).any(|place| !parts.contains(&place) && says(place))
    };
    let mut found = Vec::new();
    if let (Some(surname), Some(given)) = (place(SURNAME, OVER_NAMES), place(GIVEN, OVER_NAMES)) {
        let middle = place(MIDDLE, OVER_NAMES).filter(|middle| *middle != surname);
        let parts: Vec<usize> = [Some(surname), middle, Some(given)].into_iter().flatten().collect();
        if !is_whole_elsewhere(Role::Name, &parts) {
            found.push((Role::Name, parts));
        }
    }
    if let (Some(month), Some(year)) = (place(MONTH, OVER_DATES), place(YEAR, OVER_DATES)) {
        // "Ngày sinh" alone is the whole day.
        let is_day = |day: &usize| plain[*day] != "ngay sinh" || plain[month] == "thang sinh";
        let day = place(DAY, OVER_DATES).filter(is_day);
        let is_birth = day.is_some() || plain[year].contains("sinh") || plain[year].contains("birth");
        let parts: Vec<usize> = [day, Some(month), Some(year)].into_iter().flatten().collect();
        // Months and years of something else stand apart from the birth.
        let are_beside = parts.windows(2).all(|pair| pair[0].abs_diff(pair[1]) == 1);
        if is_birth && are_beside && !is_whole_elsewhere(Role::Birth, &parts) {
            found.push((Role::Birth, parts));
        }
    }
    let is_place = |header: &String| {
        let words: Vec<&str> = header.split(' ').collect();
        let is_number =
            matches!(words.as_slice(), ["so" | "to" | "ten" | "tt" | "t" | "h" | "p" | "x" | "ban" | "cum"]);
        !header.is_empty() && !is_number && words.iter().all(|word| PLACES.contains(word))
    };
    let parts: Vec<usize> = (0..plain.len()).filter(|place| is_place(&plain[*place])).collect();
    let taken = |place: &usize| found.iter().any(|(_, parts)| parts.contains(place));
    if parts.len() >= 2 && !parts.iter().any(taken) && !is_whole_elsewhere(Role::Address, &parts) {
        found.push((Role::Address, parts));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &str) -> Vec<(Role, Vec<usize>)> {
        spread(&headers.split('|').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn names_dates_and_addresses_in_parts() {
        let found = of("TT|Họ|Tên đệm|Tên|Ngày|Tháng|Năm sinh|Giới tính|Số nhà|Thôn/Tổ|Xã/Phường|Tỉnh");
        let expected =
            [(Role::Name, vec![1, 2, 3]), (Role::Birth, vec![4, 5, 6]), (Role::Address, vec![8, 9, 10, 11])];
        assert_eq!(found, expected);
        assert_eq!(of("given_name|surname|street"), [(Role::Name, vec![1, 0])]);
        assert_eq!(of("Họ và tên đệm|Tên"), [(Role::Name, vec![0, 1])]);
        assert_eq!(of("Họ và tên Họ đệm|Họ và tên Tên"), [(Role::Name, vec![0, 1])]);
        assert_eq!(of("Ngày sinh Ngày|Ngày sinh Tháng|Ngày sinh Năm"), [(Role::Birth, vec![0, 1, 2])]);
    }

    #[test]
    fn whole_values_and_other_months_are_left_alone() {
        for headers in [
            "Họ và tên|Ngày sinh|Tháng|Năm",
            "Họ và tên|Tên|Hộ",
            "Năm sinh|Địa chỉ|Tháng",
            "Xã|Địa chỉ|Thôn",
            "Tên hàng|Tháng|Năm",
            "Số|Tổ",
        ] {
            assert_eq!(of(headers), [], "{headers}");
        }
    }
}
