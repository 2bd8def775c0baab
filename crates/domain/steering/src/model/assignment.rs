//! A task as it is given to somebody: the six clears (sáu rõ), the state, and how it stands against its deadline.
//!
//! | clear | field |
//! |---|---|
//! | rõ người, person | [`Assignment::person`] |
//! | rõ việc, task | the task itself |
//! | rõ trách nhiệm, accountability | [`Assignment::unit`] leads, the task's coordinating units, [`Assignment::monitor`] |
//! | rõ thẩm quyền, authority | [`Assignment::authority`] decides and takes the product as done |
//! | rõ thời gian, time | [`Assignment::due`] |
//! | rõ sản phẩm, product | [`Assignment::product`] with its evidence |

use crate::model::plan::{PlanId, TaskId};
use crate::model::rhythm::Rhythm;
use chrono::{NaiveDate, TimeDelta};
use d06_kernel::{Role, typed_id};
use d06_plan::DueKind;
use serde::Serialize;

typed_id!(
    /// A task as it is given to somebody; the only or standing one has the id of the task.
    AssignmentId
);

/// Where the work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its deadline waits for something to happen.
    Waiting,
    /// It recurs; its occurrences are worked on.
    Recurring,
    /// Nobody has begun.
    NotStarted,
    /// Under way.
    InProgress,
    /// The product is handed in and not yet taken as done.
    Submitted,
    /// Done.
    Done,
    /// Given up, with a reason.
    Cancelled,
}

impl State {
    /// Every state, in the order of the work.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Recurring,
        Self::NotStarted,
        Self::InProgress,
        Self::Submitted,
        Self::Done,
        Self::Cancelled,
    ];
    /// Those in which work is still to be done by a deadline.
    pub const OPEN: [Self; 3] = [Self::NotStarted, Self::InProgress, Self::Submitted];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Recurring => "recurring",
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Submitted => "submitted",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether work is still to be done by a deadline.
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }

    /// The state after a move; `None` if the move is not possible from here.
    pub fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::NotStarted, Step::Begin)
            | (Self::Submitted, Step::Return)
            | (Self::Done, Step::Reopen) => Some(Self::InProgress),
            (Self::NotStarted | Self::InProgress, Step::Submit) => Some(Self::Submitted),
            (Self::Submitted, Step::Accept) => Some(Self::Done),
            (Self::Waiting, Step::Trigger) | (Self::Cancelled, Step::Reopen) => Some(Self::NotStarted),
            (Self::Done | Self::Cancelled, Step::Cancel) => None,
            (_, Step::Cancel) => Some(Self::Cancelled),
            _ => None,
        }
    }
}

/// What can happen to an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// What its deadline waited for has happened.
    Trigger,
    /// Somebody begins.
    Begin,
    /// The product is handed in.
    Submit,
    /// The product is taken as done.
    Accept,
    /// The product is sent back.
    Return,
    /// It is taken up again.
    Reopen,
    /// It is given up.
    Cancel,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 7] =
        [Self::Trigger, Self::Begin, Self::Submit, Self::Accept, Self::Return, Self::Reopen, Self::Cancel];

    /// The stable name, as in forms and in the history.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Begin => "begin",
            Self::Submit => "submit",
            Self::Accept => "accept",
            Self::Return => "return",
            Self::Reopen => "reopen",
            Self::Cancel => "cancel",
        }
    }

    /// The step of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Whether it wants a reason.
    pub fn wants_reason(self) -> bool {
        matches!(self, Self::Return | Self::Reopen | Self::Cancel)
    }
}

/// The official in charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Personal number.
    pub number: String,
    /// Full name.
    pub name: String,
}

/// By when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// What sort of time the plan names.
    pub kind: DueKind,
    /// Last day, where there is one.
    pub on: Option<NaiveDate>,
    /// The last day before it was first moved.
    pub first_on: Option<NaiveDate>,
    /// What a conditional deadline waits for.
    pub condition: Option<String>,
    /// When that came about.
    pub condition_met_on: Option<NaiveDate>,
    /// The rhythm of a recurring task.
    pub rhythm: Option<Rhythm>,
}

