#![doc = include_str!("../README.md")]

mod backend;
mod checkpointer;
mod connect;
mod group;
mod migrate;
pub mod migration;
mod page;
mod problem;
mod signal;
pub mod sql;
mod tx;

pub use backend::Backend;
pub use connect::{Db, DbOptions, Synchronous};
pub use page::{Direction, Page, PageRequest, page_by_id};
pub use problem::{Constraints, DbResultExt, problem, problem_with};
pub use sea_orm;
pub use sea_orm_migration;
pub use signal::Listener;
pub use tx::Tx;
