//! The form of a procedure: which fields, of which kind, filled from where.

use super::condition::Condition;
use crate::model::Text;
use d06_kernel::port::population::PersonField;
use serde::{Deserialize, Serialize};

/// The form of a procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormDef {
    /// The sections in order.
    pub sections: Vec<FormSection>,
}

/// Fields under one heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSection {
    /// Stable key.
    pub key: String,
    /// The heading.
    pub label: Text,
    /// The fields in order.
    pub fields: Vec<FieldDef>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldDef {
    /// Stable key, unique in the form.
    pub key: String,
    /// The label.
    pub label: Text,
    /// An explanation under the label.
    #[serde(default)]
    pub hint: Option<Text>,
    /// What may be entered.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// Whether an answer is needed.
    #[serde(default)]
    pub required: bool,
    /// The field is asked only in such cases; `None` always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Where the value comes from, so that nobody types what the State holds.
    #[serde(default)]
    pub prefill: Option<Prefill>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FieldKind {
    /// Words of a name.
    Name,
    /// One line of text.
    Line {
        /// Longest value, in characters.
        max: usize,
    },
    /// Several lines of text.
    Lines {
        /// Longest value, in characters.
        max: usize,
    },
    /// A personal number.
    PersonalNumber,
    /// A date that may be year-only; not in the future when it is of something past.
    Date {
        /// Whether the date must not be after the day of filing.
        #[serde(default)]
        past: bool,
    },
    /// One of a list.
    Choice {
        /// What may be chosen.
        choices: Vec<Choice>,
    },
    /// A phone number.
    Phone,
    /// An electronic mail address.
    Email,
    /// A statement that must be agreed to.
    Confirmation,
    /// A whole number within bounds.
    Count {
        /// Least.
        min: u32,
        /// Most.
        max: u32,
    },
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The stored value.
    pub value: String,
    /// What the person reads.
    pub label: Text,
}

/// Where the value of a field comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefill {
    /// Whose data: a party of the procedure.
    pub party: String,
    /// From where.
    pub from: PrefillSource,
}

/// A path into what the State holds of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrefillSource {
    /// The number of the account, or the one entered for the party.
    Number,
    /// A group of fields of the population database, as one value.
    Population(PersonField),
    /// The name of a related person, from the group that holds them.
    RelatedName(PersonField),
    /// The number of a related person, from the group that holds them.
    RelatedNumber(PersonField),
}

impl PrefillSource {
    /// The group of the population database that has to be asked for; `None` for the number itself.
    pub fn group(self) -> Option<PersonField> {
        match self {
            Self::Number => None,
            Self::Population(field) | Self::RelatedName(field) | Self::RelatedNumber(field) => Some(field),
        }
    }
}

impl FormDef {
    /// All fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &FieldDef> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&FieldDef> {
        self.fields().find(|f| f.key == key)
    }

    /// The groups of the population database that pre-filling a party's fields needs: no more are asked for.
    pub fn groups_for(&self, party: &str) -> std::collections::BTreeSet<PersonField> {
        self.fields()
            .filter_map(|f| f.prefill.as_ref())
            .filter(|p| p.party == party)
            .filter_map(|p| p.from.group())
            .collect()
    }
}
