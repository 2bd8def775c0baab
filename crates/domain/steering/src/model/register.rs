//! Registers of steering, as shipped in `data/steering/registers.toml`: what an entry says and through which stages it
//! goes. Inspections and their findings, pilot models, reviews of legal texts; another register is another definition.

use chrono::NaiveDate;
use d06_kernel::{Problem, typed_id};
use serde::Deserialize;
use std::collections::BTreeMap;

const SHIPPED: &str = include_str!("../../../../../data/steering/registers.toml");

/// The register of inspections, whose coverage is counted.
pub const INSPECTION: &str = "inspection";
/// The stages of an inspection that took place.
pub const INSPECTED: [&str; 2] = ["held", "concluded"];

typed_id!(
    /// An entry of a register.
    RecordId
);

/// A register.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Stable key: `inspection`.
    pub key: String,
    /// The register whose entries belong to entries of this one.
    pub child: Option<String>,
    /// The register to whose entries those of this one belong.
    pub parent: Option<String>,
    /// The stages; an entry begins in the first.
    pub stages: Vec<Stage>,
    /// The fields beside title, unit and deadline.
    pub fields: Vec<Field>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Stable key.
    pub key: String,
    /// Stages that can follow.
    pub to: Vec<String>,
    /// Whether the matter is settled here.
    #[serde(default)]
    pub done: bool,
    /// Whether the unit that must act may go here by itself.
    #[serde(default)]
    pub work: bool,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable key.
    pub key: String,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A line.
    Text,
    /// Several lines.
    LongText,
    /// A whole number.
    Number,
    /// Whole đồng.
    Money,
    /// A day.
    Date,
}

/// An entry of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Key of its register.
    pub register: String,
    /// The committee whose register it is.
    pub office: String,
    /// The entry it belongs to.
    pub parent: Option<RecordId>,
    /// What it is called.
    pub title: String,
    /// The unit that must act.
    pub unit: String,
    /// The stage.
    pub stage: String,
    /// Last day.
    pub due_on: Option<NaiveDate>,
    /// When it was settled, or an inspection took place.
    pub done_on: Option<NaiveDate>,
    /// The other fields, as texts: numbers in digits, days as 2026-06-15.
    pub fields: BTreeMap<String, String>,
    /// Goes up by one at every change.
    pub version: i64,
}

/// All registers.
#[derive(Clone, Debug)]
pub struct Registers(Vec<Register>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    register: Vec<Register>,
}

impl Registers {
    /// The registers the platform ships.
    ///
    /// # Errors
    /// The file does not have its form.
    pub fn shipped() -> Result<Self, Problem> {
        toml::from_str::<File>(SHIPPED).map(|file| Self(file.register)).map_err(Problem::internal)
    }

    /// Every register.
    pub fn all(&self) -> &[Register] {
        &self.0
    }

    /// A register.
    ///
    /// # Errors
    /// "Not found".
    pub fn get(&self, key: &str) -> Result<&Register, Problem> {
        self.0.iter().find(|register| register.key == key).ok_or_else(Problem::not_found)
    }
}

impl Register {
    /// The stage in which an entry begins.
    pub fn first(&self) -> &str {
        self.stages.first().map_or("", |stage| stage.key.as_str())
    }

    /// A stage.
    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.key == key)
    }

    /// The stage after another; `None` if it cannot follow.
    pub fn step(&self, from: &str, to: &str) -> Option<&Stage> {
        self.stage(from).filter(|stage| stage.to.iter().any(|next| next == to)).and_then(|_| self.stage(to))
    }

    /// Whether an entry in a stage is settled.
    pub fn is_done(&self, stage: &str) -> bool {
        self.stage(stage).is_some_and(|stage| stage.done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_registers_hold_together() {
        let registers = Registers::shipped().unwrap();
        for register in registers.all() {
            for stage in &register.stages {
                assert_eq!(stage.done, stage.to.is_empty(), "{} {}", register.key, stage.key);
                for next in &stage.to {
                    assert!(register.step(&stage.key, next).is_some(), "{} {next}", register.key);
                }
            }
            assert!(!register.is_done(register.first()), "{}", register.key);
            if let Some(child) = &register.child {
                assert_eq!(registers.get(child).unwrap().parent.as_deref(), Some(register.key.as_str()));
            }
        }
        let inspection = registers.get(INSPECTION).unwrap();
        assert!(INSPECTED.iter().all(|stage| inspection.stage(stage).is_some()));
        assert!(inspection.step("planned", "concluded").is_none());
    }
}
