#![doc = include_str!("../README.md")]

mod cache;
mod claims;
mod client;
mod corrections;
mod deps;
mod door;
mod evidence;
mod migration;
pub mod model;
mod module;
pub mod ops;
mod pages;
mod purpose;
mod store;

pub use claims::{Claims, RuleError};
pub use client::{ClientError, ClientSettings};
pub use corrections::CorrectionDesk;
pub use deps::Deps;
pub use door::{Door, DoorError};
pub use evidence::{ElectronicIdentity, PopulationEvidence};
pub use migration::migrations;
pub use module::{module, samples, source};
