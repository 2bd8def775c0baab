//! Proposals of commendation and criticism, drafted from the results of a unit in a time and edited by a person.

use chrono::NaiveDate;
use d06_kernel::time::Moment;
use d06_kernel::typed_id;
use serde::{Deserialize, Serialize};

typed_id!(
    /// A proposal.
    CommendationId
);

/// Which way a proposal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// To commend (biểu dương, khen thưởng).
    Praise,
    /// To criticise (phê bình).
    Criticism,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Praise, Self::Criticism];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Praise => "praise",
            Self::Criticism => "criticism",
        }
    }

    /// The kind of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// It is being written.
    Draft,
    /// The chairman approved it.
    Approved,
    /// The chairman declined it.
    Declined,
}

impl Stand {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Approved, Self::Declined];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Declined => "declined",
        }
    }

    /// The one of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stand| stand.name() == name)
    }
}

/// The results of a unit in a time, as they were when the proposal was drafted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// Tasks due in the time.
    pub due: i64,
    /// Of them, done on time.
    pub on_time: i64,
    /// Of them, done late.
    pub late: i64,
    /// Of them, past their deadline and not done.
    pub overdue: i64,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commendation {
    /// Its id.
    pub id: CommendationId,
    /// The committee.
    pub office: String,
    /// Which way it goes.
    pub kind: Kind,
    /// The unit it is about.
    pub unit: String,
    /// First day of the time.
    pub from: NaiveDate,
    /// Last day of the time.
    pub to: NaiveDate,
    /// The results it was drafted from.
    pub results: Results,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub stand: Stand,
    /// When it was drafted.
    pub drafted_at: Moment,
    /// Name of the official who drafted it.
    pub drafted_by: String,
    /// When, by whom and with which words it was decided.
    pub decided: Option<(Moment, String, String)>,
    /// Goes up by one at every change.
    pub version: i64,
}
