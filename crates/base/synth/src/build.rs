//! The population while it grows: adds people, marries, buries and houses them, and keeps the records of each
//! step consistent. [`crate::compose`] decides who lives with whom.

use crate::event::{LifeEvent, LifeEventKind};
use crate::gazetteer::Gazetteer;
use crate::household::{Household, HouseholdIndex, Relation};
use crate::name;
use crate::person::{Card, Kin, Person, PersonIndex};
use crate::population::AS_OF;
use chrono::{Datelike, Days, NaiveDate};
use d06_kernel::person::{PartialDate, PersonalNumber, Sex};
use d06_kernel::port::population::MaritalStatus;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashSet};

/// The day from which communes have their present codes and provinces their present borders.
const NEW_UNITS_FROM: NaiveDate = day(2025, 7, 1);
/// The first day of chip cards.
const CARDS_FROM: NaiveDate = day(2021, 3, 1);
/// Ages at which a card is renewed (Law on Identification 2023 Art. 21).
const RENEWAL_AGES: [i32; 4] = [14, 25, 40, 60];
/// Born before this year: had a 9-digit card once.
const FIRST_YEAR_WITHOUT_OLD_NUMBER: i32 = 2000;
/// Suffixes of personal numbers below this one are kept for the demo people.
const FIRST_RANDOM_SUFFIX: u64 = 1_000;
/// Ethnic groups besides the Kinh, the few there are.
const MINORITIES: [&str; 5] = ["Tày", "Mường", "Nùng", "Thái", "Hoa"];
/// Province codes of Hải Dương and Hải Phòng before 2025.
const NEAR_PROVINCES: [&str; 2] = ["30", "31"];

/// A calendar day known at compile time.
pub(crate) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Where a household stands.
#[derive(Clone, Copy)]
pub(crate) struct Home {
    pub(crate) commune: usize,
    pub(crate) hamlet: usize,
}

/// Somebody to be added.
pub(crate) struct NewPerson {
    pub(crate) sex: Sex,
    pub(crate) birth: PartialDate,
    /// Surname, where no father gives it.
    pub(crate) surname: String,
    pub(crate) father: Option<Kin>,
    pub(crate) mother: Option<Kin>,
    /// Name and number chosen by hand.
    pub(crate) given: Option<(String, PersonalNumber)>,
}

/// A living couple that younger people may have as parents.
struct Couple {
    husband: PersonIndex,
    wife: PersonIndex,
    married_in: i32,
    child_years: Vec<i32>,
}

/// See the module documentation.
pub(crate) struct Builder {
    pub(crate) rng: ChaCha8Rng,
    pub(crate) places: Gazetteer,
    pub(crate) people: Vec<Person>,
    pub(crate) households: Vec<Household>,
    pub(crate) events: Vec<LifeEvent>,
    used_numbers: HashSet<u64>,
    /// Old communes of Hải Dương and Hải Phòng.
    near: Vec<usize>,
    couples: BTreeMap<i32, Vec<Couple>>,
    houses: BTreeMap<(usize, usize), u32>,
}

impl Builder {
    pub(crate) fn new(seed: u64, people: usize) -> Self {
        let places = Gazetteer::hai_phong();
        let near = (0..places.old_communes().len())
            .filter(|index| NEAR_PROVINCES.contains(&places.old_communes()[*index].province_code.as_str()))
            .collect();
        Self {
            rng: ChaCha8Rng::seed_from_u64(seed),
            places,
            people: Vec::with_capacity(people + people / 20),
            households: Vec::with_capacity(people / 3),
            events: Vec::with_capacity(people + people / 2),
            used_numbers: HashSet::with_capacity(people),
            near,
            couples: BTreeMap::new(),
            houses: BTreeMap::new(),
        }
    }

