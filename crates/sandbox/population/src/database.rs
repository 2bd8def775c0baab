//! The stand-in's data: invented people, the keys of its callers, the fault being played.

use crate::fault::{Fault, FaultMode, Faults};
use crate::key::Key;
use d06_fault::FaultRefused;
use d06_kernel::Cx;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::{PersonField, PersonRecord};
use d06_synth::Population;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The population database; a clone is the same database.
#[derive(Clone)]
pub struct Database(Arc<Inner>);

struct Inner {
    people: Arc<Population>,
    keys: Vec<Key>,
    faults: Faults,
    ethnic_codes: HashMap<String, String>,
    cx: Cx,
}

impl Database {
    /// A database of invented people that answers the holders of `keys`; time comes from `cx`.
    pub fn new(people: Arc<Population>, keys: Vec<Key>, cx: Cx) -> Self {
        Self(Arc::new(Inner { people, keys, faults: Faults::default(), ethnic_codes: ethnic_codes(), cx }))
    }

    /// Plays a fault from now on; [`FaultMode::None`] ends it.
    pub fn play(&self, fault: Fault) -> Result<Fault, FaultRefused> {
        self.0.faults.set(fault)
    }

    pub(crate) fn fault(&self) -> Fault {
        self.0.faults.present()
    }

    pub(crate) fn hit(&self, modes: &[FaultMode]) -> Option<Fault> {
        self.0.faults.hit(modes, self.0.cx.randomness())
    }

    pub(crate) fn keys(&self) -> &[Key] {
        &self.0.keys
    }

    pub(crate) fn cx(&self) -> &Cx {
        &self.0.cx
    }

    /// The groups asked for of one person.
    pub(crate) fn find(
        &self,
        number: &PersonalNumber,
        fields: &BTreeSet<PersonField>,
    ) -> Option<PersonRecord> {
        self.0.people.find(number).map(|person| self.0.people.record(person, fields))
    }

    /// Every group of one person, for the fault that tells too much.
    pub(crate) fn find_all(&self, number: &PersonalNumber) -> Option<PersonRecord> {
        self.0.people.find(number).map(|person| self.0.people.full_record(person))
    }

    /// Somebody else, for the fault that answers about the wrong person.
    pub(crate) fn somebody_else(&self, number: PersonalNumber) -> Option<PersonalNumber> {
        self.0.people.people().iter().map(|person| person.number).find(|other| *other != number)
    }

    /// The 2-digit code of an ethnic group; `00` if it is not listed.
    pub(crate) fn ethnic_code(&self, name: &str) -> &str {
        self.0.ethnic_codes.get(name).map_or("00", String::as_str)
    }
}

fn ethnic_codes() -> HashMap<String, String> {
    let list = include_str!("../../../../data/people/ethnic-groups.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(list.as_bytes());
    let rows = reader.deserialize::<(String, String)>().filter_map(Result::ok);
    rows.map(|(code, name)| (name, code)).collect()
}
