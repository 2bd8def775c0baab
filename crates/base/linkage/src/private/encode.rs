//! From rows to filters, under a secret.

use super::filter::{Filters, set};
use super::harden::{Hardener, Hardening};
use super::tokens::{Field, birth_year, tokens};
use crate::normal::Normaliser;
use crate::table::Table;
use hmac::{Hmac, KeyInit, Mac};
use rayon::prelude::*;
use sha2::Sha256;

/// Bits of a filter before hardening.
const BITS: usize = 512;
/// The shortest secret, in bytes: as long as the hash.
const SHORTEST_SECRET: usize = 32;

/// A table as the linking unit sees it: filters, without ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoded {
    /// Rows.
    pub(super) rows: usize,
    /// Filters of the fields that the table has, in the order of [`Field`].
    pub(super) fields: Vec<(Field, Filters)>,
    /// Equal for tables that can be compared: of one secret and hardening.
    pub(super) check: [u8; 8],
    pub(super) hardening: Option<Hardening>,
}

impl Encoded {
    /// Rows of the table.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The filters of a field.
    pub fn field(&self, field: Field) -> Option<&Filters> {
        self.fields.iter().find(|(other, _)| *other == field).map(|(_, filters)| filters)
    }
}

/// Encodes tables under a secret.
#[derive(Clone)]
pub struct Encoder {
    key: Hmac<Sha256>,
    hardening: Hardening,
    normaliser: Normaliser,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The key stays out of logs.
        f.debug_struct("Encoder").field("hardening", &self.hardening).finish_non_exhaustive()
    }
}

impl Encoder {
    /// With a secret of at least 32 random bytes that the owners of both tables share and nobody else has; `None`
    /// if it is shorter.
    pub fn new(secret: &[u8], hardening: Hardening) -> Option<Self> {
        if secret.len() < SHORTEST_SECRET {
            return None;
        }
        let key = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        Some(Self { key, hardening, normaliser: Normaliser::new() })
    }

    /// Encodes the rows of a table. `noise`: another random number for every encoding, from the operation's
    /// source of randomness; it chooses the bits that are flipped, if any are.
    pub fn encode(&self, table: &Table, noise: u64) -> Encoded {
        let fields = Field::ALL.into_iter().filter(|field| table.column(field.role()).is_some());
        let settings = format!("check {:?} {BITS}", self.hardening);
        Encoded {
            rows: table.len(),
            fields: fields.map(|field| (field, self.field(table, field, noise))).collect(),
            check: self.number(&[settings.as_bytes()]).to_be_bytes(),
            hardening: Some(self.hardening),
        }
    }

    fn field(&self, table: &Table, field: Field, noise: u64) -> Filters {
        let hardener = Hardener::new(self.hardening, BITS, self.number(&[b"shuffle", &[field.label()]]));
        let noise_seed = self.number(&[b"noise", &[field.label()], &noise.to_be_bytes()]);
        let rows: Vec<Vec<u64>> = (0..table.len())
            .into_par_iter()
            .map(|row| {
                let tokens = tokens(&self.normaliser, table, row, field);
                let salted = self.hardening.salt_by_birth_year && field == Field::Name;
                let salt = if salted { birth_year(&self.normaliser, table, row) } else { 0 };
                if tokens.is_empty() || (salted && salt == 0) {
                    return Vec::new();
                }
                let filter = self.filter(field, salt, &tokens);
                hardener.harden(&filter, noise_seed.wrapping_add((row as u64).wrapping_mul(0x9e37_79b9)))
            })
            .collect();
        let mut filters = Filters::new(self.hardening.bits(BITS));
        for row in rows {
            filters.push(&row);
        }
        filters
    }

    /// The filter of some tokens. Each token draws its positions from its own hash, one after the other, so that
    /// no position tells of another.
    fn filter(&self, field: Field, salt: u16, tokens: &[String]) -> [u64; BITS / 64] {
        let mut filter = [0; BITS / 64];
        for token in tokens {
            let mut left = field.bits_per_token();
            for block in 0_u8..=u8::MAX {
                let hash = self.hash(&[&[field.label(), block], &salt.to_be_bytes(), token.as_bytes()]);
                for pair in hash.chunks_exact(2).take(left) {
                    let position = pair.iter().fold(0, |position, byte| position << 8 | usize::from(*byte));
                    set(&mut filter, position % BITS);
                }
                left = left.saturating_sub(hash.len() / 2);
                if left == 0 {
                    break;
                }
            }
        }
        filter
    }

    fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.key.clone();
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    fn number(&self, parts: &[&[u8]]) -> u64 {
        let hash = self.hash(parts);
        hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}
