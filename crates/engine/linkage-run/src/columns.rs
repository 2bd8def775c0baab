//! Which column is what: by its header in Vietnamese or English, and where that says nothing by its contents.

use crate::input::Preview;
use d06_kernel::text::search_key;
use d06_linkage::spec::Role;

/// What a column is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// It identifies the row.
    Id,
    /// It is compared.
    Role(Role),
}

/// Why a column is taken for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Its header says so.
    Header,
    /// Its values look so.
    Values,
}

/// A guess about one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The header.
    pub header: String,
    /// What it is taken for, if anything.
    pub meaning: Option<(Meaning, Because)>,
}

/// Headers without marks, the more special first; a header that contains the words is of the meaning.
const HEADERS: &[(&str, Meaning)] = &[
    ("ho ten cha", Meaning::Role(Role::Father)),
    ("ho va ten cha", Meaning::Role(Role::Father)),
    ("ho ten bo", Meaning::Role(Role::Father)),
    ("ten cha", Meaning::Role(Role::Father)),
    ("ten bo", Meaning::Role(Role::Father)),
    ("father", Meaning::Role(Role::Father)),
    ("ho ten me", Meaning::Role(Role::Mother)),
    ("ho va ten me", Meaning::Role(Role::Mother)),
    ("ten me", Meaning::Role(Role::Mother)),
    ("mother", Meaning::Role(Role::Mother)),
    ("vo chong", Meaning::Role(Role::Spouse)),
    ("vo hoac chong", Meaning::Role(Role::Spouse)),
    ("spouse", Meaning::Role(Role::Spouse)),
    ("so ho khau", Meaning::Role(Role::Household)),
    ("ma ho", Meaning::Role(Role::Household)),
    ("household", Meaning::Role(Role::Household)),
    ("cmnd cu", Meaning::Role(Role::OldIdNumber)),
    ("so cmnd 9", Meaning::Role(Role::OldIdNumber)),
    ("cmt cu", Meaning::Role(Role::OldIdNumber)),
    ("so giay to cu", Meaning::Role(Role::OldIdNumber)),
    ("old number", Meaning::Role(Role::OldIdNumber)),
    ("old id", Meaning::Role(Role::OldIdNumber)),
    ("so dinh danh", Meaning::Role(Role::IdNumber)),
    ("ma dinh danh", Meaning::Role(Role::IdNumber)),
    ("can cuoc", Meaning::Role(Role::IdNumber)),
    ("cccd", Meaning::Role(Role::IdNumber)),
    ("ddcn", Meaning::Role(Role::IdNumber)),
    ("cmnd", Meaning::Role(Role::IdNumber)),
    ("cmt", Meaning::Role(Role::IdNumber)),
    ("chung minh", Meaning::Role(Role::IdNumber)),
    ("so giay to", Meaning::Role(Role::IdNumber)),
    ("giay to tuy than", Meaning::Role(Role::IdNumber)),
    ("personal number", Meaning::Role(Role::IdNumber)),
    ("id number", Meaning::Role(Role::IdNumber)),
    ("national id", Meaning::Role(Role::IdNumber)),
    ("ngay thang nam sinh", Meaning::Role(Role::Birth)),
    ("ngay sinh", Meaning::Role(Role::Birth)),
    ("nam sinh", Meaning::Role(Role::Birth)),
    ("sinh ngay", Meaning::Role(Role::Birth)),
    ("date of birth", Meaning::Role(Role::Birth)),
    ("birth date", Meaning::Role(Role::Birth)),
    ("birthdate", Meaning::Role(Role::Birth)),
    ("birth", Meaning::Role(Role::Birth)),
    ("dob", Meaning::Role(Role::Birth)),
    ("gioi tinh", Meaning::Role(Role::Sex)),
    ("nam nu", Meaning::Role(Role::Sex)),
    ("gender", Meaning::Role(Role::Sex)),
    ("sex", Meaning::Role(Role::Sex)),
    ("dien thoai", Meaning::Role(Role::Phone)),
    ("di dong", Meaning::Role(Role::Phone)),
    ("sdt", Meaning::Role(Role::Phone)),
    ("phone", Meaning::Role(Role::Phone)),
    ("mobile", Meaning::Role(Role::Phone)),
    ("thuong tru", Meaning::Role(Role::Address)),
    ("noi cu tru", Meaning::Role(Role::Address)),
    ("cho o", Meaning::Role(Role::Address)),
    ("dia chi", Meaning::Role(Role::Address)),
    ("address", Meaning::Role(Role::Address)),
    ("phuong xa", Meaning::Role(Role::Commune)),
    ("xa phuong", Meaning::Role(Role::Commune)),
    ("ma xa", Meaning::Role(Role::Commune)),
    ("ten xa", Meaning::Role(Role::Commune)),
    ("commune", Meaning::Role(Role::Commune)),
    ("ward", Meaning::Role(Role::Commune)),
    ("ho va ten", Meaning::Role(Role::Name)),
    ("ho ten", Meaning::Role(Role::Name)),
    ("ho dem va ten", Meaning::Role(Role::Name)),
    ("hoten", Meaning::Role(Role::Name)),
    ("ten chu su dung", Meaning::Role(Role::Name)),
    ("chu su dung", Meaning::Role(Role::Name)),
    ("chu so huu", Meaning::Role(Role::Name)),
    ("ten chu", Meaning::Role(Role::Name)),
    ("nguoi nop thue", Meaning::Role(Role::Name)),
    ("full name", Meaning::Role(Role::Name)),
    ("fullname", Meaning::Role(Role::Name)),
    ("owner", Meaning::Role(Role::Name)),
    ("ma dan cu", Meaning::Id),
    ("ma cong dan", Meaning::Id),
    ("ma nhan khau", Meaning::Id),
    ("ma ban ghi", Meaning::Id),
    ("ma doi tuong", Meaning::Id),
    ("person id", Meaning::Id),
    ("row id", Meaning::Id),
    ("unique id", Meaning::Id),
    ("ma so thue", Meaning::Id),
    ("ma ho so", Meaning::Id),
    ("so ho so", Meaning::Id),
    ("so giay chung nhan", Meaning::Id),
    ("so gcn", Meaning::Id),
    ("ma thua", Meaning::Id),
    ("so thua", Meaning::Id),
    ("ma so bhxh", Meaning::Id),
    ("so so bhxh", Meaning::Id),
    ("ma dinh danh ban ghi", Meaning::Id),
    ("so thu tu", Meaning::Id),
];
/// Headers that mean something only as a whole.
const WHOLE: &[(&str, Meaning)] = &[
    ("id", Meaning::Id),
    ("ma", Meaning::Id),
    ("stt", Meaning::Id),
    ("tt", Meaning::Id),
    ("key", Meaning::Id),
    ("xa", Meaning::Role(Role::Commune)),
    ("phuong", Meaning::Role(Role::Commune)),
    ("ten", Meaning::Role(Role::Name)),
    ("name", Meaning::Role(Role::Name)),
    ("chu ho", Meaning::Role(Role::Name)),
    ("cha", Meaning::Role(Role::Father)),
    ("me", Meaning::Role(Role::Mother)),
    ("vo", Meaning::Role(Role::Spouse)),
    ("chong", Meaning::Role(Role::Spouse)),
    ("number", Meaning::Role(Role::IdNumber)),
    ("tel", Meaning::Role(Role::Phone)),
    ("ho", Meaning::Role(Role::Household)),
];

