#![doc = include_str!("../README.md")]

pub mod act;
mod engine;
mod permit;
mod resource;

pub use engine::{Authz, PolicyError};
pub use permit::Permit;
pub use resource::{Kind, Resource, line_of, office_of};
