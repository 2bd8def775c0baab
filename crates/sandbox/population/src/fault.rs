//! What this stand-in can be made to do wrong; `d06-fault` plays it.

use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultMode {
    /// Nothing.
    #[default]
    None,
    /// Every answer is late by `ms`.
    Slow,
    /// Every answer is 503.
    Down,
    /// The answer is about another person.
    WrongPerson,
    /// The answer is for another request.
    WrongRequest,
    /// The answer breaks off in the middle.
    Malformed,
    /// The answer says the caller's key has expired.
    ExpiredKey,
    /// The answer carries a wrong signature.
    BadSignature,
    /// The answer gives every group of fields, also those not asked for.
    TooMuch,
    /// The birth date is 30 February.
    WrongBirthDate,
}

/// A fault to be played.
pub type Fault = d06_fault::Fault<FaultMode>;

/// The fault being played.
pub(crate) type Faults = d06_fault::Faults<FaultMode>;