/// The header without marks, with single spaces for everything that is no letter or digit.
fn plain(header: &str) -> String {
    let key = search_key(header);
    let words: Vec<&str> =
        key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What a header says.
pub(crate) fn role_of_header(header: &str) -> Option<Meaning> {
    let plain = plain(header);
    if let Some((_, meaning)) = WHOLE.iter().find(|(whole, _)| *whole == plain) {
        return Some(*meaning);
    }
    let padded = format!(" {plain} ");
    HEADERS.iter().find(|(words, _)| padded.contains(&format!(" {words} "))).map(|(_, meaning)| *meaning)
}

/// A guess for every column. Each meaning is given to one column only: the first whose header says so, or the first
/// whose values look so.
pub fn guess(preview: &Preview) -> Vec<Guess> {
    let mut guesses: Vec<Guess> =
        preview.headers.iter().map(|header| Guess { header: header.clone(), meaning: None }).collect();
    let mut taken: Vec<Meaning> = Vec::new();
    for guess in &mut guesses {
        let said = role_of_header(&guess.header).filter(|meaning| !taken.contains(meaning));
        if let Some(meaning) = said {
            taken.push(meaning);
            guess.meaning = Some((meaning, Because::Header));
        }
    }
    for (guess, column) in guesses.iter_mut().zip(&preview.columns) {
        if guess.meaning.is_some() {
            continue;
        }
        let rows = column.codes.len();
        let values: Vec<&str> =
            (0..rows).map(|row| column.get(row)).filter(|value| !value.is_empty()).collect();
        let seen = meaning_of_values(&values, rows).filter(|meaning| !taken.contains(meaning));
        if let Some(meaning) = seen {
            taken.push(meaning);
            guess.meaning = Some((meaning, Because::Values));
        }
    }
    drop_useless_id(&mut guesses, preview);
    guesses
}

/// A running number is a poor id where a better one is there, but any id must be distinct in what was seen.
fn drop_useless_id(guesses: &mut [Guess], preview: &Preview) {
    for (guess, column) in guesses.iter_mut().zip(&preview.columns) {
        let is_id = matches!(guess.meaning, Some((Meaning::Id, _)));
        let has_gap = (0..column.codes.len()).any(|row| column.get(row).is_empty());
        if is_id && (has_gap || column.values.len() < column.codes.len()) {
            guess.meaning = None;
        }
    }
}

/// Whether a value looks like something.
type Test = fn(&str) -> bool;

/// What values look like, if nearly all of them do.
fn meaning_of_values(values: &[&str], rows: usize) -> Option<Meaning> {
    if values.len() < 3 || values.len() * 4 < rows {
        return None;
    }
    let nearly_all = |test: Test| values.iter().filter(|value| test(value)).count() * 10 >= values.len() * 9;
    let tests: [(Test, Role); 5] = [
        (is_sex, Role::Sex),
        (is_date, Role::Birth),
        (is_number, Role::IdNumber),
        (is_phone, Role::Phone),
        (is_address, Role::Address),
    ];
    if let Some((_, role)) = tests.iter().find(|(test, _)| nearly_all(*test)) {
        return Some(Meaning::Role(*role));
    }
    nearly_all(is_name).then_some(Meaning::Role(Role::Name))
}

fn digits(value: &str) -> usize {
    value.bytes().filter(u8::is_ascii_digit).count()
}

fn is_sex(value: &str) -> bool {
    matches!(search_key(value).as_str(), "nam" | "nu" | "male" | "female")
}

fn is_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['/', '-', '.']).collect();
    let numbers = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_year = |part: &str| part.len() == 4 && matches!(part.get(..2), Some("18" | "19" | "20"));
    match parts.as_slice() {
        [year] => numbers && is_year(year),
        [first, _, last] => numbers && (is_year(first) || is_year(last)),
        _ => false,
    }
}

