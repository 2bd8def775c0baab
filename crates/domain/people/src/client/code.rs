//! The codes of the citizen message.

use d06_kernel::person::Sex;
use d06_kernel::port::population::{MaritalStatus, PersonField};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names of the groups in the message.
pub(super) const GROUPS: [(&str, PersonField); 19] = [
    ("HoVaTen", PersonField::Name),
    ("NgayThangNamSinh", PersonField::BirthDate),
    ("GioiTinh", PersonField::Sex),
    ("DanToc", PersonField::Ethnicity),
    ("QuocTich", PersonField::Nationality),
    ("NoiDangKyKhaiSinh", PersonField::BirthRegistrationPlace),
    ("QueQuan", PersonField::Origin),
    ("ThuongTru", PersonField::PermanentResidence),
    ("TamTru", PersonField::TemporaryResidence),
    ("NoiOHienTai", PersonField::CurrentResidence),
    ("TinhTrangHonNhan", PersonField::MaritalStatus),
    ("Cha", PersonField::Father),
    ("Me", PersonField::Mother),
    ("VoChong", PersonField::Spouse),
    ("ChuHo", PersonField::HouseholdHead),
    ("ThanhVienHoGiaDinh", PersonField::HouseholdMembers),
    ("TheCanCuoc", PersonField::IdentityCard),
    ("SoCMND", PersonField::OldNumber),
    ("NgayChet", PersonField::Death),
];

static ETHNIC_GROUPS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let list = include_str!("../../../../../data/people/ethnic-groups.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(list.as_bytes());
    reader.deserialize().filter_map(Result::ok).collect()
});

/// Name of an ethnic group (dân tộc).
pub(super) fn ethnic_group(code: &str) -> Option<String> {
    ETHNIC_GROUPS.get(code).cloned()
}

/// Name of a nationality; codes of ISO 3166-1 other than Việt Nam's stay codes.
pub(super) fn nationality(code: &str) -> String {
    if code == "VN" { "Việt Nam".to_owned() } else { code.to_owned() }
}

/// Sex; 0 is "not said".
pub(super) fn sex(code: &str) -> Option<Sex> {
    match code {
        "1" => Some(Sex::Male),
        "2" => Some(Sex::Female),
        _ => None,
    }
}

/// Marital status.
pub(super) fn marital_status(code: &str) -> MaritalStatus {
    match code {
        "1" => MaritalStatus::Single,
        "2" => MaritalStatus::Married,
        "3" => MaritalStatus::Divorced,
        "4" => MaritalStatus::Widowed,
        _ => MaritalStatus::Unknown,
    }
}
