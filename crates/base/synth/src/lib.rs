#![doc = include_str!("../README.md")]

mod build;
mod compose;
pub mod demo;
mod event;
mod gazetteer;
mod household;
mod name;
mod person;
mod population;
mod record;
pub mod register;

pub use event::{LifeEvent, LifeEventKind};
pub use gazetteer::{Commune, Gazetteer, OldCommune};
pub use household::{Household, HouseholdIndex, Relation};
pub use person::{Card, Kin, Person, PersonIndex};
pub use population::{AS_OF, Population, Size};
