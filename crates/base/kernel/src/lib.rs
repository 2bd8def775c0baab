#![doc = include_str!("../README.md")]

pub mod calendar;
pub mod card;
pub mod cx;
pub mod id;
pub mod money;
pub mod name;
pub mod number_hint;
pub mod person;
pub mod place;
pub mod port;
pub mod problem;
pub mod text;
pub mod time;

pub use cx::{Actor, Cx, Locale, Principal, Role, RoleInUnit};
pub use problem::{FieldProblem, Problem, ProblemKind};
