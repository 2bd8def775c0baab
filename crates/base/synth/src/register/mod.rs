//! Registers with realistic errors, for tests and measurements of record linkage: a city of any size, made block by
//! block in little memory, and what offices wrote down about its people. The truth is kept apart from the rows.
//!
//! ```
//! use d06_synth::register::{City, Land};
//!
//! let city = City::new(7, 20_000);
//! let land = Land::new(&city, 5_000);
//! let block = city.block(0);
//! let entry = &land.entries(&city, &block)[0];
//! assert!(!entry.row.owner.is_empty());
//! // Nobody, one or two people of the city stand behind a row.
//! assert!(entry.truth.len() <= 2);
//! ```
//!
//! - [`City`] gives [`Block`]s of households. Each block depends on the seed and its own position only, so blocks can
//!   be made in any order, on any number of threads, and are the same.
//! - [`Land`], [`Marriages`], [`Insurance`] and [`Beneficiaries`] write registers about a block.
//! - [`Clerk`] is who makes the errors: lost diacritics, old encodings, abbreviations, typing, regional spelling,
//!   swapped and missing middle names, misread digits, old commune names. [`Care`] says how often.
//!
//! Names follow the skew of the Red River delta: more than a third are Nguyễn, and one man in three hundred of the
//! middle generation is Nguyễn Văn Hùng, Dũng or Tuấn.

mod beneficiary;
mod city;
mod clerk;
mod error;
mod insurance;
mod land;
mod marriage;
mod names;
mod place;

pub use beneficiary::{Beneficiaries, BeneficiaryRow};
pub use city::{Block, City, Resident};
pub use clerk::{Care, Clerk};
pub use insurance::{Insurance, InsuranceRow};
pub use land::{Land, LandRow};
pub use marriage::{MarriageRow, Marriages};

/// A row of a register with the truth about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<R> {
    /// What the office wrote.
    pub row: R,
    /// The residents it is about, by [`Resident::id`], in the order in which the row names them; empty if nobody of
    /// the city.
    pub truth: Vec<u64>,
}

/// So many of `total` rows fall to one of `blocks` blocks.
fn share(total: usize, block: usize, blocks: usize) -> std::ops::Range<usize> {
    total * block / blocks..total * (block + 1) / blocks
}
