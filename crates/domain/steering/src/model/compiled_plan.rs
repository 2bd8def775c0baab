//! A plan that was compiled and waits for a person: its document, its items, and what was decided on each.

use chrono::NaiveDate;
use d06_kernel::id::FileId;
use d06_kernel::time::Moment;
use d06_kernel::typed_id;
use d06_plan::{Document, Span, Target, Task, Warning};
use serde::{Deserialize, Serialize};

use super::plan::PlanId;

typed_id!(
    /// A compiled plan under review.
    CompiledId
);
typed_id!(
    /// An item of a compiled plan.
    CompiledItemId
);

/// Where the review stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    /// Items are being looked at.
    Open,
    /// Its items became targets and tasks.
    Accepted,
    /// Nothing came of it.
    Dropped,
}

impl ReviewState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Accepted, Self::Dropped];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Dropped => "dropped",
        }
    }

    /// The state of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What was decided on an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// Nothing yet.
    Proposed,
    /// It becomes a target or task.
    Accepted,
    /// It does not.
    Rejected,
    /// It became part of another item.
    Merged,
}

impl ItemState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Accepted, Self::Rejected, Self::Merged];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Merged => "merged",
        }
    }

    /// The state of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "item", rename_all = "lowercase")]
pub enum Content {
    /// A target.
    Target(Target),
    /// A task.
    Task(Task),
}

impl Content {
    /// Its number in the plan.
    pub fn reference(&self) -> &str {
        match self {
            Self::Target(target) => &target.reference,
            Self::Task(task) => &task.reference,
        }
    }

    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Target(target) => &target.text,
            Self::Task(task) => &task.text,
        }
    }

    /// Where it stands in the document.
    pub fn source(&self) -> Span {
        match self {
            Self::Target(target) => target.source,
            Self::Task(task) => task.source,
        }
    }

    /// The title of its group.
    pub fn group_title(&self) -> &str {
        match self {
            Self::Target(target) => &target.group_title,
            Self::Task(task) => &task.group_title,
        }
    }

    /// Puts an item that belongs to no group into that of another of its kind.
    pub fn join_group_of(&mut self, other: &Self) {
        let (group, title, of_group, of_title) = match (self, other) {
            (Self::Target(one), Self::Target(other)) => {
                (&mut one.group, &mut one.group_title, &other.group, &other.group_title)
            }
            (Self::Task(one), Self::Task(other)) => {
                (&mut one.group, &mut one.group_title, &other.group, &other.group_title)
            }
            _ => return,
        };
        if group.is_empty() && title.is_empty() {
            group.clone_from(of_group);
            title.clone_from(of_title);
        }
    }

    /// Who leads a task, or follows a target.
    pub fn units(&self) -> &[String] {
        match self {
            Self::Target(target) => &target.tracking,
            Self::Task(task) => &task.lead,
        }
    }

    /// The last day of a task, where it has one.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Target(_) => None,
            Self::Task(task) => task.due.to,
        }
    }
}

/// An item under review.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledItem {
    /// Its id.
    pub id: CompiledItemId,
    /// Its place in the order of the plan, from 0.
    pub position: i32,
    /// What it says now.
    pub content: Content,
    /// What the compiler read, or nothing for an item that a person split off.
    pub as_compiled: Option<Content>,
    /// What was decided.
    pub state: ItemState,
}

impl CompiledItem {
    /// Whether a person changed what the compiler read.
    pub fn is_changed(&self) -> bool {
        self.as_compiled.as_ref() != Some(&self.content)
    }
}

/// A compiled plan.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledPlan {
    /// Its id.
    pub id: CompiledId,
    /// The key under which its versions follow each other: `ke-hoach-de-an-06-2026`.
    pub key: String,
    /// The unit whose plan it is.
    pub unit: String,
    /// The title to show.
    pub title: String,
    /// What the document says of itself.
    pub document: Document,
    /// What is to be looked at.
    pub warnings: Vec<Warning>,
    /// The document as lines; a tab parts cells.
    pub source: String,
    /// SHA-256 of those lines, in hexadecimal.
    pub hash: String,
    /// The file as it was handed in; plain text is kept as its lines only.
    pub file: Option<FileId>,
    /// The name of the file.
    pub file_name: String,
    /// The plans it was merged from.
    pub merged_from: Vec<PlanId>,
    /// Where the review stands.
    pub state: ReviewState,
    /// The plan it became.
    pub plan: Option<PlanId>,
    /// Who handed it in.
    pub by_name: String,
    /// When.
    pub at: Moment,
}
