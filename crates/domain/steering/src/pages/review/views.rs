//! Parts that several pages of the review show.

use crate::model::compiled_change::value_lines;
use crate::model::compiled_plan::{CompiledItem, CompiledPlan, Content, ItemState};
use crate::model::unit_name::UnitNames;
use chrono::{DateTime, NaiveDate, Utc};
use d06_kernel::Problem;
use serde::Serialize;

/// A plan under review, as its pages name it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CompiledView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) unit: String,
    pub(crate) number: Option<String>,
    pub(crate) file_name: String,
    pub(crate) state: &'static str,
    pub(crate) by: String,
    pub(crate) at: DateTime<Utc>,
}

impl CompiledView {
    pub(crate) fn of(plan: &CompiledPlan) -> Self {
        Self {
            id: plan.id.to_string(),
            title: plan.title.clone(),
            unit: plan.unit.clone(),
            number: plan.document.number.clone(),
            file_name: plan.file_name.clone(),
            state: plan.state.name(),
            by: plan.by_name.clone(),
            at: plan.at,
        }
    }

    pub(crate) fn sample(state: &'static str) -> Self {
        Self {
            id: "0197705e-7b00-7000-8000-00000000000a".to_owned(),
            title: "Kế hoạch thực hiện Đề án 06 năm 2026 trên địa bàn xã Hà Bắc".to_owned(),
            unit: "H31.10816".to_owned(),
            number: (state == "open").then(|| "12/KH-UBND".to_owned()),
            file_name: "ke-hoach.docx".to_owned(),
            state,
            by: "Phạm Văn Hùng".to_owned(),
            at: DateTime::from_timestamp(1_781_000_000, 0).unwrap_or_default(),
        }
    }
}

/// A unit a plan names: known in the tree of units, or proposed to be looked at.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct UnitView {
    pub(crate) name: String,
    pub(crate) known: bool,
}

/// An item under review.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ItemView {
    pub(crate) id: String,
    /// `target` or `task`.
    pub(crate) kind: &'static str,
    pub(crate) reference: String,
    pub(crate) group_title: String,
    pub(crate) text: String,
    pub(crate) units: Vec<UnitView>,
    pub(crate) coordinating: Vec<UnitView>,
    pub(crate) due: String,
    pub(crate) due_kind: &'static str,
    pub(crate) last_day: Option<NaiveDate>,
    pub(crate) product: String,
    pub(crate) values: String,
    pub(crate) measured_in: String,
    pub(crate) line_start: u32,
    pub(crate) line_end: u32,
    pub(crate) state: &'static str,
    pub(crate) changed: bool,
}

impl ItemView {
    pub(crate) fn of(item: &CompiledItem, names: &UnitNames) -> Self {
        Self {
            id: item.id.to_string(),
            state: item.state.name(),
            changed: item.is_changed(),
            ..Self::of_content(&item.content, names)
        }
    }

    pub(crate) fn of_content(content: &Content, names: &UnitNames) -> Self {
        let units = |list: &[String]| {
            let named = names.resolve(list).into_iter();
            named.map(|unit| UnitView { known: unit.code.is_some(), name: unit.name }).collect()
        };
        let bare = Self {
            id: String::new(),
            kind: "target",
            reference: content.reference().to_owned(),
            group_title: content.group_title().to_owned(),
            text: content.text().to_owned(),
            units: units(content.units()),
            coordinating: Vec::new(),
            due: String::new(),
            due_kind: "none",
            last_day: content.last_day(),
            product: String::new(),
            values: String::new(),
            measured_in: String::new(),
            line_start: content.source().line_start,
            line_end: content.source().line_end,
            state: ItemState::Proposed.name(),
            changed: false,
        };
        match content {
            Content::Target(target) => Self {
                values: value_lines(&target.values).replace('\n', "; "),
                measured_in: target.unit.clone(),
                ..bare
            },
            Content::Task(task) => Self {
                kind: "task",
                coordinating: units(&task.coordinating),
                due: task.due.raw.clone(),
                due_kind: task.due.kind.name(),
                product: task.product.clone(),
                ..bare
            },
        }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let unit = |name: &str, known| UnitView { name: name.to_owned(), known };
        let task = Self {
            id: "0197705e-7b00-7000-8000-00000000000b".to_owned(),
            kind: "task",
            reference: "II.2".to_owned(),
            group_title: "Thủ tục hành chính".to_owned(),
            text: "Làm sạch dữ liệu hộ tịch".to_owned(),
            units: vec![unit("Công an xã", true), unit("Tổ công tác", false)],
            coordinating: vec![unit("UBND xã", true)],
            due: "Trước 30/9/2026".to_owned(),
            due_kind: "date",
            last_day: NaiveDate::from_ymd_opt(2026, 9, 30),
            product: "Báo cáo".to_owned(),
            values: String::new(),
            measured_in: String::new(),
            line_start: 1,
            line_end: 2,
            state: "proposed",
            changed: true,
        };
        let target = Self {
            id: "0197705e-7b00-7000-8000-00000000000c".to_owned(),
            kind: "target",
            reference: "I.1".to_owned(),
            units: Vec::new(),
            coordinating: Vec::new(),
            due: String::new(),
            last_day: None,
            product: String::new(),
            values: "2026: >50".to_owned(),
            measured_in: "%".to_owned(),
            line_end: 1,
            changed: false,
            ..task.clone()
        };
        let id = |end: &str| format!("0197705e-7b00-7000-8000-0000000000{end}");
        let again = |state, end| Self { id: id(end), state, ..task.clone() };
        vec![task.clone(), target, again("accepted", "1a"), again("rejected", "1b"), again("merged", "1c")]
    }
}

/// The units a plan may belong to, with the words for each.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
}

/// The names units go by.
pub(crate) fn unit_names() -> Result<UnitNames, Problem> {
    UnitNames::shipped()
}
