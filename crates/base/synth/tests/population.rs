//! What holds for every population.

use chrono::Datelike;
use d06_kernel::person::{PartialDate, Sex};
use d06_kernel::port::population::{MaritalStatus, PersonField};
use d06_synth::{AS_OF, Kin, LifeEventKind, Person, Population, Relation, Size, demo};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashSet};

fn known<'a>(population: &'a Population, kin: Option<&Kin>) -> Option<&'a Person> {
    match kin {
        Some(Kin::Known(index)) => Some(&population[*index]),
        _ => None,
    }
}

/// Checks everything that must hold whatever the seed and the size.
fn check(population: &Population, people: usize) {
    assert_eq!(population.living().count(), people);
    let numbers: HashSet<_> = population.people().iter().map(|person| person.number).collect();
    assert_eq!(numbers.len(), population.people().len(), "numbers are unique");
    let old: Vec<_> = population.people().iter().filter_map(Person::old_number).collect();
    assert_eq!(old.iter().collect::<HashSet<_>>().len(), old.len(), "old numbers are unique");
    assert!(old.iter().all(|number| number.len() == 9));

    for person in population.people() {
        check_person(population, person);
    }
    let housed: usize = population.households().iter().map(|household| household.members.len()).sum();
    assert_eq!(housed, people, "every living person has one household");
    for household in population.households() {
        assert_eq!(household.members[0], household.head);
        let heads = household.members.iter().filter(|member| population[**member].relation == Relation::Head);
        assert_eq!(heads.count(), 1);
    }
    assert!(population.events().is_sorted_by_key(|event| event.date.earliest()));
    let births = population.events().iter().filter(|event| event.kind == LifeEventKind::Birth).count();
    assert_eq!(births, population.people().len());
}

fn check_person(population: &Population, person: &Person) {
    let number = person.number.as_str();
    let century = number.as_bytes()[3] - b'0';
    assert_eq!(century % 2 == 1, person.sex == Sex::Female, "{number}");
    assert_eq!(&number[4..6], format!("{:02}", person.birth.year() % 100), "{number}");
    assert!(person.birth.earliest().is_some_and(|day| day <= AS_OF), "{number}");
    assert_eq!(person.household.is_some(), person.is_living(), "{number}");

    for (parent, sex) in [(&person.father, Sex::Male), (&person.mother, Sex::Female)] {
        if let Some(parent) = known(population, parent.as_ref()) {
            assert_eq!(parent.sex, sex, "parent of {number}");
            let age = person.birth.year() - parent.birth.year();
            assert!((19..=60).contains(&age), "a parent of {age} years of {number}");
        }
    }
    if let Some(father) = known(population, person.father.as_ref()) {
        assert_eq!(father.surname(), person.surname(), "{number}");
    }
    if person.is_living() {
        assert_eq!(person.spouse.is_some(), person.marital_status == MaritalStatus::Married, "{number}");
    }
    if let Some(spouse) = person.spouse {
        let spouse = &population[spouse];
        assert_ne!(spouse.sex, person.sex, "{number}");
        assert_eq!(spouse.spouse.map(|index| population[index].number), Some(person.number));
        let (one, other) =
            (known(population, person.father.as_ref()), known(population, spouse.father.as_ref()));
        if let (Some(one), Some(other)) = (one, other) {
            assert_ne!(one.number, other.number, "siblings do not marry");
        }
    }
    if let Some(card) = person.card {
        assert!(card.issued_on <= AS_OF && card.issued_on.year() - person.birth.year() >= 14, "{number}");
        assert!(card.expires_on.is_none_or(|day| day > AS_OF || !person.is_living()), "{number}");
    }
}

