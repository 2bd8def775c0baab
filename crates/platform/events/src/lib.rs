#![doc = include_str!("../README.md")]

mod bus;
mod deliver;
mod entity;
mod event;
mod migration;
mod read;

pub use bus::{Bus, Subscriber};
pub use deliver::Delivery;
pub use event::{Event, NewEvent, publish};
pub use migration::migrations;
pub use read::{EventFilter, count, list};
