//! The deadline clock: when a dossier and each of its steps is due, when the clock stands, whether it was on
//! time. See the crate's README, "The deadline clock".
//!
//! [`DeadlineClock`] answers questions about rules and calendar; [`DossierClock`] is the clock of one
//! dossier, a value kept with it; [`on_time`] is the index of Decision 766; [`risk`] orders queues.

mod deadline;
mod dossier_clock;
pub mod on_time;
pub mod risk;
mod rules;

pub use deadline::{DeadlineClock, StepDue};
pub use dossier_clock::{ClockProblem, DossierClock, DueCause, DueChange, Pause, Reappointment};
pub use rules::{DeadlineRules, RulesError};
