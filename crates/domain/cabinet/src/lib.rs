#![doc = include_str!("../README.md")]

mod cabinet;
mod evidence;
mod migration;
pub mod model;
mod module;
pub mod ops;
mod pages;
mod sealing;
mod store;

pub use cabinet::{Cabinet, CabinetError, Deps};
pub use migration::migrations;
pub use module::{module, samples, source};
