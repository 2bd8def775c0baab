//! The internal workflow of a procedure (quy trình nội bộ).

use crate::model::Text;
use d06_kernel::Role;
use serde::{Deserialize, Serialize};

/// The internal steps of a procedure and where they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// The decision that approves it.
    pub source: WorkflowSource,
    /// The steps in order.
    pub steps: Vec<StepDef>,
}

/// The decision a workflow was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkflowSource {
    /// Number of the decision: `2022/QĐ-UBND`; `None` for the product's own pattern, which a locality
    /// replaces.
    #[serde(default)]
    pub act: Option<String>,
    /// Who issued it.
    pub issuer: String,
    /// First and last line in the imported text, counted from 1; `None` if written by hand.
    #[serde(default)]
    pub lines: Option<(u32, u32)>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepDef {
    /// Stable key: `receive`, `assign`, `examine`, `review`, `decide`, `stamp`, `return`.
    pub key: String,
    /// What is done.
    pub name: Text,
    /// Who does it.
    pub performer: Performer,
    /// How long it may take.
    pub time: StepTime,
}

/// Who performs a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Performer {
    /// The role.
    pub role: Role,
    /// The unit of the commune.
    pub unit: UnitKey,
}

/// A unit of a commune, by its place in the unit tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKey {
    /// Ủy ban nhân dân xã.
    PeopleCommittee,
    /// Trung tâm phục vụ hành chính công xã.
    OneStopShop,
    /// Công an xã.
    Police,
    /// Văn phòng HĐND và UBND xã (justice and civil status sit here since July 2025).
    Office,
    /// Phòng Văn hóa - Xã hội.
    SocialAffairs,
    /// Phòng Kinh tế - Hạ tầng.
    Economy,
}

impl UnitKey {
    /// The unit's code under the commune's code (`H31.10816`).
    pub fn code(self, commune: &str) -> String {
        let suffix = match self {
            Self::PeopleCommittee => return commune.to_owned(),
            Self::OneStopShop => "01",
            Self::Police => "02",
            Self::Office => "03",
            Self::SocialAffairs => "04",
            Self::Economy => "05",
        };
        format!("{commune}.{suffix}")
    }
}

/// How long a step may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepTime {
    /// Working minutes; decisions write working hours, or parts of a working day of 8 hours.
    WorkingMinutes(u32),
    /// Days of the calendar.
    CalendarDays(u32),
    /// Not counted (không tính thời gian): returning the result.
    NotCounted,
    /// The decision says nothing (không quy định).
    Unstated,
}

impl StepTime {
    /// The working minutes it contributes to the whole; a calendar day counts as the day of the given length.
    pub fn working_minutes(self, minutes_per_day: u32) -> u32 {
        match self {
            Self::WorkingMinutes(minutes) => minutes,
            Self::CalendarDays(days) => days.saturating_mul(minutes_per_day),
            Self::NotCounted | Self::Unstated => 0,
        }
    }
}

impl Workflow {
    /// The step of a key.
    pub fn step(&self, key: &str) -> Option<&StepDef> {
        self.steps.iter().find(|s| s.key == key)
    }

    /// The step after the one of a key; `None` after the last.
    pub fn after(&self, key: &str) -> Option<&StepDef> {
        let at = self.steps.iter().position(|s| s.key == key)?;
        self.steps.get(at + 1)
    }
}
