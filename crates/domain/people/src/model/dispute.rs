//! A person disputes a read of their data (Law on Personal Data Protection 91/2025 Art. 4).

use super::{AccessId, DisputeId};
use d06_kernel::person::PersonalNumber;
use d06_kernel::time::Moment;

/// The longest reason or answer, in characters.
pub const LONGEST: usize = 2_000;

/// A dispute.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// The read.
    pub access: AccessId,
    /// Whose data was read; the one who disputes.
    pub subject: PersonalNumber,
    /// The unit that asked, which answers for it.
    pub unit: String,
    /// Why the person disputes it.
    pub reason: String,
    /// When.
    pub opened_at: Moment,
    /// The answer, once there is one.
    pub answer: Option<Reply>,
}

/// What a dispute or a request for correction was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Whether the person is right.
    pub upheld: bool,
    /// In words.
    pub text: String,
    /// Name of the official.
    pub by: String,
    /// When.
    pub at: Moment,
}
