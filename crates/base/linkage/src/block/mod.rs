//! Blocking: which pairs are compared at all.
//!
//! A key is a list of parts (`given + birth_year + commune`); two rows that agree in all parts of a key are a
//! candidate pair. Parts with several values (the communes that an old commune was split into) give several hashes.

mod keys;
mod parts;
mod table;
mod tree;

pub(crate) use keys::{available, key_name, standard_keys};
pub(crate) use parts::{PartReader, PartValues};
pub(crate) use table::KeyTable;
pub(crate) use tree::KeyTree;

use crate::spec::KeyPart;

/// A blocking key.
pub(crate) type Key = Vec<KeyPart>;
