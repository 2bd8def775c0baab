//! Use cases, one to a file.

pub mod find_actor;
pub mod open_entry;
pub mod search_log;
pub mod verify_log;
