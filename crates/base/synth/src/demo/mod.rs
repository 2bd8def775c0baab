//! The demo people: the same in every population, with numbers chosen by hand, so that guides, tests and the
//! accounts of `cargo demo` can name them. All of them are invented.
//!
//! | number | name | who |
//! |---|---|---|
//! | `030198000101` | Nguyễn Thị Mai | single, 28; marries Trần Văn Nam |
//! | `030096000102` | Trần Văn Nam | single, 30; marries Nguyễn Thị Mai |
//! | `030190000103` | Phạm Thị Hoa | married, two children |
//! | `030085000104` | Đỗ Văn Thành | divorced, one child |
//! | `030142000105` | Bùi Thị Sen | widow; of her birth only the year is known |
//! | `030093000106` | Hoàng Minh Quân | the population database does not know him |
//! | `030191000201` | Vũ Thị Lan | one-stop officer |
//! | `030087000202` | Đặng Văn Bình | specialist, justice and civil status |
//! | `030080000203` | Nguyễn Đức Thắng | approving leader, vice chairman |
//! | `030084000204` | Trần Quốc Tuấn | standing office, police |
//! | `030076000205` | Phạm Hồng Sơn | chairman |
//! | `030189000206` | Lê Thu Hà | auditor |
//! | `030095000207` | Ngô Quang Huy | administrator |
//! | `030188000208` | Hoàng Thị Minh | specialist, culture and society |
//! | `030078000209` | Lương Văn Khoa | head of culture and society |
//! | `030090000210` | Bùi Đức Long | specialist, police |
//! | `030079000211` | Đinh Văn Hải | head of the police |
//! | `030082000211` | Vũ Đình Long | standing office of the neighbouring xã Thanh Hà |
//! | `030190000212` | Phạm Thị Thu | standing office of the neighbouring xã Hà Tây |
//! | `030079000213` | Nguyễn Thế Anh | standing office of the city |
//! | `030072000214` | Lê Văn Trung | chairman of the city |
//! | `030088000215` | Đỗ Văn Khánh | reports for a hamlet |

mod family;

pub(crate) use family::settle;

use chrono::NaiveDate;
use d06_kernel::Role;
use d06_kernel::person::{PartialDate, PersonalNumber, Sex};

/// Unit codes of xã Hà Bắc.
const COMMUNE: &str = "H31.10816";
const ONE_STOP_SHOP: &str = "H31.10816.01";
const POLICE: &str = "H31.10816.02";
const OFFICE: &str = "H31.10816.03";
const SOCIAL_AFFAIRS: &str = "H31.10816.04";
/// One of its hamlets.
const HAMLET: &str = "H31.10816.T01";
/// The police of the neighbouring communes, and the city.
const THANH_HA_POLICE: &str = "H31.10813.02";
const HA_TAY_POLICE: &str = "H31.10846.02";
const CITY: &str = "H31";

/// Number of Nguyễn Thị Mai, single, 28.
pub const MAI: &str = "030198000101";
/// Number of Trần Văn Nam, single, 30.
pub const NAM: &str = "030096000102";
/// Number of Phạm Thị Hoa, married.
pub const HOA: &str = "030190000103";
/// Number of Đỗ Văn Thành, divorced.
pub const THANH: &str = "030085000104";
/// Number of Bùi Thị Sen, widow, born in 1942.
pub const SEN: &str = "030142000105";
/// Number of Hoàng Minh Quân, whom the population database does not know.
pub const QUAN: &str = "030093000106";
/// Number of Vũ Thị Lan, one-stop officer.
pub const ONE_STOP_OFFICER: &str = "030191000201";
/// Number of Đặng Văn Bình, specialist for justice and civil status.
pub const SPECIALIST: &str = "030087000202";
/// Number of Nguyễn Đức Thắng, vice chairman, approving leader.
pub const APPROVING_LEADER: &str = "030080000203";
/// Number of Trần Quốc Tuấn, police, standing office.
pub const STANDING_OFFICE: &str = "030084000204";
/// Number of Phạm Hồng Sơn, chairman.
pub const CHAIRMAN: &str = "030076000205";
/// Number of Lê Thu Hà, auditor.
pub const AUDITOR: &str = "030189000206";
/// Number of Ngô Quang Huy, administrator.
pub const ADMINISTRATOR: &str = "030095000207";

