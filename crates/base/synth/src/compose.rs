//! Who lives with whom: households of one to seven people in the shapes that are common in a delta commune.

use crate::build::{Builder, Home, NewPerson};
use crate::household::Relation;
use crate::name;
use crate::person::{Kin, PersonIndex};
use crate::population::AS_OF;
use chrono::Datelike;
use d06_kernel::person::Sex;

/// The largest household that is made.
pub(crate) const MAX_SIZE: usize = 7;
/// How often a household has one, two, … members, per hundred.
const SIZE_WEIGHTS: [u32; MAX_SIZE] = [11, 18, 22, 26, 13, 7, 3];

/// No death of a spouse is recorded before this year.
const FIRST_WIDOWED_YEAR: i32 = 2008;

/// Draws the sizes of so many households that hold so many people together.
pub(crate) fn draw_sizes(build: &mut Builder, households: usize, people: usize) -> Vec<usize> {
    let total: u32 = SIZE_WEIGHTS.iter().sum();
    let mut sizes: Vec<usize> = Vec::with_capacity(households);
    for _ in 0..households {
        let mut left = i64::from(build.between(0, i32::try_from(total).unwrap_or(i32::MAX) - 1));
        let position = SIZE_WEIGHTS.iter().position(|weight| {
            left -= i64::from(*weight);
            left < 0
        });
        sizes.push(position.map_or(1, |index| index + 1));
    }
    let mut sum: usize = sizes.iter().sum();
    let last = i32::try_from(households).unwrap_or(i32::MAX) - 1;
    while sum != people {
        let pick = usize::try_from(build.between(0, last)).unwrap_or(0);
        if sum < people && sizes[pick] < MAX_SIZE {
            sizes[pick] += 1;
            sum += 1;
        } else if sum > people && sizes[pick] > 1 {
            sizes[pick] -= 1;
            sum -= 1;
        }
    }
    sizes
}

/// Makes one household of `size` people.
pub(crate) fn household(build: &mut Builder, home: Home, size: usize) {
    let members = match size {
        0 => return,
        1 => vec![(alone(build, home), Relation::Head)],
        2 => pair(build, home),
        _ => family(build, home, size),
    };
    for (person, _) in &members {
        build.send_away(home, *person);
    }
    build.household(home, &members);
}

/// Somebody who lives alone: mostly widows, some divorced, some young.
fn alone(build: &mut Builder, home: Home) -> PersonIndex {
    let sex = if build.chance(0.7) { Sex::Female } else { Sex::Male };
    if build.chance(0.45) {
        let person = adult(build, home, sex, (62, 92));
        build.widow(home, person, FIRST_WIDOWED_YEAR);
        person
    } else if build.chance(0.3) {
        let person = adult(build, home, sex, (35, 60));
        divorce(build, person, AS_OF.year() - 20);
        person
    } else {
        adult(build, home, sex, (20, 45))
    }
}

/// A couple without children at home, or a parent and a child.
fn pair(build: &mut Builder, home: Home) -> Vec<(PersonIndex, Relation)> {
    if build.chance(0.75) {
        let age = if build.chance(0.7) { build.between(50, 85) } else { build.between(24, 34) };
        let wife_year = AS_OF.year() - age;
        let married_in = (wife_year + build.between(21, 27)).min(AS_OF.year());
        let (husband, wife) = couple(build, home, wife_year, None, married_in);
        return vec![(husband, Relation::Head), (wife, Relation::Wife)];
    }
    let age = build.between(28, 60);
    let parent = adult(build, home, Sex::Female, (age, age));
    let child_year = AS_OF.year() - age + build.between(23, age.min(38) - 1);
    let father = if build.chance(0.5) {
        Some(divorce(build, parent, child_year))
    } else if build.chance(0.7) {
        Some(build.widow(home, parent, child_year))
    } else {
        None
    };
    let child = child(build, home, child_year, father, parent);
    vec![(parent, Relation::Head), (child, Relation::Child)]
}

/// A couple with children, some with the husband's parents.
fn family(build: &mut Builder, home: Home, size: usize) -> Vec<(PersonIndex, Relation)> {
    let seats = size - 2;
    let elders = if build.chance(0.35) { seats.min(if build.chance(0.5) { 1 } else { 2 }) } else { 0 };
    let children = i32::try_from(seats - elders).unwrap_or(0);
    let age = build.between(24 + 3 * children, if elders > 0 { 50 } else { 57 });
    let wife_year = AS_OF.year() - age;
    // The first child comes early enough to leave room for the others.
    let latest = 44.min(age - 1);
    let first_at = build.between(22, 30.min(latest - 4 * (children - 1).max(0)));
    let married_in = (wife_year + first_at - 1).min(AS_OF.year());
    let husband_year = wife_year - build.between(0, 6);

    let grandparents = if elders > 0 { grandparents(build, home, husband_year, elders) } else { None };
    let (parents, elder_members) = grandparents.map_or((None, Vec::new()), |g| (Some(g.parents), g.living));
    let (husband, wife) = match parents {
        Some(parents) => couple_of(build, home, husband_year, parents, wife_year, married_in),
        None => couple(build, home, wife_year, Some(husband_year), married_in),
    };
    let mut offspring = Vec::new();
    let mut year = wife_year + first_at;
    for _ in 0..children {
        offspring.push(child(build, home, year.min(AS_OF.year()), Some(Kin::Known(husband)), wife));
        year += build.between(2, 4);
    }
    arrange(build, husband, wife, &elder_members, &offspring)
}

