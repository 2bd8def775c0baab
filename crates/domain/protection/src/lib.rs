#![doc = include_str!("../README.md")]

mod deps;
mod migration;
mod module;
pub mod ops;
mod pages;
mod store;

pub use deps::{Deps, Log};
pub use migration::migrations;
pub use module::{module, samples, source};
pub use ops::verify_log;
pub use store::run::Run;
