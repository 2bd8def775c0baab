//! The finished population.

use crate::build::{Builder, Home, day};
use crate::compose;
use crate::demo;
use crate::event::LifeEvent;
use crate::gazetteer::Gazetteer;
use crate::household::{Household, HouseholdIndex};
use crate::person::{Person, PersonIndex};
use chrono::NaiveDate;
use d06_kernel::person::PersonalNumber;

/// The day on which the population stands so.
pub const AS_OF: NaiveDate = day(2026, 6, 1);

/// People and households of a whole commune.
const COMMUNE_PEOPLE: usize = 12_000;
const COMMUNE_HOUSEHOLDS: usize = 3_400;

/// How many people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Xã Hà Bắc: 12,000 living people in 3,400 households.
    Commune,
    /// So many living people, but at least the demo people; xã Hà Bắc first, then other communes of Hải
    /// Phòng.
    People(usize),
}

impl Size {
    fn people(self) -> usize {
        match self {
            Self::Commune => COMMUNE_PEOPLE,
            Self::People(people) => people,
        }
    }
}

/// People, households and life events that belong together. The same seed and size always give the same.
#[derive(Clone, Debug)]
pub struct Population {
    people: Vec<Person>,
    households: Vec<Household>,
    events: Vec<LifeEvent>,
    places: Gazetteer,
    by_number: Vec<(PersonalNumber, PersonIndex)>,
}

impl Population {
    /// Generates a population.
    pub fn generate(seed: u64, size: Size) -> Self {
        let mut build = Builder::new(seed, size.people());
        demo::settle(&mut build);
        let total = size.people().max(living(&build));
        let communes = build.places.communes().len();
        let share = COMMUNE_PEOPLE.max(total.div_ceil(communes));
        let mut left = total - living(&build);
        for commune in 0..communes {
            let (there, houses) =
                if commune == 0 { (living(&build), build.households.len()) } else { (0, 0) };
            let people = left.min(share - there);
            if people == 0 {
                break;
            }
            let wanted = ((people + there) * COMMUNE_HOUSEHOLDS / COMMUNE_PEOPLE).saturating_sub(houses);
            let households = wanted.clamp(people.div_ceil(compose::MAX_SIZE), people);
            for size in compose::draw_sizes(&mut build, households, people) {
                let hamlets = i32::try_from(build.places.hamlet_count(commune)).unwrap_or(1);
                let hamlet = usize::try_from(build.between(0, hamlets - 1)).unwrap_or(0);
                compose::household(&mut build, Home { commune, hamlet }, size);
            }
            left -= people;
        }
        Self::finish(build)
    }

    fn finish(build: Builder) -> Self {
        let Builder { people, households, mut events, places, .. } = build;
        events.sort_by_key(|event| (event.date.earliest(), event.person));
        let mut by_number: Vec<(PersonalNumber, PersonIndex)> =
            people.iter().zip(0..).map(|(person, index)| (person.number, PersonIndex(index))).collect();
        by_number.sort_unstable();
        Self { people, households, events, places, by_number }
    }

    /// Everybody, the demo people first. Those who died lately are among them.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The living.
    pub fn living(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| person.is_living())
    }

    /// The households.
    pub fn households(&self) -> &[Household] {
        &self.households
    }

    /// What happened, by date.
    pub fn events(&self) -> &[LifeEvent] {
        &self.events
    }

    /// The communes used.
    pub fn places(&self) -> &Gazetteer {
        &self.places
    }

    /// The person of a number.
    pub fn find(&self, number: &PersonalNumber) -> Option<&Person> {
        let position = self.by_number.binary_search_by_key(number, |(number, _)| *number).ok()?;
        Some(&self[self.by_number[position].1])
    }
}

impl std::ops::Index<PersonIndex> for Population {
    type Output = Person;

    fn index(&self, index: PersonIndex) -> &Person {
        &self.people[index.0 as usize]
    }
}

impl std::ops::Index<HouseholdIndex> for Population {
    type Output = Household;

    fn index(&self, index: HouseholdIndex) -> &Household {
        &self.households[index.0 as usize]
    }
}

fn living(build: &Builder) -> usize {
    build.people.iter().filter(|person| person.is_living()).count()
}
