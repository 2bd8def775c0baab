//! What stands in the way of a task or a target (khó khăn, vướng mắc), and who can remove it.

use crate::model::assignment::AssignmentId;
use crate::model::plan::{PlanId, TargetId};
use chrono::NaiveDate;
use d06_kernel::time::Moment;
use d06_kernel::typed_id;
use serde::Serialize;
use uuid::Uuid;

typed_id!(
    /// An obstacle.
    ObstacleId
);

/// What an obstacle stands in the way of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A task.
    Task(AssignmentId),
    /// A target.
    Target(TargetId),
}

impl About {
    /// The stable name of its kind, as stored.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Task(_) => "task",
            Self::Target(_) => "target",
        }
    }

    /// The id.
    pub fn id(self) -> Uuid {
        match self {
            Self::Task(id) => id.0,
            Self::Target(id) => id.0,
        }
    }

    /// Of a kind and an id.
    pub fn of(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "task" => Some(Self::Task(AssignmentId(id))),
            "target" => Some(Self::Target(TargetId(id))),
            _ => None,
        }
    }

    /// The page of it.
    pub fn href(self) -> String {
        format!("/steering/{}s/{}", self.kind(), self.id())
    }
}

/// What came of an obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is out of the way.
    Removed,
    /// Part of it is.
    Partly,
    /// It cannot be removed; the answer says why.
    NotPossible,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Removed, Self::Partly, Self::NotPossible];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Partly => "partly",
            Self::NotPossible => "not-possible",
        }
    }

    /// The outcome of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// The answer to an obstacle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// In words.
    pub text: String,
    /// What came of it.
    pub outcome: Outcome,
    /// When.
    pub at: Moment,
    /// Name of the official.
    pub by: String,
}

/// An obstacle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Its id.
    pub id: ObstacleId,
    /// The plan.
    pub plan: PlanId,
    /// What it stands in the way of.
    pub about: About,
    /// The reference of that in the plan: `II.3`.
    pub reference: String,
    /// The unit that meets it.
    pub unit: String,
    /// The unit that can remove it.
    pub addressee: String,
    /// What it is.
    pub text: String,
    /// What the unit proposes.
    pub proposal: Option<String>,
    /// When it was raised.
    pub raised_at: Moment,
    /// Name of the official who raised it.
    pub raised_by: String,
    /// Last day to answer.
    pub due_on: NaiveDate,
    /// How often it went up a level because nobody answered.
    pub level: i32,
    /// The answer.
    pub answer: Option<Answer>,
    /// Goes up by one at every change.
    pub version: i64,
}

impl Obstacle {
    /// Whether the time to answer has passed without an answer.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.answer.is_none() && self.due_on < today
    }
}