fn is_number(value: &str) -> bool {
    let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    digits(&value) == value.len() && (value.len() == 12 || value.len() == 9)
}

fn is_phone(value: &str) -> bool {
    let count = digits(value);
    (value.starts_with('0') && (10..=11).contains(&count))
        || (value.starts_with("+84") && (11..=12).contains(&count))
}

fn is_address(value: &str) -> bool {
    let key = format!(" {} ", plain(value));
    let has_unit =
        [" xa ", " phuong ", " p ", " x ", " tt ", " huyen ", " quan ", " tp ", " thon ", " thanh pho "];
    value.contains([',', '-']) && has_unit.iter().any(|unit| key.contains(unit))
}

fn is_name(value: &str) -> bool {
    let words = value.split_whitespace().count();
    (2..=6).contains(&words) && digits(value) == 0 && !value.contains([':', '/', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use d06_linkage::Column;

    #[test]
    fn headers_of_real_registers_are_understood() {
        for (header, meaning) in [
            ("Họ và tên", Meaning::Role(Role::Name)),
            ("HỌ TÊN CHỦ SỬ DỤNG ĐẤT", Meaning::Role(Role::Name)),
            ("Ngày, tháng, năm sinh", Meaning::Role(Role::Birth)),
            ("Năm sinh", Meaning::Role(Role::Birth)),
            ("CCCD", Meaning::Role(Role::IdNumber)),
            ("Số CCCD/CMND", Meaning::Role(Role::IdNumber)),
            ("so_cmnd_cu", Meaning::Role(Role::OldIdNumber)),
            ("Địa chỉ thường trú", Meaning::Role(Role::Address)),
            ("Giới tính", Meaning::Role(Role::Sex)),
            ("SĐT", Meaning::Role(Role::Phone)),
            ("Họ và tên mẹ", Meaning::Role(Role::Mother)),
            ("Họ tên vợ/chồng", Meaning::Role(Role::Spouse)),
            ("date_of_birth", Meaning::Role(Role::Birth)),
            ("STT", Meaning::Id),
            ("unique_id", Meaning::Id),
        ] {
            assert_eq!(role_of_header(header), Some(meaning), "{header}");
        }
        for header in ["Ghi chú", "Diện tích", "Mục đích sử dụng", ""] {
            assert_eq!(role_of_header(header), None, "{header}");
        }
    }

    #[test]
    fn values_speak_where_headers_are_silent() {
        let column = |values: [&str; 3]| values.into_iter().collect::<Column>();
        let preview = Preview {
            headers: ["cột 1", "cột 2", "cột 3", "cột 4", "STT"].map(str::to_owned).to_vec(),
            columns: vec![
                column(["Nguyễn Văn A", "Trần Thị Bình", "Lê C"]),
                column(["1980", "02/03/1975", "1990-01-01"]),
                column(["031080001234", "031 075 000 123", "141234567"]),
                column(["thôn Đông, xã Hà Bắc", "12 Lê Lợi, P. Máy Tơ", "Số 3, xã An Hà, Hải Phòng"]),
                column(["1", "1", "2"]),
            ],
        };
        let meanings: Vec<_> =
            guess(&preview).into_iter().map(|guess| guess.meaning.map(|(m, _)| m)).collect();
        let role = |role| Some(Meaning::Role(role));
        // A running number that repeats identifies nothing.
        assert_eq!(
            meanings,
            [role(Role::Name), role(Role::Birth), role(Role::IdNumber), role(Role::Address), None]
        );
    }
}
