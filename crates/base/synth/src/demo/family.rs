//! The households of the demo people.

use super::{
    ADMINISTRATOR, APPROVING_LEADER, AUDITOR, Birth, CHAIRMAN, CITY_CHAIRMAN, CITY_STANDING_OFFICE,
    HA_TAY_STANDING_OFFICE, HAMLET_HEAD, HOA, MAI, NAM, ONE_STOP_OFFICER, POLICE_LEADER, POLICE_SPECIALIST,
    SEN, SOCIAL_LEADER, SOCIAL_SPECIALIST, SPECIALIST, STANDING_OFFICE, THANH, THANH_HA_STANDING_OFFICE,
    people,
};
use crate::build::{Builder, Home, NewPerson, day};
use crate::household::Relation::{self, Child, Head, Husband, Wife};
use crate::person::{Kin, PersonIndex};
use d06_kernel::person::{PartialDate, PersonalNumber, Sex};
use d06_kernel::port::population::MaritalStatus;
use std::collections::HashMap;

use Birth::{Day, Year};
use Sex::{Female, Male};

/// A relative of a demo person, who does not sign in.
struct Relative(&'static str, &'static str, Sex, Birth);

const RELATIVES: [Relative; 14] = [
    Relative("030070000111", "Nguyễn Văn Tám", Male, Day(1970, 5, 11)),
    Relative("030173000112", "Lê Thị Hạnh", Female, Day(1973, 8, 2)),
    Relative("030204000113", "Nguyễn Văn Minh", Male, Day(2004, 9, 30)),
    Relative("030068000114", "Trần Văn Khải", Male, Day(1968, 1, 17)),
    Relative("030171000115", "Phạm Thị Nga", Female, Day(1971, 11, 23)),
    Relative("030088000116", "Vũ Văn Hùng", Male, Day(1988, 11, 2)),
    Relative("030214000117", "Vũ Hải Đăng", Male, Day(2014, 6, 19)),
    Relative("030319000118", "Vũ Ngọc Anh", Female, Day(2019, 12, 1)),
    Relative("030212000119", "Đỗ Gia Huy", Male, Day(2012, 3, 28)),
    Relative("030039000120", "Lê Văn Đức", Male, Year(1939)),
    Relative("030189000121", "Bùi Thu Hương", Female, Day(1989, 2, 9)),
    Relative("030183000122", "Hoàng Thị Yến", Female, Day(1983, 7, 21)),
    Relative("030186000123", "Đào Thị Huyền", Female, Day(1986, 10, 5)),
    Relative("030179000124", "Ngô Thị Loan", Female, Day(1979, 4, 14)),
];

/// Households with the relation of each member to the head; parents stand before their children.
const HOUSEHOLDS: [&[(&str, Relation)]; 21] = [
    &[("030070000111", Head), ("030173000112", Wife), (MAI, Child), ("030204000113", Child)],
    &[("030068000114", Head), ("030171000115", Wife), (NAM, Child)],
    &[(HOA, Head), ("030088000116", Husband), ("030214000117", Child), ("030319000118", Child)],
    &[(THANH, Head), ("030212000119", Child)],
    &[(SEN, Head)],
    &[(ONE_STOP_OFFICER, Head)],
    &[(SPECIALIST, Head), ("030189000121", Wife)],
    &[(APPROVING_LEADER, Head), ("030183000122", Wife)],
    &[(STANDING_OFFICE, Head), ("030186000123", Wife)],
    &[(CHAIRMAN, Head), ("030179000124", Wife)],
    &[(AUDITOR, Head)],
    &[(ADMINISTRATOR, Head)],
    &[(SOCIAL_SPECIALIST, Head)],
    &[(SOCIAL_LEADER, Head)],
    &[(POLICE_SPECIALIST, Head)],
    &[(POLICE_LEADER, Head)],
    &[(THANH_HA_STANDING_OFFICE, Head)],
    &[(HA_TAY_STANDING_OFFICE, Head)],
    &[(CITY_STANDING_OFFICE, Head)],
    &[(CITY_CHAIRMAN, Head)],
    &[(HAMLET_HEAD, Head)],
];

/// The demo households live one to a hamlet, as far as these go.
const FIRST_HAMLETS: usize = 12;

/// Child, father, mother.
const PARENTS: [(&str, &str, &str); 5] = [
    (MAI, "030070000111", "030173000112"),
    ("030204000113", "030070000111", "030173000112"),
    (NAM, "030068000114", "030171000115"),
    ("030214000117", "030088000116", HOA),
    ("030319000118", "030088000116", HOA),
];

