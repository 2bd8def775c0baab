use super::*;
use crate::normal::Normaliser;
use crate::{Column, Role, Silent, Spec, Table};
use d06_synth::register::{City, Insurance};
use std::collections::HashMap;

const SECRET: &[u8] = b"thirty-two bytes of a test secret";

/// People, insured people without their numbers, and the person of each of the latter.
struct World {
    people: Table,
    insured: Table,
    truth: Vec<Option<u32>>,
}

fn world(people: usize, rows: usize) -> World {
    let city = City::new(11, people);
    let register = Insurance::new(&city, rows);
    let (mut left, mut right, mut truth, mut place_of) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
    for block in (0..city.blocks()).map(|block| city.block(block)) {
        for person in &block.residents {
            place_of.insert(person.id, left.len() as u32);
            let sex = if person.sex == d06_kernel::person::Sex::Male { "Nam" } else { "Nữ" };
            left.push([person.name.clone(), person.birth.vietnamese(), sex.into(), person.address(&city)]);
        }
        for entry in register.entries(&city, &block) {
            truth.push(entry.truth.first().and_then(|id| place_of.get(id)).copied());
            right.push([entry.row.name, entry.row.birth, entry.row.sex, entry.row.address]);
        }
    }
    World { people: table(&left), insured: table(&right), truth }
}

fn table(rows: &[[String; 4]]) -> Table {
    let column = |place: usize| rows.iter().map(|row| row[place].as_str()).collect::<Column>();
    let ids: Vec<String> = (0..rows.len()).map(|row| row.to_string()).collect();
    let roles = [Role::Name, Role::Birth, Role::Sex, Role::Address];
    Table {
        ids: ids.iter().map(String::as_str).collect(),
        columns: roles.into_iter().enumerate().map(|(place, role)| (role, column(place))).collect(),
    }
}

fn encoder(hardening: Hardening) -> Encoder {
    Encoder::new(SECRET, hardening).unwrap()
}

fn f1(world: &World, links: impl IntoIterator<Item = (u32, u32)>) -> f64 {
    let (mut right, mut said) = (0.0, 0.0);
    for (left, row) in links {
        said += 1.0;
        right += f64::from(u8::from(world.truth[row as usize] == Some(left)));
    }
    2.0 * right / (said + world.truth.iter().flatten().count() as f64)
}

fn private_f1(world: &World, hardening: Hardening) -> f64 {
    let encoder = encoder(hardening);
    let (left, right) = (encoder.encode(&world.people, 1), encoder.encode(&world.insured, 2));
    f1(world, link(&left, &right, 0.5).unwrap().into_iter().map(|link| (link.left, link.right)))
}

#[test]
fn what_privacy_costs_is_bounded() {
    let world = world(1_500, 600);
    let outcome = crate::link(&Spec::default(), &world.people, &world.insured, &[], &mut Silent).unwrap();
    let matches = outcome.links.iter().filter(|link| link.decision == crate::Decision::Match);
    let clear = f1(&world, matches.map(|link| (link.left, link.right)));
    let plain = private_f1(&world, Hardening::NONE);
    let hard = private_f1(&world, Hardening::default());
    println!("clear {clear:.4}, plain filters {plain:.4}, hardened {hard:.4}");
    assert!(clear > 0.9, "{clear}");
    assert!(plain > clear - 0.05, "{plain}");
    assert!(hard > clear - 0.08, "{hard}");
}

/// The share of rows whose name is found by setting the most frequent filters against the most frequent names.
fn found_by_frequency(table: &Table, hardening: Hardening) -> f64 {
    let encoded = encoder(hardening).encode(table, 1);
    let filters = encoded.field(Field::Name).unwrap();
    let normaliser = Normaliser::new();
    let names: Vec<String> = (0..table.len())
        .map(|row| normaliser.names(table.column(Role::Name).unwrap().get(row))[0].folded.clone())
        .collect();
    let mut by_filter: HashMap<&[u64], Vec<usize>> = HashMap::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (row, name) in names.iter().enumerate() {
        if let Some(filter) = filters.get(row) {
            by_filter.entry(filter).or_default().push(row);
        }
        *by_name.entry(name).or_default() += 1;
    }
    let mut filters: Vec<Vec<usize>> = by_filter.into_values().collect();
    filters.sort_by_key(|rows| (std::cmp::Reverse(rows.len()), rows[0]));
    let mut guesses: Vec<(&str, usize)> = by_name.into_iter().collect();
    guesses.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let frequent = filters.iter().zip(guesses).take(200);
    let right: usize =
        frequent.map(|(rows, (guess, _))| rows.iter().filter(|row| names[**row] == guess).count()).sum();
    right as f64 / names.len() as f64
}

#[test]
fn salting_stops_the_attack_by_frequency() {
    let people = world(3_000, 10).people;
    let (plain, salted) =
        (found_by_frequency(&people, Hardening::NONE), found_by_frequency(&people, Hardening::default()));
    println!("names found by frequency: {plain:.4} of plain filters, {salted:.4} of hardened ones");
    assert!(plain > 0.02, "{plain}");
    assert!(salted < plain / 10.0, "{salted}");
}

#[test]
fn encodings_of_another_secret_tell_nothing() {
    let people = world(300, 100).people;
    let hardening = Hardening::default();
    let own = encoder(hardening).encode(&people, 1);
    let other = Encoder::new(b"another secret of thirty-two bytes", hardening).unwrap().encode(&people, 1);
    assert_eq!(link(&own, &other, 0.5), Err(PrivateError::DifferentSecrets));
    let unsalted = encoder(Hardening { salt_by_birth_year: false, ..hardening }).encode(&people, 1);
    assert_eq!(link(&own, &unsalted, 0.5), Err(PrivateError::DifferentSecrets));
    assert_eq!(link(&own, &Encoded::default(), 0.5), Err(PrivateError::NothingToCompare));
    let (Some(one), Some(two)) =
        (own.field(Field::Name).unwrap().get(0), other.field(Field::Name).unwrap().get(0))
    else {
        panic!("both have the name")
    };
    assert!(dice(one, two) < 0.65, "no more alike than any two filters");
    assert!(Encoder::new(b"short", hardening).is_none());
    assert!(!format!("{:?}", encoder(hardening)).contains("test secret"));
}

#[test]
fn the_same_table_finds_itself_on_any_number_of_threads() {
    let people = world(400, 100).people;
    let encoder = encoder(Hardening::default());
    let (one, two) = (encoder.encode(&people, 1), encoder.encode(&people, 2));
    let links = link(&one, &two, 0.5).unwrap();
    assert!(links.iter().filter(|link| link.left == link.right).count() > 380);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    assert_eq!(pool.install(|| link(&one, &two, 0.5).unwrap()), links);
}