/// A task as it is given to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The task.
    pub task: TaskId,
    /// The plan of the task.
    pub plan: PlanId,
    /// Empty, or the period of a recurring task: `2026-06`.
    pub occurrence: String,
    /// The place of the task in its plan.
    pub position: i32,
    /// Code of the unit that leads.
    pub unit: Option<String>,
    /// The official in charge.
    pub person: Option<Person>,
    /// Code of the unit that follows it.
    pub monitor: Option<String>,
    /// The role that decides and takes the product as done.
    pub authority: Option<Role>,
    /// By when.
    pub due: Due,
    /// The product.
    pub product: String,
    /// How many pieces of the product are wanted, where it is counted.
    pub quantity: Option<i64>,
    /// Key of the measure whose value is the progress.
    pub measure: Option<String>,
    /// Where the work stands.
    pub state: State,
    /// When the product was handed in.
    pub submitted_on: Option<NaiveDate>,
    /// When it was taken as done.
    pub done_on: Option<NaiveDate>,
    /// Goes up by one at every change.
    pub version: i64,
}

/// How an assignment stands against its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The deadline has passed and the product is not handed in.
    Overdue,
    /// The deadline is near, or something stands in the way.
    AtRisk,
    /// There is time.
    OnTrack,
    /// It has no deadline, or waits for one.
    NoDeadline,
    /// The product was handed in by the deadline, or there was none.
    DoneOnTime,
    /// The product was handed in late.
    DoneLate,
    /// Given up.
    Cancelled,
}

