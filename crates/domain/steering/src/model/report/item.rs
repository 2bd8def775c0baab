//! A report on its way: open, sent, returned, accepted, locked.

use crate::model::report::cycle::Cycle;
use crate::model::report::words::Words;
use chrono::NaiveDate;
use d06_kernel::time::Moment;
use d06_kernel::{Problem, typed_id};
use serde::{Deserialize, Serialize};

typed_id!(
    /// A report (báo cáo).
    ReportId
);

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being written.
    Draft,
    /// Sent to the unit above.
    Sent,
    /// Sent back with a comment, to be mended.
    Returned,
    /// Accepted by the unit above.
    Accepted,
    /// Frozen for good.
    Locked,
}

/// What is done to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Words are kept.
    Save,
    /// It goes to the unit above.
    Send,
    /// It goes back with a comment.
    Return,
    /// It is found good.
    Accept,
    /// It is frozen.
    Lock,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Sent, Self::Returned, Self::Accepted, Self::Locked];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Locked => "locked",
        }
    }

    /// The state of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether the unit still has to send it.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// The state after a step. A unit with nobody above locks its own report straight away.
    ///
    /// # Errors
    /// `report.not-now`: the step does not lead on from here.
    pub fn after(self, step: Step, has_superior: bool) -> Result<Self, Problem> {
        match (self, step) {
            (Self::Draft | Self::Returned, Step::Save) => Ok(self),
            (Self::Draft | Self::Returned, Step::Send) if has_superior => Ok(Self::Sent),
            (Self::Sent | Self::Accepted, Step::Return) => Ok(Self::Returned),
            (Self::Sent, Step::Accept) => Ok(Self::Accepted),
            (Self::Accepted, Step::Lock) => Ok(Self::Locked),
            (Self::Draft, Step::Lock) if !has_superior => Ok(Self::Locked),
            _ => Err(Problem::conflict("report.not-now")),
        }
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The period's stable name: `monthly:2026-12`.
    pub period_key: String,
    /// The cycle.
    pub cycle: Cycle,
    /// What an ad hoc report is about.
    pub subject: Option<String>,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// To be sent before.
    pub due_at: Moment,
    /// The unit that reports.
    pub unit: String,
    /// Its name when the report was opened.
    pub unit_name: String,
    /// The unit it reports to; none for the top of the chain.
    pub superior: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Who has it now, by name; empty until somebody of the unit takes it up.
    pub held_by: String,
    /// What was written.
    pub words: Words,
    /// When it was last sent.
    pub sent_at: Option<Moment>,
    /// By whom.
    pub sent_by: Option<String>,
    /// When it was frozen.
    pub locked_at: Option<Moment>,
    /// SHA-256 of its content, in hexadecimal, once it was sent.
    pub hash: Option<String>,
    /// The report of the unit above that sums it up.
    pub included_in: Option<ReportId>,
    /// Goes up by one at every change; a change names the version it began from.
    pub version: i64,
}

impl Report {
    /// Whether it is owed and its time has passed.
    pub fn is_late(&self, now: Moment) -> bool {
        self.state.is_owed() && self.due_at <= now
    }

    /// Whether it was sent after its time.
    pub fn was_late(&self) -> bool {
        self.sent_at.is_some_and(|at| at >= self.due_at)
    }

    /// Whole days from its time to now; negative while there is time.
    pub fn days_past(&self, now: Moment) -> i64 {
        let time = now - self.due_at;
        time.num_days() - i64::from(time.num_seconds() < 0 && time.num_seconds() % 86_400 != 0)
    }
}

/// A step a report has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTaken {
    /// `open`, `send`, `return`, `accept`, `lock` or `remind`.
    pub step: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// What they said.
    pub comment: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_goes_one_way() {
        let go = |state: State, step| state.after(step, true).ok();
        assert_eq!(go(State::Draft, Step::Send), Some(State::Sent));
        assert_eq!(go(State::Sent, Step::Return), Some(State::Returned));
        assert_eq!(go(State::Returned, Step::Send), Some(State::Sent));
        assert_eq!(go(State::Sent, Step::Accept), Some(State::Accepted));
        assert_eq!(go(State::Accepted, Step::Lock), Some(State::Locked));
        for step in [Step::Save, Step::Send, Step::Return, Step::Accept, Step::Lock] {
            assert_eq!(go(State::Locked, step), None, "{step:?}");
        }
        assert_eq!(go(State::Draft, Step::Lock), None, "the unit above locks");
        assert_eq!(State::Draft.after(Step::Lock, false).ok(), Some(State::Locked));
        assert_eq!(State::Draft.after(Step::Send, false).ok(), None, "there is nobody to send it to");
        assert_eq!(go(State::Sent, Step::Save), None);
    }
}
