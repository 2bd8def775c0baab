//! Which column is what: by its header in Vietnamese or English, and where that says nothing by its contents.

mod couples;
mod headers;
mod parts;

pub(crate) use headers::{is_running_number, role_of_header};

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
    /// Of a value that is spread over several columns, which part this is, from 0 in the order of reading.
    pub part: usize,
    /// Of a row that names two people in columns of their own, whom this is about: 0 or 1.
    pub person: usize,
}

/// A guess for every column. Each meaning is given to one column only, or to the parts of one value: the first whose
/// header says so, or the first whose values look so. Columns of somebody else (the head of the household, the mother)
/// count only where the list names nobody but them.
pub fn guess(preview: &Preview) -> Vec<Guess> {
    let mut guesses: Vec<Guess> = preview
        .headers
        .iter()
        .map(|header| Guess { header: header.clone(), meaning: None, part: 0, person: 0 })
        .collect();
    let mut taken: Vec<Meaning> = Vec::new();
    for (role, person, place) in couples::couple(&preview.headers) {
        taken.push(Meaning::Role(role));
        if let Some(guess) = guesses.get_mut(place) {
            (guess.meaning, guess.person) = (Some((Meaning::Role(role), Because::Header)), person);
        }
    }
    for (role, places) in parts::spread(&preview.headers) {
        taken.push(Meaning::Role(role));
        for (part, place) in places.into_iter().enumerate() {
            if let Some(guess) = guesses.get_mut(place) {
                (guess.meaning, guess.part) = (Some((Meaning::Role(role), Because::Header)), part);
            }
        }
    }
    by_header(&mut guesses, &mut taken, |header, role| {
        matches!(role, Role::Father | Role::Mother | Role::Spouse | Role::Household)
            || !headers::is_of_another(header)
    });
    by_values(&mut guesses, &mut taken, preview);
    if !taken.contains(&Meaning::Role(Role::Name)) {
        by_header(&mut guesses, &mut taken, |_, _| true);
    }
    choose_id(&mut guesses, preview);
    guesses
}

/// What headers say, of those that count.
fn by_header(guesses: &mut [Guess], taken: &mut Vec<Meaning>, counts: impl Fn(&str, Role) -> bool) {
    for guess in guesses.iter_mut().filter(|guess| guess.meaning.is_none()) {
        let said = role_of_header(&guess.header).filter(|meaning| match meaning {
            Meaning::Id => false,
            Meaning::Role(role) => !taken.contains(meaning) && counts(&guess.header, *role),
        });
        if let Some(meaning) = said {
            taken.push(meaning);
            guess.meaning = Some((meaning, Because::Header));
        }
    }
}

/// What values look like where the header says nothing.
fn by_values(guesses: &mut [Guess], taken: &mut Vec<Meaning>, preview: &Preview) {
    for (guess, column) in guesses.iter_mut().zip(&preview.columns) {
        let is_silent = !headers::is_of_another(&guess.header) && !headers::is_of_paper(&guess.header);
        if guess.meaning.is_some() || !is_silent {
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
}

/// The id: of the columns that say they are one the first whose values are distinct as far as was seen. A running number
/// is taken where there is no better one.
fn choose_id(guesses: &mut [Guess], preview: &Preview) {
    let is_distinct = |place: usize| {
        preview.columns.get(place).is_some_and(|column| {
            let has_gap = (0..column.codes.len()).any(|row| column.get(row).is_empty());
            !has_gap && column.values.len() == column.codes.len()
        })
    };
    let can_be = |guess: &Guess| guess.meaning.is_none() && headers::is_id(&guess.header);
    let fit: Vec<usize> =
        (0..guesses.len()).filter(|place| can_be(&guesses[*place]) && is_distinct(*place)).collect();
    let better = fit.iter().find(|place| !is_running_number(&guesses[**place].header));
    if let Some(place) = better.or(fit.first()) {
        guesses[*place].meaning = Some((Meaning::Id, Because::Header));
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
    // A spreadsheet that takes a personal number for a quantity drops its leading zero.
    let has_length = matches!(value.len(), 9 | 12) || (value.len() == 11 && !value.starts_with('0'));
    digits(&value) == value.len() && has_length
}

fn is_phone(value: &str) -> bool {
    let count = digits(value);
    (value.starts_with('0') && (10..=11).contains(&count))
        || (value.starts_with("+84") && (11..=12).contains(&count))
}

fn is_address(value: &str) -> bool {
    let key = format!(" {} ", headers::plain(value));
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

    /// The running number begins anew in each group: the number of the file is the id.
    #[test]
    fn the_id_is_distinct_and_a_running_number_only_where_nothing_better_is() {
        let preview = |headers: [&str; 3], running: [&str; 3]| Preview {
            headers: headers.map(str::to_owned).to_vec(),
            columns: vec![
                running.into_iter().collect(),
                ["Lê An", "Lê Bình", "Lê Chi"].into_iter().collect(),
                ["a1", "a2", "a3"].into_iter().collect(),
            ],
            sheets: Vec::new(),
        };
        let id = |preview: &Preview| {
            let found =
                guess(preview).into_iter().find(|guess| matches!(guess.meaning, Some((Meaning::Id, _))));
            found.map(|guess| guess.header)
        };
        let id = |headers, running| id(&preview(headers, running));
        assert_eq!(id(["STT", "Họ tên", "Mã hồ sơ"], ["1", "2", "3"]).as_deref(), Some("Mã hồ sơ"));
        assert_eq!(id(["STT", "Họ tên", "Ghi chú"], ["1", "2", "3"]).as_deref(), Some("STT"));
        assert_eq!(id(["STT", "Họ tên", "Ghi chú"], ["1", "1", "2"]), None);
        assert_eq!(id(["STT", "Họ tên", "rec_id"], ["1", "", "2"]).as_deref(), Some("rec_id"));
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
            sheets: Vec::new(),
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