impl Standing {
    /// Every standing, worst first.
    pub const ALL: [Self; 7] = [
        Self::Overdue,
        Self::AtRisk,
        Self::OnTrack,
        Self::NoDeadline,
        Self::DoneLate,
        Self::DoneOnTime,
        Self::Cancelled,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::AtRisk => "at-risk",
            Self::OnTrack => "on-track",
            Self::NoDeadline => "no-deadline",
            Self::DoneOnTime => "done-on-time",
            Self::DoneLate => "done-late",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What a task still lacks of the six clears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clear {
    /// Nobody is in charge (rõ người).
    Person,
    /// No unit answers for it (rõ trách nhiệm).
    Accountability,
    /// Nobody is named to decide (rõ thẩm quyền).
    Authority,
    /// No deadline, rhythm or condition (rõ thời gian).
    Time,
    /// No product (rõ sản phẩm).
    Product,
}

impl Assignment {
    /// How it stands on a day. `soon_days` is the time of warning, `stuck` whether an obstacle waits for an answer.
    ///
    /// The unit has done its part when it hands the product in: waiting for acceptance is not late.
    pub fn standing(&self, today: NaiveDate, soon_days: i64, stuck: bool) -> Standing {
        let late = |day: NaiveDate| self.due.on.is_some_and(|due| day > due);
        match (self.state, self.due.on) {
            (State::Cancelled, _) => Standing::Cancelled,
            (State::Done, _) => match self.submitted_on.or(self.done_on) {
                Some(day) if late(day) => Standing::DoneLate,
                _ => Standing::DoneOnTime,
            },
            (State::Submitted, _) if !self.submitted_on.is_some_and(late) => Standing::OnTrack,
            (State::Waiting | State::Recurring, _) => Standing::NoDeadline,
            (_, Some(due)) if due < today => Standing::Overdue,
            (_, Some(due)) if stuck || due - today <= TimeDelta::days(soon_days) => Standing::AtRisk,
            (_, None) if stuck => Standing::AtRisk,
            (_, Some(_)) => Standing::OnTrack,
            (_, None) => Standing::NoDeadline,
        }
    }

    /// Days past the deadline on a day, from 1; `None` if it is not late.
    pub fn days_late(&self, today: NaiveDate) -> Option<i64> {
        let due = self.due.on.filter(|_| self.state.is_open())?;
        let until = self.submitted_on.filter(|_| self.state == State::Submitted).unwrap_or(today);
        Some((until - due).num_days()).filter(|days| *days > 0)
    }

    /// What is lacking of the six clears; the task itself is always there.
    pub fn unclear(&self) -> Vec<Clear> {
        let due = &self.due;
        let timed = due.on.is_some() || due.rhythm.is_some() || due.condition.is_some();
        [
            (self.person.is_none(), Clear::Person),
            (self.unit.is_none(), Clear::Accountability),
            (self.authority.is_none(), Clear::Authority),
            (!timed, Clear::Time),
            (self.product.trim().is_empty(), Clear::Product),
        ]
        .into_iter()
        .filter_map(|(lacking, clear)| lacking.then_some(clear))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn assignment(state: State, due: Option<&str>) -> Assignment {
        let id = uuid::Uuid::nil();
        Assignment {
            id: AssignmentId(id),
            task: TaskId(id),
            plan: PlanId(id),
            occurrence: String::new(),
            position: 0,
            unit: None,
            person: None,
            monitor: None,
            authority: None,
            due: Due { on: due.map(day), ..Due::default() },
            product: String::new(),
            quantity: None,
            measure: None,
            state,
            submitted_on: None,
            done_on: None,
            version: 1,
        }
    }

    #[test]
    fn a_deadline_counts_until_the_product_is_handed_in() {
        let today = day("2026-06-15");
        let standing = |state, due| assignment(state, due).standing(today, 7, false);
        assert_eq!(standing(State::InProgress, Some("2026-06-14")), Standing::Overdue);
        assert_eq!(
            standing(State::InProgress, Some("2026-06-15")),
            Standing::AtRisk,
            "the last day is in time"
        );
        assert_eq!(standing(State::NotStarted, Some("2026-06-23")), Standing::OnTrack);
        assert_eq!(standing(State::NotStarted, None), Standing::NoDeadline);
        let mut handed_in = assignment(State::Submitted, Some("2026-06-10"));
        handed_in.submitted_on = Some(day("2026-06-10"));
        assert_eq!(handed_in.standing(today, 7, false), Standing::OnTrack);
        handed_in.state = State::Done;
        handed_in.done_on = Some(today);
        assert_eq!(
            handed_in.standing(today, 7, false),
            Standing::DoneOnTime,
            "accepted later, handed in on time"
        );
        handed_in.submitted_on = Some(day("2026-06-11"));
        assert_eq!(handed_in.standing(today, 7, false), Standing::DoneLate);
    }

    #[test]
    fn an_obstacle_puts_a_task_at_risk() {
        let far = assignment(State::InProgress, Some("2026-12-31"));
        assert_eq!(far.standing(day("2026-06-15"), 7, true), Standing::AtRisk);
        assert_eq!(far.days_late(day("2027-01-02")), Some(2));
        assert_eq!(far.days_late(day("2026-12-31")), None);
    }

    #[test]
    fn only_sensible_steps_are_possible() {
        assert_eq!(State::NotStarted.after(Step::Accept), None);
        assert_eq!(State::Done.after(Step::Cancel), None);
        assert_eq!(State::Done.after(Step::Reopen), Some(State::InProgress));
        assert_eq!(State::Waiting.after(Step::Trigger), Some(State::NotStarted));
        for (state, step) in State::ALL.into_iter().flat_map(|state| Step::ALL.map(|step| (state, step))) {
            assert_ne!(state.after(step), Some(state), "{state:?} {step:?} changes nothing");
        }
    }

    #[test]
    fn what_is_unclear_is_named() {
        let mut one = assignment(State::NotStarted, None);
        assert_eq!(one.unclear().len(), 5);
        one.due.condition = Some("Khi có hướng dẫn của Bộ".into());
        one.product = "Báo cáo".into();
        assert_eq!(one.unclear(), [Clear::Person, Clear::Accountability, Clear::Authority]);
    }
}
