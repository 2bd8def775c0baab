//! A synthetic person.

use crate::household::{HouseholdIndex, Relation};
use chrono::NaiveDate;
use d06_kernel::person::{PartialDate, PersonalNumber, Sex};
use d06_kernel::port::population::MaritalStatus;

/// Place of a person in [`crate::Population::people`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIndex(pub(crate) u32);

/// A relative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kin {
    /// Another person of the population.
    Known(PersonIndex),
    /// Somebody of whom the records hold the name only: they live elsewhere, or died before numbers were
    /// given.
    Named(Box<str>),
}

/// The days of an identity card (Law on Identification 2023 Art. 21: cards are renewed at 14, 25, 40 and 60).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// The birthday of the next renewal; `None` after 60.
    pub expires_on: Option<NaiveDate>,
}

/// A synthetic person. [`crate::Population::record`] turns it into the record of the population database.
#[derive(Clone, Debug)]
pub struct Person {
    /// Personal number, unique in the population.
    pub number: PersonalNumber,
    /// Full name, surname first.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Date of birth; of some old people only the year.
    pub birth: PartialDate,
    /// Ethnic group.
    pub ethnicity: &'static str,
    /// Marital status, of the dead at their death. Of the living, `Married` if and only if there is a spouse.
    pub marital_status: MaritalStatus,
    /// Husband or wife, living.
    pub spouse: Option<PersonIndex>,
    /// Father, if the birth was registered with one.
    pub father: Option<Kin>,
    /// Mother.
    pub mother: Option<Kin>,
    /// The household of permanent residence; `None` for the dead.
    pub household: Option<HouseholdIndex>,
    /// Relation to the head of that household.
    pub relation: Relation,
    /// Place of origin, an index of [`crate::Gazetteer::old_communes`].
    pub(crate) origin: usize,
    /// Place of birth registration, an index of old communes; `None`: registered in the commune of residence
    /// since 2025-07-01.
    pub(crate) born_at: Option<usize>,
    /// Temporary residence, an index of communes.
    pub(crate) away: Option<usize>,
    /// The identity card, from 14.
    pub card: Option<Card>,
    /// The former 9-digit number, as a number.
    pub(crate) old_number: Option<u32>,
    /// Day of death.
    pub death: Option<NaiveDate>,
}

impl Person {
    /// The former 9-digit number of those born before 2000.
    pub fn old_number(&self) -> Option<String> {
        self.old_number.map(|number| format!("{number:09}"))
    }

    /// Whether the person lives.
    pub fn is_living(&self) -> bool {
        self.death.is_none()
    }

    /// The surname: the first word of the name.
    pub fn surname(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// Years between the years of birth and of `day`.
    pub fn age_in_year(&self, day: NaiveDate) -> i32 {
        chrono::Datelike::year(&day) - self.birth.year()
    }
}
