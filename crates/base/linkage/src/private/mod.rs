//! Linking registers whose rows may not be shown.
//!
//! Some registers must be matched without anybody seeing both sides: who is treated for addiction is known to
//! the clinic, who lives where to the police, and the linking unit may learn neither. Each owner encodes its
//! rows with a secret that the owners share and the linking unit does not have ([`Encoder`]); the linking unit
//! compares the encodings ([`link`]) and returns pairs of row numbers.
//!
//! **Encoding.** The tokens of a field — pairs of letters of a name, parts of a date, digits with their place —
//! are hashed with HMAC-SHA-256 under the secret into the bits of a Bloom filter, one filter for each field.
//! Similar values share bits, so the Dice similarity of filters follows that of the values (Schnell, Bachteler
//! and Reiher, *Privacy-preserving record linkage using Bloom filters*, BMC Med Inform Decis Mak 9:41, 2009, and
//! *A Novel Error-Tolerant Anonymous Linking Code*, 2011; Durham, *A Framework for Accurate, Efficient Private
//! Record Linkage*, Vanderbilt 2012).
//!
//! **Attacks and hardening.** A plain filter is a pseudonym, not anonymous: frequent filters are frequent names
//! (Christen, Ranbaduge, Vatsalan and Schnell, *Precise and Fast Cryptanalysis for Bloom Filter Based
//! Privacy-Preserving Record Linkage*, TKDE 31, 2019). [`Hardening`] holds what is known against it, and what
//! each costs; the example `private_loss` measures the cost beside clear text:
//!
//! - *random positions*, not two hashes combined, which Niedermeyer, Steinmetzer, Kroll and Schnell broke (2014);
//! - *salting* the name by the year of birth, so that one name has a hundred encodings; a wrong year costs the
//!   name;
//! - *balancing*: a filter beside its complement, so that the number of bits says nothing about the value;
//! - *XOR folding* (Schnell and Borgs, *XOR-Folding for Bloom Filter-based Encryptions*, 2016), which takes bits
//!   from their tokens;
//! - *diffusion*: each bit the XOR of several (Armknecht, Heng and Schnell, *Strengthening Privacy-Preserving
//!   Record Linkage using Diffusion*, PoPETs 2023);
//! - *noise*: bits flipped with a chance that gives differential privacy (BLIP; Alaggan, Gambs and Kermarrec,
//!   2012; hardened linkage: Ranbaduge and Schnell, *Securing Bloom Filters for Privacy-preserving Record
//!   Linkage*, CIKM 2020).
//!
//! What remains: who has the secret can encode names and look for them, so the linking unit must never have it,
//! and an owner must not see the other's encodings. Row numbers, not ids, go in and out.

mod encode;
mod filter;
mod harden;
mod linker;
#[cfg(test)]
mod tests;
mod tokens;

pub use encode::{Encoded, Encoder};
pub use filter::{Filters, dice};
pub use harden::Hardening;
pub use linker::{PrivateError, PrivateLink, link};
pub use tokens::Field;