#[test]
fn the_commune_has_12_000_people_in_3_400_households() {
    let population = Population::generate(1, Size::Commune);
    check(&population, 12_000);
    assert_eq!(population.households().len(), 3_400);
    let share = |test: fn(&Person) -> bool| {
        let count = population.living().filter(|person| test(person)).count();
        f64::from(u32::try_from(count).unwrap()) / 12_000.0
    };
    let year_only = share(|person| matches!(person.birth, PartialDate::Year(_)));
    assert!((0.01..0.2).contains(&year_only), "{year_only}");
    let children = share(|person| person.age_in_year(AS_OF) < 15);
    assert!((0.12..0.35).contains(&children), "{children}");
    let hai_duong = share(|person| person.number.as_str().starts_with("030"));
    assert!((0.75..0.98).contains(&hai_duong), "{hai_duong}");
    let married = share(|person| person.marital_status == MaritalStatus::Married);
    assert!((0.35..0.65).contains(&married), "{married}");
    for test in [
        |kind: &LifeEventKind| matches!(kind, LifeEventKind::Death),
        |kind: &LifeEventKind| matches!(kind, LifeEventKind::Divorce { .. }),
        |kind: &LifeEventKind| matches!(kind, LifeEventKind::Move { .. }),
        |kind: &LifeEventKind| matches!(kind, LifeEventKind::Marriage { .. }),
    ] {
        assert!(population.events().iter().filter(|event| test(&event.kind)).count() > 50);
    }
}

#[test]
fn the_same_seed_gives_the_same_people() {
    let numbers = |seed| {
        let population = Population::generate(seed, Size::People(500));
        population.people().iter().map(|person| (person.number, person.name.clone())).collect::<Vec<_>>()
    };
    assert_eq!(numbers(3), numbers(3));
    assert_ne!(numbers(3), numbers(4));
}

#[test]
fn the_demo_people_come_first_and_are_as_described() {
    let population = Population::generate(9, Size::People(200));
    for person in demo::people() {
        let found = population.find(&person.number);
        assert_eq!(found.is_some(), person.is_recorded, "{}", person.name);
        if let Some(found) = found {
            assert_eq!(
                (found.name.as_str(), found.sex, found.birth),
                (person.name, person.sex, person.birth)
            );
        }
    }
    for (number, status) in [
        (demo::MAI, MaritalStatus::Single),
        (demo::NAM, MaritalStatus::Single),
        (demo::HOA, MaritalStatus::Married),
        (demo::THANH, MaritalStatus::Divorced),
        (demo::SEN, MaritalStatus::Widowed),
    ] {
        assert_eq!(population.find(&number.parse().unwrap()).unwrap().marital_status, status, "{number}");
    }
    assert_eq!(population.people()[2].number.as_str(), demo::MAI);
}

#[test]
fn a_record_holds_what_was_asked_for_and_nothing_else() {
    let population = Population::generate(9, Size::People(200));
    let hoa = population.find(&demo::HOA.parse().unwrap()).unwrap();
    let record = population.record(hoa, &BTreeSet::from([PersonField::Name, PersonField::Spouse]));
    assert_eq!(record.name.as_deref(), Some("Phạm Thị Hoa"));
    assert_eq!(record.spouse.map(|spouse| spouse.name).as_deref(), Some("Vũ Văn Hùng"));
    assert!(record.birth_date.is_none() && record.permanent_residence.is_none());

    let full = population.full_record(hoa);
    let residence = full.permanent_residence.unwrap();
    assert_eq!((residence.province_code.as_str(), residence.commune_code.as_str()), ("31", "10816"));
    assert!(residence.text.ends_with("xã Hà Bắc, thành phố Hải Phòng"), "{}", residence.text);
    let origin = full.origin.unwrap();
    assert!(origin.text.ends_with("huyện Thanh Hà, tỉnh Hải Dương"), "{}", origin.text);
    assert_eq!(full.household_members.unwrap().len(), 4);
    assert!(full.temporary_residence.is_none() && full.death_date.is_none());
}

#[test]
fn the_dead_have_a_date_of_death_and_no_residence() {
    let population = Population::generate(5, Size::People(2_000));
    let dead = population.people().iter().find(|person| !person.is_living()).unwrap();
    let record = population.full_record(dead);
    assert!(record.death_date.is_some());
    assert!(record.permanent_residence.is_none() && record.household_head.is_none());
}

#[test]
fn a_larger_place_fills_several_communes() {
    let population = Population::generate(2, Size::People(30_000));
    check(&population, 30_000);
    let communes: HashSet<_> = population
        .living()
        .filter_map(|person| population.full_record(person).permanent_residence)
        .map(|address| address.commune_code)
        .collect();
    assert_eq!(communes.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_population_is_consistent(seed: u64, people in 40_usize..900) {
        check(&Population::generate(seed, Size::People(people)), people);
    }
}
