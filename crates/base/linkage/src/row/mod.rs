//! Rows in the form that comparisons read: a few 32-bit words each, no text.

mod address;
mod chunk;
mod layout;
mod name;
mod prepare;
mod rows;
mod values;

pub(crate) use address::{AddressWords, HAMLET, HOUSE, HOUSE_MAIN, STREET};
pub(crate) use layout::{Layout, Row, Slot};
pub(crate) use name::{NameWords, folded};
pub(crate) use prepare::{prepare_left, prepare_right};
pub(crate) use rows::Rows;