/// Puts the head first: the husband, or in half of the households with elders the first of these.
fn arrange(
    build: &mut Builder,
    husband: PersonIndex,
    wife: PersonIndex,
    elders: &[PersonIndex],
    offspring: &[PersonIndex],
) -> Vec<(PersonIndex, Relation)> {
    let elder_heads = !elders.is_empty() && build.chance(0.5);
    let mut members = Vec::with_capacity(elders.len() + offspring.len() + 2);
    let young = if elder_heads {
        members.push((elders[0], Relation::Head));
        members.extend(elders.iter().skip(1).map(|elder| (*elder, Relation::Wife)));
        members.extend([(husband, Relation::Child), (wife, Relation::DaughterInLaw)]);
        Relation::Grandchild
    } else {
        members.extend([(husband, Relation::Head), (wife, Relation::Wife)]);
        for elder in elders {
            let is_man = build.people[elder.0 as usize].sex == Sex::Male;
            members.push((*elder, if is_man { Relation::Father } else { Relation::Mother }));
        }
        Relation::Child
    };
    members.extend(offspring.iter().map(|child| (*child, young)));
    members
}

/// The husband's parents of one household.
struct Grandparents {
    /// Father and mother, living or not.
    parents: (Option<Kin>, Option<Kin>),
    /// Those who live there, the grandfather first.
    living: Vec<PersonIndex>,
}

fn grandparents(build: &mut Builder, home: Home, husband_year: i32, living: usize) -> Option<Grandparents> {
    let wife_year = husband_year - build.between(23, 30);
    if living == 2 {
        let (husband, wife) = couple(build, home, wife_year, None, wife_year + 22);
        build.note_child(wife, husband_year);
        let parents = (Some(Kin::Known(husband)), Some(Kin::Known(wife)));
        return Some(Grandparents { parents, living: vec![husband, wife] });
    }
    let sex = if build.chance(0.75) { Sex::Female } else { Sex::Male };
    let age = AS_OF.year() - wife_year;
    let elder = adult(build, home, sex, (age, age));
    let late = build.widow(home, elder, FIRST_WIDOWED_YEAR);
    let parents = match sex {
        Sex::Female => (Some(late), Some(Kin::Known(elder))),
        Sex::Male => (Some(Kin::Known(elder)), Some(late)),
    };
    Some(Grandparents { parents, living: vec![elder] })
}

/// A couple whose parents are sought in the population.
fn couple(
    build: &mut Builder,
    home: Home,
    wife_year: i32,
    husband_year: Option<i32>,
    married_in: i32,
) -> (PersonIndex, PersonIndex) {
    let husband_year = husband_year.unwrap_or(wife_year - build.between(0, 6));
    let parents = build.parents(husband_year, None);
    couple_of(build, home, husband_year, parents, wife_year, married_in)
}

/// A couple; the husband's parents are given.
fn couple_of(
    build: &mut Builder,
    home: Home,
    husband_year: i32,
    (father, mother): (Option<Kin>, Option<Kin>),
    wife_year: i32,
    married_in: i32,
) -> (PersonIndex, PersonIndex) {
    let (her_father, her_mother) = build.parents(wife_year, father.as_ref());
    let husband = born(build, home, Sex::Male, husband_year, father, mother);
    let wife = born(build, home, Sex::Female, wife_year, her_father, her_mother);
    let date = build.day_in(married_in);
    build.marry(home, husband, wife, date);
    (husband, wife)
}

/// A child of either sex.
fn child(
    build: &mut Builder,
    home: Home,
    year: i32,
    father: Option<Kin>,
    mother: PersonIndex,
) -> PersonIndex {
    let sex = if build.chance(0.527) { Sex::Male } else { Sex::Female };
    build.note_child(mother, year);
    born(build, home, sex, year, father, Some(Kin::Known(mother)))
}

/// A single adult of an age.
fn adult(build: &mut Builder, home: Home, sex: Sex, (youngest, oldest): (i32, i32)) -> PersonIndex {
    let year = AS_OF.year() - build.between(youngest, oldest);
    let (father, mother) = build.parents(year, None);
    born(build, home, sex, year, father, mother)
}

fn born(
    build: &mut Builder,
    home: Home,
    sex: Sex,
    year: i32,
    father: Option<Kin>,
    mother: Option<Kin>,
) -> PersonIndex {
    let birth = build.birth_in(year);
    let surname = match (&father, &mother) {
        (None, Some(Kin::Known(mother))) => build.people[mother.0 as usize].surname().to_owned(),
        _ => name::surname(&mut build.rng).to_owned(),
    };
    build.person(home, NewPerson { sex, birth, surname, father, mother, given: None })
}

/// Divorces somebody, not before a year, from a person who lives elsewhere, and says from whom.
fn divorce(build: &mut Builder, person: PersonIndex, not_before: i32) -> Kin {
    let (sex, year) = {
        let person = &build.people[person.0 as usize];
        (person.sex, person.birth.year())
    };
    let former = match sex {
        Sex::Female => build.named(Sex::Male, year - 3),
        Sex::Male => build.named(Sex::Female, year + 3),
    };
    let married = build.day_in((year + 22).min(AS_OF.year() - 2));
    let divorced_in = build.between((married.year() + 1).max(not_before), AS_OF.year() - 1);
    let divorced = build.day_in(divorced_in);
    build.divorce(person, former.clone(), married, divorced);
    former
}
