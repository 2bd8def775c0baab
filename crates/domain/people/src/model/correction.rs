//! "This is wrong": a person asks for a correction of what the State holds of them
//! (Law on Identification 26/2023 Art. 10). It blocks nothing.

use super::CorrectionId;
use super::dispute::Reply;
use d06_kernel::person::PersonalNumber;
use d06_kernel::time::Moment;

/// A request for correction.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// Whose data.
    pub subject: PersonalNumber,
    /// Which field: a group of the population database, or the field of a form.
    pub field: String,
    /// What is held, where it was shown.
    pub held: String,
    /// What it should be, and why.
    pub wanted: String,
    /// Where it was asked: the procedure's code, or empty.
    pub reference: String,
    /// The unit that settles it.
    pub unit: String,
    /// When.
    pub opened_at: Moment,
    /// The answer, once there is one.
    pub answer: Option<Reply>,
}

/// The groups of fields one can ask to correct from the page "my data".
pub const FIELDS: [&str; 9] = [
    "name",
    "birth-date",
    "sex",
    "ethnicity",
    "permanent-residence",
    "temporary-residence",
    "marital-status",
    "household-members",
    "identity-card",
];
