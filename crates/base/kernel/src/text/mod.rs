//! Vietnamese text: folding for search, alphabetical order, position of tone marks, damaged encodings.
//!
//! Databases cannot be asked to do this: `LOWER` and `LIKE` know ASCII only on SQLite, and collations differ
//! between PostgreSQL installations. So whatever is searched or sorted is stored beside its [`search_key`] or
//! [`sort_key`], both plain ASCII that every database compares alike.

mod fold;
mod order;
mod repair;
mod tone;

pub use fold::{nfc, search_key};
pub use order::sort_key;
pub use repair::{Damage, Repair, repair};
pub use tone::old_tone_position;
