#![doc = include_str!("../README.md")]

mod checkpoint;
mod entry;
mod integrate;
pub mod merkle;
mod migration;
mod proof;
mod publish;
mod sequencer;
mod store;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointError, PublicKey, SigningKey};
pub use entry::{AuditEntry, Entry, EntryFilter, append, get, list};
pub use integrate::integrate;
pub use migration::migrations;
pub use proof::{ConsistencyProof, InclusionProof, newest_checkpoint, prove_consistency, prove_inclusion};
pub use publish::Outside;
pub use sequencer::Sequencer;
pub use verify::{Fault, Finding, Report, verify};
