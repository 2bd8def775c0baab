//! What headers say, in Vietnamese and English.

use super::Meaning;
use d06_kernel::text::search_key;
use d06_linkage::spec::Role;

/// Headers without marks, the more special first; a header that contains the words is of the meaning.
const HEADERS: &[(&str, Meaning)] = &[
    ("ma ho so", Meaning::Id),
    ("ho ten cha", Meaning::Role(Role::Father)),
    ("ho va ten cha", Meaning::Role(Role::Father)),
    ("ho ten bo", Meaning::Role(Role::Father)),
    ("ten cha", Meaning::Role(Role::Father)),
    ("ten bo", Meaning::Role(Role::Father)),
    ("father", Meaning::Role(Role::Father)),
    ("cha ho ten", Meaning::Role(Role::Father)),
    ("cha ho va ten", Meaning::Role(Role::Father)),
    ("bo ho ten", Meaning::Role(Role::Father)),
    ("bo ho va ten", Meaning::Role(Role::Father)),
    ("me ho ten", Meaning::Role(Role::Mother)),
    ("me ho va ten", Meaning::Role(Role::Mother)),
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
    ("soc sec id", Meaning::Role(Role::IdNumber)),
    ("social security", Meaning::Role(Role::IdNumber)),
    ("ssn", Meaning::Role(Role::IdNumber)),
    ("id number", Meaning::Role(Role::IdNumber)),
    ("national id", Meaning::Role(Role::IdNumber)),
    ("ngay thang nam sinh", Meaning::Role(Role::Birth)),
    ("ngay sinh", Meaning::Role(Role::Birth)),
    ("ntns", Meaning::Role(Role::Birth)),
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
    ("noi o", Meaning::Role(Role::Address)),
    ("tam tru", Meaning::Role(Role::Address)),
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
    ("ho chu dem ten", Meaning::Role(Role::Name)),
    ("ho chu dem va ten", Meaning::Role(Role::Name)),
    ("hoten", Meaning::Role(Role::Name)),
    ("ten chu su dung", Meaning::Role(Role::Name)),
    ("chu su dung", Meaning::Role(Role::Name)),
    ("chu so huu", Meaning::Role(Role::Name)),
    ("ten chu", Meaning::Role(Role::Name)),
    ("nguoi nop thue", Meaning::Role(Role::Name)),
    ("thanh vien", Meaning::Role(Role::Name)),
    ("nguoi huong", Meaning::Role(Role::Name)),
    ("ten doi tuong", Meaning::Role(Role::Name)),
    ("ten hoc sinh", Meaning::Role(Role::Name)),
    ("chu ho", Meaning::Role(Role::Name)),
    ("nguoi giam ho", Meaning::Role(Role::Name)),
    ("nguoi dai dien", Meaning::Role(Role::Name)),
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
    ("so ho so", Meaning::Id),
    ("so dang ky", Meaning::Id),
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
    ("so", Meaning::Id),
    ("stt", Meaning::Id),
    ("tt", Meaning::Id),
    ("key", Meaning::Id),
    ("xa", Meaning::Role(Role::Commune)),
    ("phuong", Meaning::Role(Role::Commune)),
    ("ten", Meaning::Role(Role::Name)),
    ("name", Meaning::Role(Role::Name)),
    ("cha", Meaning::Role(Role::Father)),
    ("me", Meaning::Role(Role::Mother)),
    ("vo", Meaning::Role(Role::Spouse)),
    ("chong", Meaning::Role(Role::Spouse)),
    ("number", Meaning::Role(Role::IdNumber)),
    ("tel", Meaning::Role(Role::Phone)),
    ("ho", Meaning::Role(Role::Household)),
];

/// The header without marks, with single spaces for everything that is no letter or digit.
pub(super) fn plain(header: &str) -> String {
    let key = search_key(header);
    let words: Vec<&str> =
        key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Words of people whom a list names beside those it is about.
const OTHERS: &[&str] = &[
    "cha",
    "bo",
    "me",
    "vo",
    "chong",
    "con",
    "chu ho",
    "giam ho",
    "dai dien",
    "uy quyen",
    "nhan thay",
    "nuoi duong",
    "cham soc",
    "ke khai",
    "khai bao",
    "lap bieu",
    "than nhan",
    "lien he",
    "nguoi ky",
    "can bo",
    "father",
    "mother",
    "spouse",
    "guardian",
    "contact",
];
/// Words of columns that have dates or numbers, but none of a person's birth or papers.
const OF_PAPERS: &[&str] = &[
    "cap",
    "het han",
    "hieu luc",
    "ngay ky",
    "tu ngay",
    "den ngay",
    "ngay vao",
    "ngay nop",
    "ngay nhan",
    "ngay lap",
    "quyet dinh",
    "so tien",
    "muc huong",
    "tai khoan",
    "issued",
    "expiry",
    "account",
];
/// Headers of a running number.
const RUNNING: &[&str] = &["stt", "tt", "so tt", "so thu tu", "no"];

/// What a header says.
pub(crate) fn role_of_header(header: &str) -> Option<Meaning> {
    let plain = plain(header);
    if let Some((_, meaning)) = WHOLE.iter().find(|(whole, _)| *whole == plain) {
        return Some(*meaning);
    }
    let padded = format!(" {plain} ");
    HEADERS.iter().find(|(words, _)| padded.contains(&format!(" {words} "))).map(|(_, meaning)| *meaning)
}

/// Whether a header says that the column identifies the row: one that is known to, `rec_id`, "Mã người dùng".
pub(super) fn is_id(header: &str) -> bool {
    let plain = plain(header);
    role_of_header(header) == Some(Meaning::Id) || plain.ends_with(" id") || plain.starts_with("ma ")
}

/// Whether a header has words of somebody beside whom the list is about: "CCCD mẹ", "Họ tên chủ hộ".
pub(super) fn is_of_another(header: &str) -> bool {
    has_words(header, OTHERS)
}

/// Whether a header is about a paper or a payment: "Ngày cấp". The values of such a column say nothing of the person.
pub(super) fn is_of_paper(header: &str) -> bool {
    has_words(header, OF_PAPERS)
}

/// Whether a column has the running number of the list.
pub(crate) fn is_running_number(header: &str) -> bool {
    RUNNING.contains(&plain(header).as_str())
}

fn has_words(header: &str, words: &[&str]) -> bool {
    let padded = format!(" {} ", plain(header));
    words.iter().any(|words| padded.contains(&format!(" {words} ")))
}
