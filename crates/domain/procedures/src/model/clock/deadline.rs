//! When things are due: rules and calendar together.

use super::rules::DeadlineRules;
use crate::model::definition::{StepTime, TermRule, Workflow};
use crate::model::dossier::Channel;
use chrono::NaiveDate;
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::time::{Moment, local, local_date};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Answers when things are due, by one calendar and the dated rules. Cheap to clone; made anew when the
/// calendar changes.
#[derive(Clone, Debug)]
pub struct DeadlineClock {
    calendar: Arc<WorkingCalendar>,
    rules: Arc<DeadlineRules>,
}

/// When one step is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepDue {
    /// The step's key.
    pub step: String,
    /// When it should begin.
    pub begins: Moment,
    /// When it should be done; `None` for a step whose time is not counted or not stated.
    pub due: Option<Moment>,
}

impl DeadlineClock {
    /// A clock by a calendar and rules.
    pub fn new(calendar: WorkingCalendar, rules: DeadlineRules) -> Self {
        Self { calendar: Arc::new(calendar), rules: Arc::new(rules) }
    }

    /// The rules.
    pub fn rules(&self) -> &DeadlineRules {
        &self.rules
    }

    /// The calendar.
    pub fn calendar(&self) -> &WorkingCalendar {
        &self.calendar
    }

    /// When counting begins for what was filed at a moment: at once in working time, else with the next
    /// working session (Decision 3142/QĐ-BGDĐT 2025: filed online after hours counts from the start of the
    /// next session).
    pub fn counting_starts(&self, received_at: Moment) -> Moment {
        self.calendar.counting_start(received_at)
    }

    /// When a dossier received at a moment is due under a term.
    ///
    /// - Hours run in working time from the start of counting.
    /// - Working days: the day of receipt is not counted (Civil Code 2015 Art. 147); due at the close of the
    ///   last.
    /// - Calendar days: likewise; a last day off moves to the next working day (Art. 148 (5)).
    /// - Same day: due at the close of the day; counted from after the cut-off hour, of the next working day.
    pub fn due(&self, term: TermRule, received_at: Moment) -> Moment {
        let day = local_date(received_at);
        let last = match term {
            TermRule::WorkingHours(hours) => {
                return self.calendar.add_working_minutes(received_at, hours.saturating_mul(60));
            }
            TermRule::WorkingDays(days) => self.calendar.add_working_days(day, days),
            TermRule::CalendarDays(days) => self.calendar.add_calendar_days(day, days),
            TermRule::SameDay => {
                let starts = local(self.counting_starts(received_at));
                let late = self.rules.cut_off(day).is_some_and(|cut_off| starts.time() > cut_off);
                self.calendar.add_working_days(starts.date(), u32::from(late))
            }
        };
        self.close_of(last).unwrap_or(received_at)
    }

    /// The moment of an appointment on a day: the close of its work; `None` for a day off.
    pub fn appointment_on(&self, day: NaiveDate) -> Option<Moment> {
        self.calendar.is_working_day(day).then(|| self.close_of(day)).flatten()
    }

    /// The last day to which an appointment made on a day may be moved; `None` where nothing limits it.
    pub fn latest_reappointment(&self, on: NaiveDate) -> Option<NaiveDate> {
        let days = self.rules.count("reappointment-most-days", on)?;
        on.checked_add_days(chrono::Days::new(u64::from(days)))
    }

    /// What the calendar and the rules amount to: 64 hexadecimal digits that change when either does.
    pub fn fingerprint(&self) -> String {
        let whole = format!("{:?}{:?}", self.calendar, self.rules);
        Sha256::digest(whole).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The close of the first working day on or after a day.
    pub(super) fn close_of(&self, day: NaiveDate) -> Option<Moment> {
        self.calendar.end_of_work(self.calendar.working_day_from(day))
    }

    /// The legal hour before which nobody is asked for paper because a source is silent: 8 working hours
    /// after filing online, one working day at a counter or by post (Resolution 66.7/2025/NQ-CP). At once
    /// when no such rule is in force.
    pub fn earliest_paper_request(&self, channel: Channel, received_at: Moment) -> Moment {
        let day = local_date(received_at);
        let by_minutes = || {
            let minutes = self.rules.count("paper-online-minutes", day)?;
            Some(self.calendar.add_working_minutes(received_at, minutes))
        };
        let by_days = || {
            let days = self.rules.count("paper-counter-days", day)?;
            Some(self.due(TermRule::WorkingDays(days), received_at))
        };
        let hour = match channel {
            Channel::Online => by_minutes(),
            Channel::Counter | Channel::Post => by_days(),
        };
        hour.unwrap_or(received_at)
    }

    /// When each step of a workflow is due, the first beginning when counting starts and each other when the
    /// one before is due. No step is due after the dossier.
    pub fn step_dues(&self, workflow: &Workflow, received_at: Moment, dossier_due: Moment) -> Vec<StepDue> {
        let mut begins = self.counting_starts(received_at);
        let mut dues = Vec::with_capacity(workflow.steps.len());
        for step in &workflow.steps {
            let due = self.step_due(step.time, begins).map(|due| due.min(dossier_due));
            dues.push(StepDue { step: step.key.clone(), begins, due });
            begins = due.unwrap_or(begins);
        }
        dues
    }

    /// When a step that begins at a moment is due; `None` if its time is not counted or not stated.
    pub fn step_due(&self, time: StepTime, begins: Moment) -> Option<Moment> {
        match time {
            StepTime::WorkingMinutes(minutes) => Some(self.calendar.add_working_minutes(begins, minutes)),
            StepTime::CalendarDays(days) => Some(self.due(TermRule::CalendarDays(days), begins)),
            StepTime::NotCounted | StepTime::Unstated => None,
        }
    }

    /// The last moment for the apology and the new appointment: the close of the working day that lies the
    /// legal number of working days before the appointment.
    pub fn apology_due(&self, due: Moment) -> Moment {
        let day = local_date(due);
        let days = self.rules.count("apology-days-before", day).unwrap_or(0);
        let before = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt);
        let mut working = before.filter(|day| self.calendar.is_working_day(*day));
        let last = days.checked_sub(1).and_then(|skipped| working.nth(skipped as usize));
        last.and_then(|day| self.calendar.end_of_work(day)).unwrap_or(due)
    }

    /// The minutes of a working day by which workflows reckon.
    pub fn minutes_per_day(&self, at: Moment) -> u32 {
        self.calendar.minutes_per_day(local_date(at))
    }
}
