#![doc = include_str!("../README.md")]

mod migration;
pub mod model;
mod module;
mod oidc;
pub mod ops;
mod pages;
mod principal;
mod store;
mod units;

pub use migration::migrations;
pub use module::{Deps, module, samples, source};
pub use oidc::{Provider, ProviderSettings};
pub use principal::Principals;
pub use units::Units;
