#![doc = include_str!("../README.md")]

pub mod migration;
pub mod model;
pub mod store;
