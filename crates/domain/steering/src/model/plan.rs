//! A plan with its targets and tasks, as this domain keeps them.

use crate::model::goal::Goal;
use crate::model::unit_name::NamedUnit;
use chrono::NaiveDate;
use d06_kernel::time::Moment;
use d06_kernel::typed_id;
use d06_plan::DueKind;

/// The plan of xã Hà Bắc that the platform ships.
pub const HA_BAC_2026: &str = include_str!("../../../../../data/plans/ha-bac-2026.txt");

/// Its title: the text is its two appendices, whose headings are not the title of the plan.
pub(crate) const HA_BAC_2026_TITLE: &str =
    "Kế hoạch thực hiện Chương trình phát triển Đề án 06 giai đoạn 2026 - 2030 trên địa bàn xã Hà Bắc";

typed_id!(
    /// A plan (kế hoạch).
    PlanId
);
typed_id!(
    /// A target of a plan (mục tiêu, chỉ tiêu).
    TargetId
);
typed_id!(
    /// A task of a plan (nhiệm vụ).
    TaskId
);

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Stable key, the name of its file: `ha-bac-2026`.
    pub key: String,
    /// The unit whose plan it is.
    pub unit: String,
    /// Its title.
    pub title: String,
    /// Number and symbol, if it has one.
    pub number: Option<String>,
    /// When it was brought in.
    pub imported_at: Moment,
    /// How many warnings the compiler gave.
    pub warnings: i32,
}

/// Where an item stands in its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its place in the order of the plan, from 0.
    pub position: i32,
    /// Its number: `I.2`.
    pub reference: String,
    /// The number of its group.
    pub group: String,
    /// The title of its group.
    pub group_title: String,
    /// First line of the source.
    pub line_start: i32,
    /// Last line of the source.
    pub line_end: i32,
}

/// A target of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its id.
    pub id: TargetId,
    /// Where it stands.
    pub place: Place,
    /// The target in words.
    pub text: String,
    /// The unit of measurement: `%`.
    pub unit: String,
    /// The values by period, in the order of the plan.
    pub goals: Vec<Goal>,
    /// The units that follow it.
    pub tracking: Vec<NamedUnit>,
    /// The key of the measure it is bound to.
    pub measure: Option<String>,
    /// What it rests on, beside the plan itself.
    pub legal: String,
    /// Goes up by one at every change; a change names the version it began from.
    pub version: i64,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskDue {
    /// As written.
    pub raw: String,
    /// What sort of time it is.
    pub kind: DueKind,
    /// Last day, where there is one.
    pub to: Option<NaiveDate>,
}

/// A task of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Where it stands.
    pub place: Place,
    /// What is to be done.
    pub text: String,
    /// Who leads.
    pub lead: Vec<NamedUnit>,
    /// Who takes part.
    pub coordinating: Vec<NamedUnit>,
    /// By when.
    pub due: TaskDue,
    /// The result or product.
    pub product: String,
}