/// Number of Hoàng Thị Minh, specialist of culture and society.
pub const SOCIAL_SPECIALIST: &str = "030188000208";
/// Number of Lương Văn Khoa, head of culture and society.
pub const SOCIAL_LEADER: &str = "030078000209";
/// Number of Bùi Đức Long, police officer who examines dossiers.
pub const POLICE_SPECIALIST: &str = "030090000210";
/// Number of Đinh Văn Hải, head of the commune's police.
pub const POLICE_LEADER: &str = "030079000211";
/// Number of Vũ Đình Long, standing office of xã Thanh Hà.
pub const THANH_HA_STANDING_OFFICE: &str = "030082000211";
/// Number of Phạm Thị Thu, standing office of xã Hà Tây.
pub const HA_TAY_STANDING_OFFICE: &str = "030190000212";
/// Number of Nguyễn Thế Anh, standing office of the city.
pub const CITY_STANDING_OFFICE: &str = "030079000213";
/// Number of Lê Văn Trung, chairman of the city.
pub const CITY_CHAIRMAN: &str = "030072000214";
/// Number of Đỗ Văn Khánh, who reports for a hamlet.
pub const HAMLET_HEAD: &str = "030088000215";

/// A post of a demo official.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// Code of the unit.
    pub unit: &'static str,
}

/// A demo person who can sign in.
#[derive(Clone, Copy, Debug)]
pub struct DemoPerson {
    /// Personal number.
    pub number: PersonalNumber,
    /// Full name.
    pub name: &'static str,
    /// Sex.
    pub sex: Sex,
    /// Date of birth.
    pub birth: PartialDate,
    /// Who it is, in Vietnamese.
    pub about: &'static str,
    /// Who it is, in English.
    pub about_en: &'static str,
    /// The post of an official; `None` for a citizen.
    pub post: Option<Post>,
    /// Whether the population database knows the person.
    pub is_recorded: bool,
}

