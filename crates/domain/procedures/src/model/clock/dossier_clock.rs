//! The clock of one dossier: receipt, pauses, one re-appointment, and the history of its due time.

use super::deadline::DeadlineClock;
use crate::model::definition::TermRule;
use chrono::Days;
use d06_kernel::time::{Moment, local_date};
use serde::{Deserialize, Serialize};

/// A stretch in which the clock stands because the person was asked to supplement the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When the person was asked.
    pub from: Moment,
    /// When they had answered; `None` while they have not.
    pub to: Option<Moment>,
}

/// A new appointment with an apology (Mẫu 04).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reappointment {
    /// When it was made.
    pub at: Moment,
    /// The new due time.
    pub due: Moment,
    /// Why.
    pub reason: String,
    /// Whether it was made later than the law allows (one working day before the appointment).
    pub late: bool,
}

/// Why a due time changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueCause {
    /// The dossier was received.
    Received,
    /// The person supplemented it.
    Supplemented,
    /// A new appointment was made.
    Reappointed,
    /// The calendar or the rules changed.
    CalendarChanged,
}

/// One change of the due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueChange {
    /// When it changed.
    pub at: Moment,
    /// The due time from then on.
    pub due: Moment,
    /// Why.
    pub cause: DueCause,
}

/// The clock of one dossier. Kept with it as JSON; every change goes through a method that checks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierClock {
    received_at: Moment,
    term: TermRule,
    pauses: Vec<Pause>,
    reappointment: Option<Reappointment>,
    due: Moment,
    history: Vec<DueChange>,
}

/// The clock cannot do that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockProblem {
    /// It already stands.
    #[error("the clock already stands")]
    Standing,
    /// It does not stand.
    #[error("the clock does not stand")]
    NotStanding,
    /// A supplement was already asked for; the law allows one request.
    #[error("a supplement may be asked for only once")]
    SecondSupplement,
    /// The appointment was already moved; the law allows one new appointment.
    #[error("an appointment may be moved only once")]
    SecondReappointment,
    /// The new appointment is not later than the present one.
    #[error("the new appointment is not later")]
    NotLater,
    /// The moment lies before what already happened.
    #[error("the moment lies before what already happened")]
    TooEarly,
}

impl ClockProblem {
    /// The stable code of the problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::Standing => "clock.standing",
            Self::NotStanding => "clock.not-standing",
            Self::SecondSupplement => "clock.second-supplement",
            Self::SecondReappointment => "clock.second-reappointment",
            Self::NotLater => "clock.not-later",
            Self::TooEarly => "clock.too-early",
        }
    }
}

impl DossierClock {
    /// The clock of a dossier received at a moment.
    pub fn start(rules: &DeadlineClock, term: TermRule, received_at: Moment) -> Self {
        let due = rules.due(term, received_at);
        let history = vec![DueChange { at: received_at, due, cause: DueCause::Received }];
        Self { received_at, term, pauses: Vec::new(), reappointment: None, due, history }
    }

    /// When the dossier was received.
    pub fn received_at(&self) -> Moment {
        self.received_at
    }

    /// The legal term.
    pub fn term(&self) -> TermRule {
        self.term
    }

    /// When it is due; `None` while the clock stands.
    pub fn due(&self) -> Option<Moment> {
        if self.is_standing() { None } else { Some(self.due) }
    }

    /// The last appointment, whether or not the clock stands.
    pub fn appointment(&self) -> Moment {
        self.due
    }

    /// The appointment by which lateness is judged. An apology that came after its appointment had passed gives the
    /// person a new date, and does not make the dossier on time (form 04 is written before a dossier is overdue).
    pub fn judged_by(&self) -> Moment {
        let Some(moved) = &self.reappointment else { return self.due };
        let before = self.history.iter().rev().find(|change| change.at < moved.at).map(|change| change.due);
        before.filter(|due| *due < moved.at).unwrap_or(self.due)
    }

    /// Whether the clock stands.
    pub fn is_standing(&self) -> bool {
        self.pauses.last().is_some_and(|p| p.to.is_none())
    }

    /// Every pause.
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// The new appointment, if one was made.
    pub fn reappointment(&self) -> Option<&Reappointment> {
        self.reappointment.as_ref()
    }

    /// Every due time it had, the first at receipt.
    pub fn history(&self) -> &[DueChange] {
        &self.history
    }

