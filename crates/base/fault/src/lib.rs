#![doc = include_str!("../README.md")]

use d06_kernel::cx::Randomness;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// A fault to be played. `Mode` says what goes wrong; its default is "nothing".
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault<Mode> {
    /// What goes wrong.
    pub mode: Mode,
    /// Milliseconds for a mode that is slow, at most 60,000.
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
#[derive(Debug, Default)]
pub struct Faults<Mode>(Mutex<Fault<Mode>>);

impl<Mode: Copy + Default + PartialEq> Faults<Mode> {
    /// Plays a fault from now on, in place of the one before. Gives it with its bounds filled in.
    ///
    /// # Errors
    /// [`FaultRefused`].
    pub fn set(&self, fault: Fault<Mode>) -> Result<Fault<Mode>, FaultRefused> {
        if fault.ms > 60_000 || fault.count > 1_000 || fault.percent > 100 {
            return Err(FaultRefused);
        }
        let count = if fault.count == 0 { 100 } else { fault.count };
        let percent = if fault.percent == 0 { 100 } else { fault.percent };
        let fault = Fault { count, percent, ..fault };
        *self.lock() = fault;
        Ok(fault)
    }

    /// The fault as it stands, with the requests that it may still hit.
    pub fn present(&self) -> Fault<Mode> {
        *self.lock()
    }

    /// Whether one of `modes` hits this request; counts it if so.
    pub fn hit(&self, modes: &[Mode], randomness: &Randomness) -> Option<Fault<Mode>> {
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

    fn lock(&self) -> std::sync::MutexGuard<'_, Fault<Mode>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Mode {
        #[default]
        None,
        Down,
        Slow,
    }

    #[test]
    fn a_fault_hits_as_often_as_it_may_and_ends() {
        let (faults, randomness) = (Faults::default(), Randomness::system());
        faults.set(serde_json::from_str(r#"{"mode":"down","count":2}"#).unwrap()).unwrap();
        assert!(faults.hit(&[Mode::Slow], &randomness).is_none());
        assert_eq!(faults.present().count, 2);
        assert!(faults.hit(&[Mode::Down], &randomness).is_some());
        assert!(faults.hit(&[Mode::Down], &randomness).is_some());
        assert!(faults.hit(&[Mode::Down], &randomness).is_none());
        assert_eq!(faults.present().mode, Mode::None);
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        let faults = Faults::default();
        for wrong in [
            r#"{"mode":"slow","ms":60001}"#,
            r#"{"mode":"down","count":1001}"#,
            r#"{"mode":"down","percent":101}"#,
        ] {
            let fault: Fault<Mode> = serde_json::from_str(wrong).unwrap();
            assert!(faults.set(fault).is_err(), "{wrong}");
        }
    }
}