    /// True with this chance.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.rng.random_bool(probability)
    }

    /// A number of a range, its end included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        self.rng.random_range(low..=high.max(low))
    }

    /// A day of a year, not after the day of the population.
    pub(crate) fn day_in(&mut self, year: i32) -> NaiveDate {
        let first = day(year, 1, 1);
        let last = day(year, 12, 31).min(AS_OF);
        self.day_between(first, last)
    }

    fn day_between(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let span = u64::try_from((last - first).num_days()).unwrap_or(0);
        first + Days::new(self.rng.random_range(0..=span))
    }

    /// A date of birth in a year; of many of the old only the year is known.
    pub(crate) fn birth_in(&mut self, year: i32) -> PartialDate {
        let year_only = match year {
            ..=1950 => 0.4,
            1951..=1962 => 0.15,
            _ => 0.0,
        };
        if self.chance(year_only) { PartialDate::Year(year) } else { PartialDate::Day(self.day_in(year)) }
    }

    /// Adds somebody who lives, or lived, at `home`.
    pub(crate) fn person(&mut self, home: Home, new: NewPerson) -> PersonIndex {
        let index = PersonIndex(u32::try_from(self.people.len()).unwrap_or(u32::MAX));
        let (born_at, origin) = self.birth_places(home, &new);
        let province = born_at.map_or_else(
            || self.places.communes()[home.commune].province_code.clone(),
            |old| self.places.old_communes()[old].province_code.clone(),
        );
        let (name, number) = match new.given {
            Some((name, number)) => {
                self.used_numbers.insert(number.as_str().parse().unwrap_or(0));
                (name, number)
            }
            None => {
                let surname = match &new.father {
                    Some(Kin::Known(father)) => self.people[father.0 as usize].surname().to_owned(),
                    Some(Kin::Named(father)) => father.split(' ').next().unwrap_or_default().to_owned(),
                    None => new.surname,
                };
                let name = name::full_name(&mut self.rng, &surname, new.sex, new.birth.year());
                (name, self.new_number(&province, new.sex, new.birth.year()))
            }
        };
        let ethnicity = if self.chance(0.01) { name::one_of(&mut self.rng, &MINORITIES) } else { "Kinh" };
        let card = self.card(new.birth);
        let old_number = self.old_number(&province, new.birth.year());
        self.people.push(Person {
            number,
            name,
            sex: new.sex,
            birth: new.birth,
            ethnicity,
            marital_status: MaritalStatus::Single,
            spouse: None,
            father: new.father,
            mother: new.mother,
            household: None,
            relation: Relation::Head,
            origin,
            born_at,
            away: None,
            card,
            old_number,
            death: None,
        });
        self.events.push(LifeEvent { date: new.birth, person: index, kind: LifeEventKind::Birth });
        index
    }

    /// Where the birth was registered (`None`: here, since 2025-07-01) and the place of origin.
    fn birth_places(&mut self, home: Home, new: &NewPerson) -> (Option<usize>, usize) {
        let here = self.places.old_commune_of(home.commune, home.hamlet);
        let elsewhere = if self.chance(0.88) {
            here
        } else if self.chance(0.7) {
            name::one_of(&mut self.rng, &self.near)
        } else {
            self.rng.random_range(0..self.places.old_communes().len())
        };
        let born_at = if new.given.is_some() { here } else { elsewhere };
        let is_new = new.birth.earliest().is_some_and(|date| date >= NEW_UNITS_FROM);
        let origin = match &new.father {
            Some(Kin::Known(father)) => self.people[father.0 as usize].origin,
            _ => born_at,
        };
        ((!is_new).then_some(born_at), origin)
    }

    /// A personal number not yet given: province of birth registration, century and sex, year, chance
    /// (Decree 137/2015 Art. 13).
    fn new_number(&mut self, province: &str, sex: Sex, birth_year: i32) -> PersonalNumber {
        let century = u64::try_from((birth_year / 100 - 19) * 2).unwrap_or(0) + u64::from(sex == Sex::Female);
        let year = u64::try_from(birth_year % 100).unwrap_or(0);
        let stem = province.parse::<u64>().unwrap_or(0) * 1_000 + century * 100 + year;
        loop {
            let number = stem * 1_000_000 + self.rng.random_range(FIRST_RANDOM_SUFFIX..1_000_000);
            if let (true, Ok(number)) = (self.used_numbers.insert(number), format!("{number:012}").parse()) {
                return number;
            }
        }
    }

    /// A former 9-digit number, unique: its last seven digits run through a permutation of all there are.
    fn old_number(&mut self, province: &str, birth_year: i32) -> Option<u32> {
        const PER_PROVINCE: usize = 10_000_000;
        let chance = self.chance(0.9);
        let prefix = match province {
            "30" => 14,
            "31" => 3,
            _ => 17,
        };
        // 7,654,321 and ten million have no common factor, so no two people share a remainder.
        let serial = self.people.len().wrapping_mul(7_654_321) % PER_PROVINCE;
        let number = u32::try_from(prefix * PER_PROVINCE + serial).ok()?;
        (chance && birth_year < FIRST_YEAR_WITHOUT_OLD_NUMBER).then_some(number)
    }

    /// The card of somebody born then, if they are old enough and have fetched it.
    fn card(&mut self, birth: PartialDate) -> Option<Card> {
        let born = birth.earliest()?;
        let (last, next) = RENEWAL_AGES.into_iter().fold((None, None), |(last, next), age| {
            let birthday = anniversary(born, age);
            if birthday <= AS_OF { (Some(birthday), next) } else { (last, next.or(Some(birthday))) }
        });
        let issued_on = self.day_between(last?.max(CARDS_FROM), AS_OF);
        self.chance(0.97).then_some(Card { issued_on, expires_on: next })
    }

    /// Marries two people of the population, and offers them as parents to younger people.
    pub(crate) fn marry(&mut self, home: Home, husband: PersonIndex, wife: PersonIndex, date: NaiveDate) {
        for (one, other) in [(husband, wife), (wife, husband)] {
            let person = &mut self.people[one.0 as usize];
            person.marital_status = MaritalStatus::Married;
            person.spouse = Some(other);
        }
        self.events.push(LifeEvent {
            date: PartialDate::Day(date),
            person: husband,
            kind: LifeEventKind::Marriage { with: Kin::Known(wife) },
        });
        self.move_in(home, wife, date);
        let year = self.people[wife.0 as usize].birth.year();
        self.couples.entry(year).or_default().push(Couple {
            husband,
            wife,
            married_in: date.year(),
            child_years: Vec::new(),
        });
    }

    /// Records that somebody born elsewhere moved here.
    fn move_in(&mut self, home: Home, person: PersonIndex, date: NaiveDate) {
        let here = self.places.old_commune_of(home.commune, home.hamlet);
        let Some(from) = self.people[person.0 as usize].born_at.filter(|from| *from != here) else { return };
        let to = if date < NEW_UNITS_FROM {
            self.places.old_communes()[here].code.clone()
        } else {
            self.places.communes()[home.commune].code.clone()
        };
        let from = self.places.old_communes()[from].code.clone();
        self.events.push(LifeEvent {
            date: PartialDate::Day(date),
            person,
            kind: LifeEventKind::Move { from, to },
        });
    }

    /// Notes a child of a couple, so that no sibling is born within two years of it.
    pub(crate) fn note_child(&mut self, wife: PersonIndex, child_year: i32) {
        let year = self.people[wife.0 as usize].birth.year();
        let couples = self.couples.get_mut(&year).into_iter().flatten();
        if let Some(couple) = couples.rev().find(|couple| couple.wife == wife) {
            couple.child_years.push(child_year);
        }
    }

    /// Parents for somebody born in a year: a couple of the population where one fits, else names.
    /// `not` are the parents of the person to be married.
    pub(crate) fn parents(&mut self, birth_year: i32, not: Option<&Kin>) -> (Option<Kin>, Option<Kin>) {
        if self.chance(0.45) {
            let wife_year = birth_year - self.between(22, 36);
            let count = self.couples.get(&wife_year).map_or(0, Vec::len);
            if count > 0 {
                let pick = self.rng.random_range(0..count);
                let couple = self.couples.get_mut(&wife_year).and_then(|couples| couples.get_mut(pick));
                if let Some(couple) = couple.filter(|couple| {
                    couple.married_in < birth_year
                        && couple.child_years.iter().all(|year| year.abs_diff(birth_year) >= 2)
                        && not != Some(&Kin::Known(couple.husband))
                }) {
                    couple.child_years.push(birth_year);
                    return (Some(Kin::Known(couple.husband)), Some(Kin::Known(couple.wife)));
                }
            }
        }
        (Some(self.named(Sex::Male, birth_year - 28)), Some(self.named(Sex::Female, birth_year - 25)))
    }

    /// Somebody of whom only the name is known.
    pub(crate) fn named(&mut self, sex: Sex, birth_year: i32) -> Kin {
        let surname = name::surname(&mut self.rng);
        self.named_of(surname, sex, birth_year)
    }

    /// Somebody of a family of whom only the name is known.
    pub(crate) fn named_of(&mut self, surname: &str, sex: Sex, birth_year: i32) -> Kin {
        Kin::Named(name::full_name(&mut self.rng, surname, sex, birth_year).into())
    }

    /// Makes somebody a widow or widower, not before a year. A spouse who died before numbers were common is
    /// only a name.
    pub(crate) fn widow(&mut self, home: Home, survivor: PersonIndex, not_before: i32) -> Kin {
        const NUMBERS_COMMON_FROM: i32 = 2017;
        let (sex, year) = {
            let person = &self.people[survivor.0 as usize];
            (person.sex, person.birth.year())
        };
        let (late_sex, late_year) = match sex {
            Sex::Female => (Sex::Male, year - self.between(0, 6)),
            Sex::Male => (Sex::Female, year + self.between(0, 4)),
        };
        let married = self.day_in((year.max(late_year) + 22).min(2024));
        let died_in = self.between((married.year() + 1).max(not_before), 2025);
        let died = self.day_in(died_in);
        let late = if died_in < NUMBERS_COMMON_FROM {
            self.named(late_sex, late_year)
        } else {
            let birth = self.birth_in(late_year);
            let (father, mother) =
                self.parents(late_year, self.people[survivor.0 as usize].father.clone().as_ref());
            let new = NewPerson { sex: late_sex, birth, surname: String::new(), father, mother, given: None };
            let index = self.person(home, new);
            self.people[index.0 as usize].marital_status = MaritalStatus::Married;
            self.bury(index, died);
            Kin::Known(index)
        };
        self.people[survivor.0 as usize].marital_status = MaritalStatus::Widowed;
        self.marriage_event(survivor, &late, married);
        late
    }

    /// Marks somebody as divorced from a person who lives elsewhere.
    pub(crate) fn divorce(
        &mut self,
        person: PersonIndex,
        former: Kin,
        married: NaiveDate,
        divorced: NaiveDate,
    ) {
        self.people[person.0 as usize].marital_status = MaritalStatus::Divorced;
        self.marriage_event(person, &former, married);
        self.events.push(LifeEvent {
            date: PartialDate::Day(divorced),
            person,
            kind: LifeEventKind::Divorce { from: former },
        });
    }

    /// Records a past marriage, on the husband's side where he is of the population.
    pub(crate) fn marriage_event(&mut self, person: PersonIndex, other: &Kin, date: NaiveDate) {
        let (person, with) = match other {
            Kin::Known(husband) if self.people[husband.0 as usize].sex == Sex::Male => {
                (*husband, Kin::Known(person))
            }
            _ => (person, other.clone()),
        };
        self.events.push(LifeEvent {
            date: PartialDate::Day(date),
            person,
            kind: LifeEventKind::Marriage { with },
        });
    }

    /// Records a death.
    pub(crate) fn bury(&mut self, person: PersonIndex, died: NaiveDate) {
        let dead = &mut self.people[person.0 as usize];
        dead.death = Some(died);
        dead.card = dead.card.filter(|card| card.issued_on <= died);
        self.events.push(LifeEvent { date: PartialDate::Day(died), person, kind: LifeEventKind::Death });
    }

    /// Registers people at one place; the head comes first.
    pub(crate) fn household(&mut self, home: Home, members: &[(PersonIndex, Relation)]) {
        let Some((head, _)) = members.first() else { return };
        let index = HouseholdIndex(u32::try_from(self.households.len()).unwrap_or(u32::MAX));
        let house = self.houses.entry((home.commune, home.hamlet)).or_insert(0);
        *house += 1;
        self.households.push(Household {
            head: *head,
            members: members.iter().map(|(person, _)| *person).collect(),
            commune: home.commune,
            hamlet: home.hamlet,
            house: *house,
        });
        for (person, relation) in members {
            let person = &mut self.people[person.0 as usize];
            person.household = Some(index);
            person.relation = *relation;
        }
    }

    /// Sends some of the young and single to work or study elsewhere.
    pub(crate) fn send_away(&mut self, home: Home, person: PersonIndex) {
        let somebody = &self.people[person.0 as usize];
        let young = (18..=35).contains(&somebody.age_in_year(AS_OF));
        if young && somebody.marital_status == MaritalStatus::Single && self.chance(0.12) {
            let there = self.rng.random_range(0..self.places.communes().len());
            self.people[person.0 as usize].away = (there != home.commune).then_some(there);
        }
    }
}

/// The birthday in a later year; of a 29 February, 1 March in years without one.
fn anniversary(born: NaiveDate, years: i32) -> NaiveDate {
    born.with_year(born.year() + years).unwrap_or_else(|| day(born.year() + years, 3, 1))
}
