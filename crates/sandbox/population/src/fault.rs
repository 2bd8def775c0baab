//! Faults on demand, so that an integrator can see how an application behaves when the real system fails or
//! lies. Each fault is bounded in count and, if wished, hits only a share of the requests.

use d06_kernel::cx::Randomness;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

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
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub mode: FaultMode,
    /// Milliseconds for [`FaultMode::Slow`], at most 60,000.
    #[serde(default)]
    pub ms: u64,
    /// How many requests it may hit; 0 means 100, the most is 1,000.
    #[serde(default)]
    pub count: u32,
    /// The percentage of requests hit; 0 means all.
    #[serde(default)]
    pub percent: u8,
}

/// The fault asked for is out of bounds.
#[derive(Debug, thiserror::Error)]
#[error("a fault has at most 60000 ms, 1000 requests and 100 percent")]
pub struct FaultRefused;

/// The fault being played.
#[derive(Default)]
pub(crate) struct Faults(Mutex<Fault>);

impl Faults {
    pub(crate) fn set(&self, fault: Fault) -> Result<Fault, FaultRefused> {
        if fault.ms > 60_000 || fault.count > 1_000 || fault.percent > 100 {
            return Err(FaultRefused);
        }
        let count = if fault.count == 0 { 100 } else { fault.count };
        let percent = if fault.percent == 0 { 100 } else { fault.percent };
        let fault = Fault { count, percent, ..fault };
        *self.lock() = fault;
        Ok(fault)
    }

    pub(crate) fn present(&self) -> Fault {
        *self.lock()
    }

    /// Whether one of `modes` hits this request; counts it if so.
    pub(crate) fn hit(&self, modes: &[FaultMode], randomness: &Randomness) -> Option<Fault> {
        let mut fault = self.lock();
        if !modes.contains(&fault.mode) || fault.count == 0 {
            return None;
        }
        let dice = u32::from(randomness.bytes::<1>()[0]) * 100 / 256;
        if dice >= u32::from(fault.percent) {
            return None;
        }
        fault.count -= 1;
        let hit = *fault;
        if fault.count == 0 {
            *fault = Fault::default();
        }
        Some(hit)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