/// What is written down of one demo person.
struct Entry(
    &'static str,
    &'static str,
    Sex,
    Birth,
    &'static str,
    &'static str,
    Option<(Role, &'static str)>,
);

/// A date of birth in the tables.
#[derive(Clone, Copy)]
enum Birth {
    Day(i32, u32, u32),
    Year(i32),
}

impl Birth {
    fn date(self) -> PartialDate {
        match self {
            Self::Day(year, month, day) => {
                NaiveDate::from_ymd_opt(year, month, day).map_or(PartialDate::Year(year), PartialDate::Day)
            }
            Self::Year(year) => PartialDate::Year(year),
        }
    }
}

use Birth::{Day, Year};
use Sex::{Female, Male};

#[rustfmt::skip]
const ENTRIES: [Entry; 22] = [
    Entry(MAI, "Nguyễn Thị Mai", Female, Day(1998, 3, 12), "Công dân, độc thân", "Citizen, single", None),
    Entry(NAM, "Trần Văn Nam", Male, Day(1996, 2, 20), "Công dân, độc thân", "Citizen, single", None),
    Entry(HOA, "Phạm Thị Hoa", Female, Day(1990, 7, 8), "Công dân, đã kết hôn", "Citizen, married", None),
    Entry(THANH, "Đỗ Văn Thành", Male, Day(1985, 9, 15), "Công dân, đã ly hôn", "Citizen, divorced", None),
    Entry(SEN, "Bùi Thị Sen", Female, Year(1942), "Công dân, góa, chỉ biết năm sinh",
        "Citizen, widowed, born in a year only", None),
    Entry(QUAN, "Hoàng Minh Quân", Male, Day(1993, 1, 25), "Công dân, chưa có trong CSDL dân cư",
        "Citizen, unknown to the population database", None),
    Entry(ONE_STOP_OFFICER, "Vũ Thị Lan", Female, Day(1991, 4, 18), "Công chức một cửa", "One-stop officer",
        Some((Role::OneStopOfficer, ONE_STOP_SHOP))),
    Entry(SPECIALIST, "Đặng Văn Bình", Male, Day(1987, 6, 30), "Công chức tư pháp - hộ tịch",
        "Specialist, justice and civil status", Some((Role::Specialist, OFFICE))),
    Entry(APPROVING_LEADER, "Nguyễn Đức Thắng", Male, Day(1980, 12, 5), "Phó Chủ tịch UBND xã",
        "Approving leader, vice chairman", Some((Role::ApprovingLeader, COMMUNE))),
    Entry(STANDING_OFFICE, "Trần Quốc Tuấn", Male, Day(1984, 8, 22), "Công an xã, cơ quan thường trực",
        "Standing office, police", Some((Role::StandingOffice, POLICE))),
    Entry(CHAIRMAN, "Phạm Hồng Sơn", Male, Day(1976, 3, 3), "Chủ tịch UBND xã", "Chairman",
        Some((Role::Chairman, COMMUNE))),
    Entry(AUDITOR, "Lê Thu Hà", Female, Day(1989, 10, 14), "Kiểm tra, giám sát", "Auditor",
        Some((Role::Auditor, COMMUNE))),
    Entry(ADMINISTRATOR, "Ngô Quang Huy", Male, Day(1995, 5, 27), "Quản trị hệ thống", "Administrator",
        Some((Role::Administrator, COMMUNE))),
    Entry(SOCIAL_SPECIALIST, "Hoàng Thị Minh", Female, Day(1988, 1, 16), "Công chức văn hóa - xã hội",
        "Specialist, culture and society", Some((Role::Specialist, SOCIAL_AFFAIRS))),
    Entry(SOCIAL_LEADER, "Lương Văn Khoa", Male, Day(1978, 11, 9), "Trưởng phòng Văn hóa - Xã hội",
        "Head of culture and society", Some((Role::ApprovingLeader, SOCIAL_AFFAIRS))),
    Entry(POLICE_SPECIALIST, "Bùi Đức Long", Male, Day(1990, 6, 21), "Công an xã, thụ lý hồ sơ",
        "Police, specialist", Some((Role::Specialist, POLICE))),
    Entry(POLICE_LEADER, "Đinh Văn Hải", Male, Day(1979, 2, 27), "Trưởng Công an xã", "Head of the police",
        Some((Role::ApprovingLeader, POLICE))),
    Entry(THANH_HA_STANDING_OFFICE, "Vũ Đình Long", Male, Day(1982, 2, 14), "Công an xã Thanh Hà, cơ quan thường trực",
        "Standing office of Thanh Hà commune", Some((Role::StandingOffice, THANH_HA_POLICE))),
    Entry(HA_TAY_STANDING_OFFICE, "Phạm Thị Thu", Female, Day(1990, 11, 6), "Công an xã Hà Tây, cơ quan thường trực",
        "Standing office of Hà Tây commune", Some((Role::StandingOffice, HA_TAY_POLICE))),
    Entry(CITY_STANDING_OFFICE, "Nguyễn Thế Anh", Male, Day(1979, 5, 19), "Công an thành phố, cơ quan thường trực",
        "Standing office of the city", Some((Role::StandingOffice, CITY))),
    Entry(CITY_CHAIRMAN, "Lê Văn Trung", Male, Day(1972, 9, 1), "Chủ tịch UBND thành phố", "Chairman of the city",
        Some((Role::Chairman, CITY))),
    Entry(HAMLET_HEAD, "Đỗ Văn Khánh", Male, Day(1988, 1, 8), "Tổ công nghệ số cộng đồng thôn",
        "Community digital team of a hamlet", Some((Role::StandingOffice, HAMLET))),
];

/// The demo people who can sign in, citizens first.
pub fn people() -> Vec<DemoPerson> {
    let person = |entry: &Entry| {
        let Entry(number, name, sex, birth, about, about_en, post) = *entry;
        Some(DemoPerson {
            number: number.parse().ok()?,
            name,
            sex,
            birth: birth.date(),
            about,
            about_en,
            post: post.map(|(role, unit)| Post { role, unit }),
            is_recorded: number != QUAN,
        })
    };
    ENTRIES.iter().filter_map(person).collect()
}

/// The demo officials.
pub fn officials() -> Vec<DemoPerson> {
    people().into_iter().filter(|person| person.post.is_some()).collect()
}

/// The first demo official of a role.
pub fn official(role: Role) -> Option<DemoPerson> {
    people().into_iter().find(|person| person.post.is_some_and(|post| post.role == role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_sound_and_every_role_is_held() {
        assert_eq!(people().len(), ENTRIES.len());
        for role in Role::ALL {
            assert!(official(role).is_some(), "{role:?}");
        }
        let numbers: std::collections::HashSet<_> = people().iter().map(|person| person.number).collect();
        assert_eq!(numbers.len(), ENTRIES.len());
    }
}