/// Husband, wife, day of marriage.
const MARRIAGES: [(&str, &str, (i32, u32, u32)); 7] = [
    ("030070000111", "030173000112", (1996, 11, 16)),
    ("030068000114", "030171000115", (1993, 12, 4)),
    ("030088000116", HOA, (2013, 4, 20)),
    (SPECIALIST, "030189000121", (2016, 1, 9)),
    (APPROVING_LEADER, "030183000122", (2008, 10, 18)),
    (STANDING_OFFICE, "030186000123", (2012, 12, 22)),
    (CHAIRMAN, "030179000124", (2003, 2, 15)),
];

/// The child of Đỗ Văn Thành and his former wife, who lives elsewhere.
const THANH_CHILD: &str = "030212000119";
const FORMER_WIFE: &str = "Ngô Thị Yến";
/// The late husband of Bùi Thị Sen.
const LATE_HUSBAND: &str = "030039000120";

/// Settles the demo people, with their families, as the first people of the population.
pub(crate) fn settle(build: &mut Builder) {
    let mut family = Family { entries: entries(), settled: HashMap::new() };
    for (place, household) in HOUSEHOLDS.iter().enumerate() {
        let home = Home { commune: 0, hamlet: place % FIRST_HAMLETS };
        let members: Vec<(PersonIndex, Relation)> = household
            .iter()
            .filter_map(|(number, relation)| Some((family.add(build, home, number)?, *relation)))
            .collect();
        build.household(home, &members);
    }
    for (husband, wife, (year, month, date)) in MARRIAGES {
        if let (Some((husband, home)), Some((wife, _))) = (family.find(husband), family.find(wife)) {
            build.marry(home, husband, wife, day(year, month, date));
        }
    }
    if let Some((thanh, _)) = family.find(THANH) {
        build.divorce(thanh, Kin::Named(FORMER_WIFE.into()), day(2010, 9, 25), day(2021, 5, 14));
    }
    if let Some((sen, home)) = family.find(SEN)
        && let Some(late) = family.add(build, home, LATE_HUSBAND)
    {
        build.people[late.0 as usize].marital_status = MaritalStatus::Married;
        build.people[sen.0 as usize].marital_status = MaritalStatus::Widowed;
        build.marriage_event(sen, &Kin::Known(late), day(1963, 2, 10));
        build.bury(late, day(2019, 10, 3));
    }
}

/// What is written down of a person.
type Known = (String, PersonalNumber, Sex, PartialDate);

/// The demo people who can sign in and their relatives, by number.
fn entries() -> HashMap<&'static str, Known> {
    let demo = people();
    let mut entries: HashMap<&'static str, Known> = HashMap::new();
    for (number, _) in HOUSEHOLDS.into_iter().flatten() {
        if let Some(person) = demo.iter().find(|person| person.number.as_str() == *number) {
            entries.insert(number, (person.name.to_owned(), person.number, person.sex, person.birth));
        }
    }
    for Relative(number, name, sex, birth) in RELATIVES {
        if let Ok(parsed) = number.parse() {
            entries.insert(number, (name.to_owned(), parsed, sex, birth.date()));
        }
    }
    entries
}

/// The demo people while they are added.
struct Family {
    entries: HashMap<&'static str, Known>,
    settled: HashMap<&'static str, (PersonIndex, Home)>,
}

impl Family {
    fn find(&self, number: &str) -> Option<(PersonIndex, Home)> {
        self.settled.get(number).copied()
    }

    fn add(&mut self, build: &mut Builder, home: Home, number: &'static str) -> Option<PersonIndex> {
        let (name, personal_number, sex, birth) = self.entries.remove(number)?;
        let surname = name.split(' ').next().unwrap_or_default().to_owned();
        let (father, mother) = self.parents(build, number, &surname, birth.year());
        let given = Some((name, personal_number));
        let index = build.person(home, NewPerson { sex, birth, surname, father, mother, given });
        self.settled.insert(number, (index, home));
        Some(index)
    }

    fn parents(
        &self,
        build: &mut Builder,
        number: &str,
        surname: &str,
        birth_year: i32,
    ) -> (Option<Kin>, Option<Kin>) {
        let known = |number| self.find(number).map(|(index, _)| Kin::Known(index));
        if let Some((_, father, mother)) = PARENTS.into_iter().find(|(child, ..)| *child == number) {
            return (known(father), known(mother));
        }
        if number == THANH_CHILD {
            return (known(THANH), Some(Kin::Named(FORMER_WIFE.into())));
        }
        (Some(build.named_of(surname, Male, birth_year - 28)), Some(build.named(Female, birth_year - 25)))
    }
}