    /// Stops the clock: the person is asked for a supplement. Only as often as the law allows (once).
    pub fn pause(&mut self, rules: &DeadlineClock, at: Moment) -> Result<(), ClockProblem> {
        if self.is_standing() {
            return Err(ClockProblem::Standing);
        }
        let allowed = rules.rules().count("supplements-allowed", local_date(at)).unwrap_or(1);
        if self.pauses.len() >= allowed as usize {
            return Err(ClockProblem::SecondSupplement);
        }
        self.check_order(at)?;
        self.pauses.push(Pause { from: at, to: None });
        Ok(())
    }

    /// Lets the clock go on: what was left of the term when it stopped is left again.
    pub fn resume(&mut self, rules: &DeadlineClock, at: Moment) -> Result<(), ClockProblem> {
        self.check_order(at)?;
        match self.pauses.last_mut() {
            Some(pause) if pause.to.is_none() => pause.to = Some(at),
            _ => return Err(ClockProblem::NotStanding),
        }
        self.change_due(at, self.reckon(rules), DueCause::Supplemented);
        Ok(())
    }

    /// Makes a new appointment with an apology, as often as the law allows (once). One made later than a
    /// working day before the appointment is still made, and marked late.
    pub fn reappoint(
        &mut self,
        rules: &DeadlineClock,
        at: Moment,
        due: Moment,
        reason: &str,
    ) -> Result<(), ClockProblem> {
        let allowed = rules.rules().count("reappointments-allowed", local_date(at)).unwrap_or(1);
        if self.is_standing() {
            return Err(ClockProblem::Standing);
        }
        if self.reappointment.is_some() || allowed == 0 {
            return Err(ClockProblem::SecondReappointment);
        }
        self.check_order(at)?;
        if due <= self.due || due <= at {
            return Err(ClockProblem::NotLater);
        }
        let late = at > rules.apology_due(self.due);
        self.reappointment = Some(Reappointment { at, due, reason: reason.to_owned(), late });
        self.change_due(at, due, DueCause::Reappointed);
        Ok(())
    }

    /// Reckons the due time anew after the calendar or the rules changed; whether it changed. The old due
    /// time stays in the history.
    pub fn recompute(&mut self, rules: &DeadlineClock, at: Moment) -> bool {
        let due = self.reckon(rules);
        let changed = due != self.due;
        if changed {
            self.change_due(at, due, DueCause::CalendarChanged);
        }
        changed
    }

    /// The due time by all that happened, in order.
    fn reckon(&self, rules: &DeadlineClock) -> Moment {
        let mut due = rules.due(self.term, self.received_at);
        let mut moved = self.reappointment.as_ref();
        for pause in &self.pauses {
            let Some(to) = pause.to else { break };
            if let Some(reappointment) = moved.take_if(|r| r.at <= pause.from) {
                due = reappointment.due;
            }
            due = after_pause(rules, self.term, due, pause.from, to);
        }
        moved.map_or(due, |reappointment| reappointment.due)
    }

    fn change_due(&mut self, at: Moment, due: Moment, cause: DueCause) {
        self.due = due;
        self.history.push(DueChange { at, due, cause });
    }

    fn check_order(&self, at: Moment) -> Result<(), ClockProblem> {
        let latest = self.history.iter().map(|h| h.at).chain(self.pauses.iter().map(|p| p.from)).max();
        if latest.is_some_and(|latest| at < latest) { Err(ClockProblem::TooEarly) } else { Ok(()) }
    }
}

/// The due time after a pause. The working minutes that were left are left again; a term in days ends at the
/// close of a day. A term in calendar days moves by the days between.
fn after_pause(rules: &DeadlineClock, term: TermRule, due: Moment, from: Moment, to: Moment) -> Moment {
    let calendar = rules.calendar();
    if let TermRule::CalendarDays(_) = term {
        let days = (local_date(to) - local_date(from)).num_days().max(0).unsigned_abs();
        let moved = local_date(due).checked_add_days(Days::new(days));
        return moved.and_then(|day| rules.close_of(day)).unwrap_or(due);
    }
    let left = u32::try_from(calendar.working_minutes_between(from, due)).unwrap_or(0);
    let reached = calendar.add_working_minutes(to, left);
    match term {
        TermRule::WorkingHours(_) | TermRule::CalendarDays(_) => reached,
        TermRule::WorkingDays(_) | TermRule::SameDay => {
            rules.close_of(local_date(reached)).unwrap_or(reached)
        }
    }
}
