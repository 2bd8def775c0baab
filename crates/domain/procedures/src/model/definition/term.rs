//! How long a procedure may take by law (thời hạn giải quyết).

use serde::{Deserialize, Serialize};

/// The term of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermRule {
    /// The same working day; filed after the cut-off hour, the next working day.
    SameDay,
    /// So many working hours.
    WorkingHours(u32),
    /// So many working days; the day of receipt is not counted (Civil Code 2015 Art. 147).
    WorkingDays(u32),
    /// So many days of the calendar; a last day off moves to the next working day (Civil Code 2015 Art. 148).
    CalendarDays(u32),
}
