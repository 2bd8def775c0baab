//! What is acted upon, as far as the policies look at it.

use d06_kernel::person::PersonalNumber;

/// The kinds of resources in the policy schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of policies/schema.cedarschema")]
pub enum Kind {
    Session,
    Procedure,
    Draft,
    Dossier,
    Queue,
    Document,
    AccessRecord,
    PopulationRecord,
    Correction,
    Target,
    Task,
    Obstacle,
    Register,
    Budget,
    Commendation,
    Report,
    AuditLog,
    Directory,
}

impl Kind {
    /// The entity type in the policy schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Session => "Session",
            Self::Procedure => "Procedure",
            Self::Draft => "Draft",
            Self::Dossier => "Dossier",
            Self::Queue => "Queue",
            Self::Document => "Document",
            Self::AccessRecord => "AccessRecord",
            Self::PopulationRecord => "PopulationRecord",
            Self::Correction => "Correction",
            Self::Target => "Target",
            Self::Task => "Task",
            Self::Obstacle => "Obstacle",
            Self::Register => "Register",
            Self::Budget => "Budget",
            Self::Commendation => "Commendation",
            Self::Report => "Report",
            Self::AuditLog => "AuditLog",
            Self::Directory => "Directory",
        }
    }

    /// The action that tells whether the caller may know of such a resource at all; without one, a refusal
    /// looks like "not found".
    pub(crate) fn view_action(self) -> Option<&'static str> {
        match self {
            Self::Dossier => Some("dossier.view"),
            Self::Document => Some("document.view"),
            Self::AccessRecord => Some("access.view"),
            Self::Correction => Some("correction.view"),
            Self::Target => Some("target.view"),
            Self::Task => Some("task.view"),
            Self::Report => Some("report.view"),
            Self::Obstacle => Some("obstacle.view"),
            Self::Register => Some("register.view"),
            Self::Budget => Some("budget.view"),
            Self::Commendation => Some("commendation.draft"),
            Self::Directory => Some("directory.view"),
            Self::Session
            | Self::Procedure
            | Self::Draft
            | Self::Queue
            | Self::PopulationRecord
            | Self::AuditLog => None,
        }
    }
}

/// A resource as the policies see it.
#[derive(Clone, Debug)]
pub struct Resource {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) owners: Vec<PersonalNumber>,
    pub(crate) unit: Option<String>,
}

impl Resource {
    /// A resource of a kind with an id, owned by nobody and in no unit.
    pub fn new(kind: Kind, id: impl ToString) -> Self {
        Self { kind, id: id.to_string(), owners: Vec::new(), unit: None }
    }

    /// Names the persons it belongs to or concerns.
    #[must_use]
    pub fn owned_by(mut self, owners: impl IntoIterator<Item = PersonalNumber>) -> Self {
        self.owners.extend(owners);
        self
    }

    /// Names the unit responsible for it.
    #[must_use]
    pub fn in_unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// The unit responsible and every unit above it.
    pub(crate) fn scopes(&self) -> Vec<&str> {
        self.unit.as_deref().into_iter().flat_map(line_of).collect()
    }
}

/// A unit and every unit above it, from the top: `H31.10816.02` lies in `H31.10816` and in `H31` (Decision
/// 20/2020/QĐ-TTg Art. 4: groups of an agency's code are joined by dots).
pub fn line_of(unit: &str) -> impl Iterator<Item = &str> {
    unit.match_indices('.').map(|(dot, _)| &unit[..dot]).chain([unit])
}

/// The People's Committee a unit belongs to: its first two groups (`H31.10816.02` → `H31.10816`), or the unit
/// itself where the code is shorter. A hamlet (`H31.10816.T01`) speaks for itself and not for the committee.
pub fn office_of(unit: &str) -> &str {
    match unit.match_indices('.').nth(1) {
        Some((dot, _)) if !is_hamlet(&unit[dot + 1..]) => &unit[..dot],
        _ => unit,
    }
}

/// Whether the third group of a code is that of a hamlet: `T` and digits. Decision 20/2020/QĐ-TTg gives hamlets no
/// code, since they are no agencies; this is ours.
fn is_hamlet(group: &str) -> bool {
    group.strip_prefix('T').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}
