//! Ports: where one domain needs another. The trait and its data live here, the implementation in the domain
//! that owns the data, and `app/server` wires them together. Domains never import each other.
//!
//! A port may open its own transaction (every read of population data writes an access record). Call ports
//! **before** you open a write transaction of your own, never inside it: SQLite has one writer.

pub mod account;
pub mod document;
pub mod evidence;
pub mod measure;
pub mod population;
pub mod unit;
