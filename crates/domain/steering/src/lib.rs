#![doc = include_str!("../README.md")]

mod deps;
mod migration;
pub mod model;
mod module;
pub mod ops;
mod pages;
mod store;

pub use deps::{Deps, Measures};
pub use migration::migrations;
pub use module::{module, schedules, source};
pub use pages::pages;
