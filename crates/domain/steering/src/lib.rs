#![doc = include_str!("../README.md")]

mod deps;
mod migration;
pub mod model;
pub mod ops;
mod store;

pub use deps::{Deps, Measures};
pub use migration::migrations;
