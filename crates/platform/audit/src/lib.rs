#![doc = include_str!("../README.md")]

mod checkpoint;
mod entry;
mod integrate;
pub mod merkle;
mod migration;
mod proof;
mod sequencer;
mod store;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointError, PublicKey, SigningKey};
pub use entry::{AuditEntry, Entry, EntryFilter, append, list};
pub use integrate::integrate;
pub use migration::migrations;
pub use proof::{ConsistencyProof, InclusionProof, prove_consistency, prove_inclusion};
pub use sequencer::Sequencer;
pub use verify::{Fault, Finding, Report, verify};
