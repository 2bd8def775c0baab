//! What holds for the registers: they are the same every time, unlike each other where they should be, and wrong as
//! often as they should be.

use d06_synth::register::{Beneficiaries, City, Entry, Insurance, Land, LandRow, Marriages};
use std::collections::{HashMap, HashSet};

const PEOPLE: usize = 60_000;
const ROWS: usize = 30_000;

fn land(city: &City) -> Vec<Entry<LandRow>> {
    let land = Land::new(city, ROWS);
    (0..city.blocks()).flat_map(|block| land.entries(city, &city.block(block))).collect()
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[test]
fn a_city_has_its_people_once() {
    let city = City::new(1, PEOPLE);
    let residents: Vec<_> = (0..city.blocks()).flat_map(|block| city.block(block).residents).collect();
    assert_eq!(residents.len(), PEOPLE);
    assert!(residents.iter().zip(0..).all(|(resident, id)| resident.id == id));
    let numbers: HashSet<_> = residents.iter().map(|resident| resident.number).collect();
    assert_eq!(numbers.len(), PEOPLE);
    let old: Vec<_> = residents.iter().filter_map(|resident| resident.old_number).collect();
    assert_eq!(old.iter().collect::<HashSet<_>>().len(), old.len());
    assert!((0.3..0.8).contains(&share(old.len(), PEOPLE)));
}

#[test]
fn names_are_as_skewed_as_real_ones() {
    let city = City::new(1, PEOPLE);
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut nguyen = 0;
    for block in 0..city.blocks() {
        for resident in city.block(block).residents {
            nguyen += usize::from(resident.name.starts_with("Nguyễn "));
            *counts.entry(resident.name).or_default() += 1;
        }
    }
    assert!((0.33..0.38).contains(&share(nguyen, PEOPLE)), "{nguyen}");
    let most = counts.values().max().copied().unwrap();
    assert!((0.001..0.006).contains(&share(most, PEOPLE)), "the most common name: {most}");
    let alone = counts.values().filter(|count| **count == 1).count();
    assert!(share(alone, PEOPLE) > 0.15, "names borne once: {alone}");
}

#[test]
fn blocks_do_not_depend_on_each_other_and_seeds_differ() {
    let (one, same, other) = (City::new(5, PEOPLE), City::new(5, PEOPLE), City::new(6, PEOPLE));
    let last = one.blocks() - 1;
    assert_eq!(one.block(last).residents, same.block(last).residents);
    assert_ne!(one.block(0).residents, other.block(0).residents);
    let block = one.block(2);
    assert_eq!(Land::new(&one, ROWS).entries(&one, &block), Land::new(&same, ROWS).entries(&same, &block));
}

#[test]
fn land_rows_are_wrong_in_half_of_their_names_and_say_little_else() {
    let city = City::new(2, PEOPLE);
    let entries = land(&city);
    assert_eq!(entries.len(), ROWS);
    assert_eq!(entries.iter().map(|entry| &entry.row.id).collect::<HashSet<_>>().len(), ROWS);
    let counted = |test: fn(&Entry<LandRow>) -> bool| share(entries.iter().filter(|e| test(e)).count(), ROWS);
    let nobody = counted(|entry| entry.truth.is_empty());
    assert!((0.04..0.08).contains(&nobody), "{nobody}");
    let joint = counted(|entry| entry.truth.len() == 2);
    assert!((0.1..0.4).contains(&joint), "{joint}");
    let no_number = counted(|entry| entry.row.number.is_empty());
    assert!((0.6..0.85).contains(&no_number), "{no_number}");
    let year_only = counted(|entry| entry.row.birth.len() == 4);
    assert!((0.3..0.6).contains(&year_only), "{year_only}");

    let names: HashMap<u64, String> =
        (0..city.blocks()).flat_map(|block| city.block(block).residents).map(|r| (r.id, r.name)).collect();
    let single: Vec<_> = entries.iter().filter(|entry| entry.truth.len() == 1).collect();
    let sound = |entry: &&&Entry<LandRow>| {
        let written = d06_kernel::text::nfc(&entry.row.owner).to_lowercase();
        let written = d06_kernel::text::old_tone_position(&written);
        written.ends_with(&d06_kernel::text::old_tone_position(&names[&entry.truth[0]].to_lowercase()))
    };
    let right = share(single.iter().filter(sound).count(), single.len());
    assert!((0.44..0.58).contains(&right), "{right}");
}

#[test]
fn couples_stand_in_the_marriages_and_repetitions_among_the_beneficiaries() {
    let city = City::new(3, PEOPLE);
    let marriages = Marriages::new(&city, 8_000);
    let beneficiaries = Beneficiaries::new(&city, ROWS);
    let insurance = Insurance::new(&city, ROWS);
    let (mut couples, mut people, mut insured) = (0, Vec::new(), 0);
    for index in 0..city.blocks() {
        let block = city.block(index);
        for entry in marriages.entries(&city, &block) {
            let [husband, wife] = entry.truth[..] else { panic!("{entry:?}") };
            let of = |id: u64| &block.residents[usize::try_from(id - block.residents[0].id).unwrap()];
            assert_eq!(of(husband).spouse, Some(usize::try_from(wife - block.residents[0].id).unwrap()));
            assert!(!entry.row.husband.name.is_empty() && entry.row.year > 1900);
            couples += 1;
        }
        people.extend(beneficiaries.entries(&city, &block).into_iter().flat_map(|entry| entry.truth));
        insured += insurance.entries(&city, &block).len();
    }
    assert_eq!((couples, people.len(), insured), (8_000, ROWS, ROWS));
    let distinct = people.iter().collect::<HashSet<_>>().len();
    assert!((0.8..0.87).contains(&share(distinct, ROWS)), "{distinct}");
}

#[test]
fn a_city_of_one_is_no_trouble() {
    let city = City::new(1, 0);
    let block = city.block(0);
    assert_eq!(block.residents.len(), 1);
    assert_eq!(Land::new(&city, 3).entries(&city, &block).len(), 3);
    assert!(Marriages::new(&city, 3).entries(&city, &block).is_empty());
    assert_eq!(Beneficiaries::new(&city, 3).entries(&city, &block).len(), 3);
}
